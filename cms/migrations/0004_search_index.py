"""PostgreSQL: the index over title and body that search reads; modelsearch speaks of it, Wagtail 8 has none."""

from typing import Any

from django.db import migrations

CREATE = "CREATE INDEX IF NOT EXISTS cms_search_title_body ON wagtailsearch_indexentry USING gin ((title || body))"
DROP = "DROP INDEX IF EXISTS cms_search_title_body"


def on_postgresql(statement: str) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_terms"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]
    operations = [migrations.RunPython(on_postgresql(CREATE), on_postgresql(DROP))]
