"""Which terms came with the site, and the urgent words of staff."""

from typing import Any

from django.db import migrations, models

from cms.text.shipped import ROWS, fingerprint


def mark(apps: Any, schema_editor: Any) -> None:
    """Terms that read as they were shipped are marked; new ones are added. What staff have changed stays theirs."""
    term = apps.get_model("cms", "Term")
    known = {row.label: row for row in term.objects.all()}
    for row in ROWS:
        fields = {
            "reading": row.get("reading", ""),
            "aliases": "\n".join(row.get("aliases", [])),
            "related": "\n".join(row.get("related", [])),
        }
        one = known.get(row["label"])
        if one is None and row.get("since") == "0007":
            term.objects.create(label=row["label"], **fields, shipped=fingerprint(row["label"], **fields))
        elif one is not None and all(getattr(one, name) == value for name, value in fields.items()):
            one.shipped = fingerprint(row["label"], **fields)
            one.save(update_fields=["shipped"])


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_search_entry_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="term",
            name="shipped",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.CreateModel(
            name="UrgentWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    models.CharField(
                        help_text="As somebody would write it. Endings, kana and blanks may differ.",
                        max_length=60,
                        unique=True,
                        verbose_name="what is typed",
                    ),
                ),
                (
                    "danger",
                    models.CharField(
                        choices=[
                            ("life", "somebody may die"),
                            ("harm", "somebody is being hurt"),
                            ("weary", "somebody cannot go on"),
                        ],
                        default="life",
                        max_length=8,
                        verbose_name="what it tells of",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "urgent word",
                "verbose_name_plural": "urgent words",
                "ordering": ["danger", "words"],
            },
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
