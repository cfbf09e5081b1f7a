"""Sealing what is stored again with the current key."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from django.db.models.expressions import RawSQL

from cms.encryption import VERSION, SealedField, keyring, seal, unseal

BATCH = 500


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
