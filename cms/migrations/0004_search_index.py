"""PostgreSQL: the index over title and body that modelsearch speaks of and Wagtail 8 has not, and what reads it.

The planner does not know what unpacking a long vector costs and would rather read the whole table (0.3 s at 10,000
pages) than the index (5 ms); inside these functions it may not.
"""

from typing import Any

from django.db import migrations

# fastupdate off, here and below: a list of pending entries would be read through at every question.
INDEX = (
    "CREATE INDEX IF NOT EXISTS cms_search_title_body ON wagtailsearch_indexentry "
    "USING gin ((title || body)) WITH (fastupdate = off)"
)
STOCK_INDEXES = (
    "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'wagtailsearch_indexentry' "
    "AND indexdef LIKE '%USING gin%'"
)
FUNCTION = (
    "CREATE OR REPLACE FUNCTION {} RETURNS {} LANGUAGE sql STABLE PARALLEL SAFE ROWS 300 "
    "SET enable_seqscan TO off AS $$ {} $$"
)
FUNCTIONS = (
    (
        "cms_search_records(asked tsquery)",
        "TABLE (entry integer, kind integer, record text)",
        "SELECT id, content_type_id::integer, object_id::text FROM wagtailsearch_indexentry "
        "WHERE (title || body) @@ asked",
    ),
    (
        "cms_search_matching(asked tsquery)",
        "SETOF integer",
        "SELECT id FROM wagtailsearch_indexentry WHERE (title || body) @@ asked",
    ),
    (
        "cms_search_titled(asked tsquery)",
        "SETOF integer",
        "SELECT id FROM wagtailsearch_indexentry WHERE title @@ asked",
    ),
)
NAMES = ("cms_search_records", "cms_search_matching", "cms_search_titled")


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(STOCK_INDEXES)
            names = [name for (name,) in cursor.fetchall()]
        for name in names:
            schema_editor.execute(f"ALTER INDEX {schema_editor.quote_name(name)} SET (fastupdate = off)")
        schema_editor.execute(INDEX)
        for function in FUNCTIONS:
            schema_editor.execute(FUNCTION.format(*function))


def unmake(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in NAMES:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}(tsquery)")
        schema_editor.execute("DROP INDEX IF EXISTS cms_search_title_body")


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_terms"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]
    operations = [migrations.RunPython(make, unmake)]
