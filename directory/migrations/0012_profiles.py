from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0011_charter_and_notifications"),
    ]

    operations = []
