# Room for hours with many days off (臨時休業).

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_proposals"),
    ]

    operations = [
        migrations.AlterField(
            model_name="channel",
            name="hours",
            field=models.CharField(blank=True, max_length=1000, verbose_name="opening hours"),
        ),
        migrations.AlterField(
            model_name="channel",
            name="last_reception",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="From then on it is shown as closed: nobody new is taken.",
                null=True,
                verbose_name="last reception, minutes before closing",
            ),
        ),
    ]
