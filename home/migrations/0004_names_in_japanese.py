"""Names that Wagtail's own migrations write in English and that staff read: the root of the tree, the approval."""

from typing import Any

from django.db import migrations

NAMES = (
    ("wagtailcore", "Page", "title", "Root", "いちばん上"),
    ("wagtailcore", "Page", "draft_title", "Root", "いちばん上"),
    ("wagtailcore", "Task", "name", "Moderators approval", "公開する人の確認"),
    ("wagtailcore", "Workflow", "name", "Moderators approval", "公開する人の確認"),
)


def rename(apps: Any, *, back: bool) -> None:
    for app, model, field, english, japanese in NAMES:
        old, new = (japanese, english) if back else (english, japanese)
        rows = apps.get_model(app, model).objects.filter(**{field: old})
        if model == "Page":
            rows = rows.filter(depth=1)
        rows.update(**{field: new})


def forwards(apps: Any, schema_editor: Any) -> None:
    rename(apps, back=False)


def backwards(apps: Any, schema_editor: Any) -> None:
    rename(apps, back=True)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_editing_rights"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
