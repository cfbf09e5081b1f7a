"""SQLite: a narrow index that leads from an entry of the search index to its record, past the wide rows of texts."""

from typing import Any

from django.db import migrations

NARROW = "CREATE INDEX IF NOT EXISTS cms_search_entry ON wagtailsearch_indexentry (id, content_type_id, object_id)"


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(NARROW)


def unmake(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP INDEX IF EXISTS cms_search_entry")


class Migration(migrations.Migration):
    dependencies = [("cms", "0005_shipped_terms")]
    operations = [migrations.RunPython(make, unmake)]
