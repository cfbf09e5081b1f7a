from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0014_charter_talk"),
    ]

    operations = []
