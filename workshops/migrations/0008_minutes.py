from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0007_meeting_days"),
    ]

    operations = []
