from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0005_meetings"),
    ]

    operations = []
