"""The records refuse to change: the models, and the database itself whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from casebook.models import Access
from cms import audit, chains
from cms.models import AppendOnly, AuditEvent, AuditSeal, ChainCheck, ChainHead
from tests.factories.chains import drop_triggers, run, triggers_of
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
KEPT: tuple[Any, ...] = (AuditEvent, AuditSeal, ChainCheck, Access)


@pytest.fixture(autouse=True)
def rows() -> None:
    """One row of each."""
    audit.record("case.read", by=None)
    audit.seal_events()
    Access.objects.create(user=make_user().pk, organization=None, how="export")
    chains.verify(AuditSeal.CHAIN)


@pytest.mark.parametrize("model", KEPT)
def test_the_models_refuse(model: Any) -> None:
    row = model.objects.get()
    name = next(field.name for field in model._meta.fields if not field.primary_key)
    ways: list[Any] = [
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(**{name: getattr(row, name)}),
        lambda: model.objects.bulk_update([row], [name]),
        lambda: model.objects.bulk_create([row]),
        lambda: model.objects.update_or_create(pk=row.pk, defaults={name: getattr(row, name)}),
        lambda: model._base_manager.filter(pk=row.pk).delete(),
    ]
    for way in ways:
        with pytest.raises(AppendOnly):
            way()


@pytest.mark.parametrize("model", KEPT)
def test_the_database_refuses(model: Any) -> None:
    table, plain = model._meta.db_table, models.QuerySet(model)
    first = plain.get()
    ways: list[Any] = [
        lambda: run(f"DELETE FROM {table}"),
        lambda: run(f"DELETE FROM {table} WHERE id = %s", first.pk),
        lambda: run(f"UPDATE {table} SET id = id + 1"),
        lambda: plain.delete(),
        lambda: plain.update(id=first.pk + 1),
    ]
    if connection.vendor == "postgresql":
        ways.append(lambda: run(f"TRUNCATE {table}"))
    for way in ways:
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            way()
    assert plain.get() == first


def test_a_head_goes_forward_only() -> None:
    table = ChainHead._meta.db_table
    for sql in (f"UPDATE {table} SET seq = seq - 1", f"UPDATE {table} SET name = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            run(sql)


@pytest.mark.parametrize("model", KEPT)
def test_without_the_triggers_it_would_go_through(model: Any) -> None:
    """Otherwise the tests above could not fail. A migration that rebuilds a table on SQLite must make them anew."""
    table = model._meta.db_table
    assert len(triggers_of(table)) == 2
    drop_triggers(table)
    run(f"DELETE FROM {table}")
    assert not models.QuerySet(model).exists()
