from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_cache_table"),
    ]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=80, unique=True, verbose_name="word")),
                ("reading", models.CharField(blank=True, max_length=120, verbose_name="reading in hiragana")),
                (
                    "aliases",
                    models.TextField(
                        blank=True,
                        help_text="Means the same: another spelling, an abbreviation, an everyday or an English word. One a line.",
                        verbose_name="other words for it",
                    ),
                ),
                (
                    "related",
                    models.TextField(
                        blank=True,
                        help_text="Who types the words above is also shown pages with these, lower down. Not the other way round.",
                        verbose_name="words that also help",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "search word",
                "verbose_name_plural": "search words",
                "ordering": ["reading", "label"],
            },
        ),
    ]
