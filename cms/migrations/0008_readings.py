"""The reading of a term is also furigana: its field says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0007_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="term",
            name="reading",
            field=models.CharField(
                blank=True,
                help_text="Search finds the word by it, and furigana shows it above the word.",
                max_length=120,
                verbose_name="reading in hiragana",
            ),
        ),
    ]
