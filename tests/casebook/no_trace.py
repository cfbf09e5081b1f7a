"""Words planted in every noun of a case, and the search for them: sealed values opened, tables as they lie, files, mails."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection, models
from django.test import RequestFactory

from casebook.models import Access, Case
from cms import dates, encryption
from cms.encryption import EncryptedJSONField, SealedField
from directory import unsent
from directory.enums import DeclineReason
from directory.models import Handover, Organization, User

NUMBERS = count(1)
# What a case leaves behind, on purpose: cards that hold no way back to it.
SURVIVES = frozenset({"LearningCard"})
# Figures and the tables behind them speak of no case.
NOT_OF_CASES = frozenset({"Clientele", "Population", "Prevalence", "RiskTable", "Tally"})


def sealed(model: type[models.Model]) -> list[SealedField]:
    """Its encrypted columns."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]


def nouns() -> list[type[models.Model]]:
    """Every model of this room that holds words."""
    found = apps.get_app_config("casebook").get_models()
    return [model for model in found if sealed(model) and model.__name__ not in SURVIVES]


# Columns that are empty or filled together.
TOGETHER = {"Question": ("answer", "answered_at", "answered_by")}


def together(model: type[models.Model]) -> list[Any]:
    """Columns a row of this noun has to have beside those it always needs."""
    return [model._meta.get_field(name) for name in TOGETHER.get(model.__name__, ())]


class Planted:
    """A case with a word of its own in every encrypted column of every noun, in a hand-over and in a waiting form."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.words: dict[str, str] = {}
        for model in nouns():
            if not model._base_manager.exists():
                self.make(model)
            self.plant(model, model._base_manager.all())
        other = Organization.objects.exclude(pk=case.organization_id).order_by("pk").first()
        handed = Handover.objects.create(
            kind="case",
            subject=case.pk,
            from_organization=case.organization,
            to_organization=other,
            proposed_by=case.author,
            answer_by=dates.today(),
            state="declined",
            reason=DeclineReason.values[0],
            answered_by=case.author,
            answered_at=dates.now(),
            ended_by=case.author,
            ended_at=dates.now(),
        )
        self.plant(Handover, Handover.objects.filter(pk=handed.pk))
        self.leave_a_form()

    def word(self, place: str) -> str:
        """A word found nowhere else."""
        self.words[place] = f"ZZこん跡{next(NUMBERS):03d}"
        return self.words[place]

    def plant(self, model: type[models.Model], rows: Any) -> None:
        """A word in each encrypted column of these rows."""
        for field in sealed(model):
            word = self.word(f"{model.__name__}.{field.name}")
            assert rows.update(**{field.name: [word] if isinstance(field, EncryptedJSONField) else word}), model

    def make(self, model: type[models.Model]) -> None:
        """A row of this case: whatever the noun needs, and what its own rules ask for together."""
        values = {field.attname: self.value_for(field) for field in together(model)}
        values |= {
            field.attname: self.value_for(field)
            for field in model._meta.concrete_fields
            if not field.null and not field.primary_key and not field.has_default() and not field.blank
        }
        model._base_manager.create(**values)

    def value_for(self, field: Any) -> Any:
        """Anything that fits the column."""
        if isinstance(field, models.ForeignKey):
            things = {Case: self.case, User: self.case.author, Organization: self.case.organization}
            if field.related_model not in things and not field.related_model._base_manager.exists():
                self.make(field.related_model)
            return (things.get(field.related_model) or field.related_model._base_manager.first()).pk
        if field.name == "number":
            return self.case.number
        if isinstance(field, SealedField):
            return [] if isinstance(field, EncryptedJSONField) else "x"
        if field.choices:
            return field.choices[0][0]
        if isinstance(field, models.DateTimeField):
            return dates.now() + dt.timedelta(hours=1)
        if isinstance(field, models.DateField):
            return dates.today()
        return 1 if isinstance(field, models.IntegerField) else "x"

    def leave_a_form(self) -> None:
        """The author's session had ended while they were writing: the form waits there."""
        session = SessionStore()
        request = RequestFactory().post(
            f"/members/cases/{self.case.pk}/edit/", {"situation": self.word("session.unsent")}
        )
        request.user = self.case.author
        assert unsent.keep(request, session, self.case.author.pk)
        session.save()


# --- the search ------------------------------------------------------------------------------------


def found(words: dict[str, str], text: str) -> list[str]:
    """Where the planted words of that text come from."""
    return [place for place, word in words.items() if word in text or json.dumps(word)[1:-1] in text]


def opened() -> str:
    """All that somebody with the key could read: sealed columns of every room, waiting forms in sessions."""
    return "\n".join([*_opened_columns(), *_opened_sessions()])


def _opened_columns() -> Iterator[str]:
    for model in apps.get_models():
        for field in sealed(model):
            for value in model._base_manager.values_list(field.name, flat=True):
                yield value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _opened_sessions() -> Iterator[str]:
    for row in Session.objects.all():
        held = row.get_decoded()
        yield json.dumps(held, ensure_ascii=False)
        if unsent.KEY in held:
            text = encryption.unseal(held[unsent.KEY], unsent.SEALED_AS)
            yield json.dumps(json.loads(text), ensure_ascii=False)


def rows_as_they_lie() -> str:
    """Every column of every table, as the database gives it."""
    lines = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            lines += [repr(row) for row in cursor.fetchall()]
    return "\n".join(lines)


def dump() -> str:
    """What a backup holds: the SQL of `.dump` and the file with its log; or pg_dump's."""
    if connection.vendor == "sqlite":
        text = "\n".join(connection.connection.iterdump())
        base = str(connection.settings_dict["NAME"])
        files = [Path(base + ending) for ending in ("", "-wal") if Path(base + ending).is_file()]
        return text + "".join(file.read_bytes().decode("utf-8", "ignore") for file in files)
    found_in = connection.settings_dict
    environment = {**os.environ, "PGPASSWORD": str(found_in["PASSWORD"])}
    command = [
        "pg_dump", "--host", str(found_in["HOST"]), "--port", str(found_in["PORT"] or 5432),
        "--username", str(found_in["USER"]), "--no-password", str(found_in["NAME"]),
    ]  # fmt: skip
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def elsewhere() -> str:
    """Caches, mails that were sent, every private or public file."""
    parts = [repr(getattr(cache, "_cache", {})), *_cached()]
    parts += [f"{message.subject}\n{message.body}\n{message.recipients()}" for message in mail.outbox]
    folders = [settings.PRIVATE_ROOT, settings.MEDIA_ROOT, getattr(settings, "EMAIL_FILE_PATH", None)]
    for folder in folders:
        for file in Path(folder).rglob("*") if folder else ():
            if file.is_file():
                parts.append(file.name + file.read_bytes().decode("utf-8", "ignore"))
    return "\n".join(parts)


def _cached() -> Iterator[str]:
    for value in getattr(cache, "_cache", {}).values():
        yield value.decode("utf-8", "ignore") if isinstance(value, bytes) else str(value)


def readings(case: Case) -> int:
    """Lines of the access log about it: they stay, and hold ids only."""
    return Access.objects.of_case(case.pk).count()
