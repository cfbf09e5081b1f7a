"""Words planted in the private columns of a room's nouns, and the search for them: sealed values opened, tables as they
lie, dumps, sessions, caches, files, mails. What a room plants is its own affair (tests/casebook, tests/directory).
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, models
from django.test import RequestFactory

from cms import dates, encryption
from cms.encryption import EncryptedJSONField, SealedField
from directory import unsent

NUMBERS = count(1)


def sealed(model: type[models.Model]) -> list[SealedField]:
    """Its encrypted columns."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]


class Planting:
    """A word of its own in every encrypted column. `words`: the place of each."""

    #: Columns of a noun that are empty or filled together.
    together: Mapping[str, tuple[str, ...]] = {}

    def __init__(self, things: dict[type[models.Model], Any]) -> None:
        self.things = things  # what a foreign key to such a noun points to
        self.words: dict[str, str] = {}

    def word(self, place: str) -> str:
        """A word found nowhere else."""
        self.words[place] = f"ZZこん跡{next(NUMBERS):03d}"
        return self.words[place]

    def plant_all(self, nouns: Iterable[type[models.Model]]) -> None:
        """In all rows of these nouns; where there is none, one is made."""
        for model in nouns:
            if not model._base_manager.exists():
                self.make(model)
            self.plant(model, self.rows_of(model))

    def rows_of(self, model: type[models.Model]) -> Any:
        """Which rows of it take words."""
        return model._base_manager.all()

    def plant(self, model: type[models.Model], rows: Any) -> None:
        """A word in each encrypted column of these rows."""
        for field in sealed(model):
            word = self.word(f"{model.__name__}.{field.name}")
            assert rows.update(**{field.name: self.shaped(field, word)}), model

    def shaped(self, field: SealedField, word: str) -> Any:
        """The word as that column takes it."""
        return [word] if isinstance(field, EncryptedJSONField) else word

    def make(self, model: type[models.Model]) -> None:
        """A row: whatever the noun needs, and what its own rules ask for together."""
        columns = [model._meta.get_field(name) for name in self.together.get(model.__name__, ())]
        columns += [
            field
            for field in model._meta.concrete_fields
            if not field.null and not field.primary_key and not field.has_default() and not field.blank
        ]
        model._base_manager.create(**{field.attname: self.value_for(field) for field in columns})

    def value_for(self, field: Any) -> Any:
        """Anything that fits the column."""
        if isinstance(field, models.ForeignKey):
            if field.related_model not in self.things and not field.related_model._base_manager.exists():
                self.make(field.related_model)
            return (self.things.get(field.related_model) or field.related_model._base_manager.first()).pk
        if isinstance(field, SealedField):
            return [] if isinstance(field, EncryptedJSONField) else "x"
        if field.choices:
            return field.choices[0][0]
        if isinstance(field, models.DateTimeField):
            return dates.now() + dt.timedelta(hours=1)
        if isinstance(field, models.DateField):
            return dates.today()
        return 1 if isinstance(field, models.IntegerField) else "x"

    def wait_in_session(self, path: str, name: str, by: Any) -> None:
        """The session of that person had ended while they were writing: the form waits there."""
        session = SessionStore()
        request = RequestFactory().post(path, {name: self.word("session.unsent")})
        request.user = by
        assert unsent.keep(request, session, by.pk)
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


def dumped_data() -> str:
    """What `dumpdata` writes: rows as they are saved for another installation."""
    out = io.StringIO()
    call_command("dumpdata", stdout=out)
    return out.getvalue()
