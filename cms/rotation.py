"""Sealing what is stored again with the current key."""

import time
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.models.expressions import RawSQL

from cms.encryption import VERSION, SealedField, keyring, seal, unseal

BATCH = 500
GRACE = 5.0  # seconds between sealing a value and its statement's arrival at the database: never so many


def sealed_columns() -> Iterator[tuple[type[models.Model], SealedField]]:
    """Every encrypted field of every model, with the model whose table holds it."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, SealedField) and not model._meta.proxy:
                yield model, field


def tokens(model: type[models.Model], field: SealedField) -> models.QuerySet[models.Model]:
    """Rows of a column with the stored token as ``stored_token`` (the field itself would decrypt)."""
    quote = connection.ops.quote_name
    column = RawSQL(f"{quote(model._meta.db_table)}.{quote(str(field.column))}", (), output_field=models.TextField())  # noqa: S611
    return models.QuerySet(model).filter(**{f"{field.name}__isnull": False}).annotate(stored_token=column)


def on_other_keys(model: type[models.Model], field: SealedField) -> models.QuerySet[models.Model]:
    """Rows whose token was made with another key than the current one."""
    return tokens(model, field).exclude(stored_token__startswith=f"{VERSION}.{keyring().current}.")


def reseal_column(model: type[models.Model], field: SealedField) -> int:
    """Seal a column again, in batches; how many values. May be stopped and started again at any time."""
    done = 0
    last = None
    while True:
        rows = on_other_keys(model, field).order_by("pk").values_list("pk", "stored_token")
        batch = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
        if not batch:
            return done
        for pk, token in batch:
            done += reseal_value(model, field, pk, token)
            last = pk


def reseal_value(model: type[models.Model], field: SealedField, pk: object, token: str) -> int:
    """One value, unless somebody has just written another: theirs is newer, and it is on the current key already."""
    fresh = seal(unseal(token, field.place), field.place)
    with connection.cursor() as cursor:
        quote = connection.ops.quote_name
        table, column, key = quote(model._meta.db_table), quote(str(field.column)), quote(str(model._meta.pk.column))
        stored_pk = model._meta.pk.get_db_prep_value(pk, connection)
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608  names from the models
            [fresh, stored_pk, token],
        )
        return int(cursor.rowcount)


def left_on_other_keys() -> int:
    """Values that the current key does not open."""
    return sum(on_other_keys(model, field).count() for model, field in sealed_columns())


def somebody_may_still_use_older_keys() -> bool:
    """A value may have been sealed before the newest key was there, and not be visible yet: its transaction still runs.

    Dropped then, its key would be missing for ever.
    """
    newest_since = Path(settings.KEY_FILE).stat().st_mtime + GRACE
    if time.time() < newest_since:
        return True
    if connection.vendor != "postgresql":  # SQLite has one writer at a time, and ours waits for its turn
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND xact_start < to_timestamp(%s))",
            [newest_since],
        )
        return bool(cursor.fetchone()[0])
