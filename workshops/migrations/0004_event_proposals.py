import cms.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0003_calendar_feeds"),
    ]

    operations = [
        migrations.AddField(
            model_name="eventpage",
            name="materials",
            field=cms.fields.QuietStreamField(
                [],
                blank=True,
                help_text="Files, pictures and words from the day. They stand under a heading of their own.",
                verbose_name="handouts and record",
            ),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="moved_from",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="was to begin at"),
        ),
        migrations.AlterField(
            model_name="event",
            name="recurrence",
            field=models.TextField(
                blank=True, editable=False, max_length=2000, verbose_name="rule of repetition (RRULE)"
            ),
        ),
    ]
