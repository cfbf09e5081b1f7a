"""Migrations: complete, named by meaning, the user model first."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from cms.encryption import SealedField

FILES = sorted(
    path for room in settings.ROOMS for path in (Path(settings.BASE_DIR) / room / "migrations").glob("0*.py")
)


def test_the_user_model_comes_before_everything_of_wagtail() -> None:
    first = import_module("directory.migrations.0001_people").Migration
    assert {app for app, _ in first.dependencies} <= {"auth", "contenttypes"}
    assert {operation.name for operation in first.operations} == {"Organization", "User"}


@pytest.mark.django_db
def test_no_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_a_migration_is_named_by_what_it_does(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_(?!auto|alter_|remove_)[a-z0-9_]+", path.stem)


def test_sealed_fields_are_neither_ordered_by_nor_indexed() -> None:
    faults = []
    for model in apps.get_models():
        sealed = {field.name for field in model._meta.get_fields() if isinstance(field, SealedField)}
        used = {name.lstrip("-") for name in model._meta.ordering if isinstance(name, str)}
        used |= {name for index in model._meta.indexes for name in index.fields}
        faults += [f"{model._meta.label}.{name}" for name in sealed & used]
    assert faults == []
