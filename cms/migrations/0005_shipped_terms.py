"""The words a new installation has. Staff edit them afterwards; what they have changed is left alone."""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

TERMS = Path(__file__).resolve().parents[1] / "text" / "terms.json"


def load(apps: Any, schema_editor: Any) -> None:
    term = apps.get_model("cms", "Term")
    known = set(term.objects.values_list("label", flat=True))
    rows = json.loads(TERMS.read_text(encoding="utf-8"))
    term.objects.bulk_create(
        term(
            label=row["label"],
            reading=row.get("reading", ""),
            aliases="\n".join(row.get("aliases", [])),
            related="\n".join(row.get("related", [])),
        )
        for row in rows
        if row["label"] not in known
    )


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_search_index")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
