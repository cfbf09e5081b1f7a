"""Who may edit urgent words; more everyday words for the concerns that came with the site."""

import json
from importlib import import_module
from pathlib import Path

from django.db import migrations

rights = import_module("home.migrations.0003_editing_rights")
first = import_module("directory.migrations.0004_first_concerns")

WORDS = json.loads((Path(__file__).resolve().parent / "_concern_words.json").read_text(encoding="utf-8"))
WRITE = [("cms", "urgentword", verb) for verb in ("view", "add", "change")]
DELETE = ("cms", "urgentword", "delete")
GIVEN = {rights.EDITORS: WRITE, rights.PUBLISHERS: [*WRITE, DELETE]}


def grant(apps, schema_editor):
    """Editors write, publishers also delete."""
    Group = apps.get_model("auth", "Group")
    for name, given in GIVEN.items():
        group = Group.objects.get_or_create(name=name)[0]
        group.permissions.add(*[rights.permission(apps, *right) for right in given])


def take_back(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, given in GIVEN.items():
        for group in Group.objects.filter(name=name):
            group.permissions.remove(*[rights.permission(apps, *right) for right in given])


def shipped_first():
    """The words of the first list, by code."""
    return {code: aliases for code, _name, aliases in first.CONCERNS}


def add_words(apps, schema_editor):
    """Only where the words are still those of the first list: what staff have changed stays theirs."""
    Concern = apps.get_model("directory", "Concern")
    shipped = shipped_first()
    for concern in Concern.objects.filter(code__in=WORDS):
        if concern.aliases == shipped[concern.code]:
            concern.aliases = " ".join(WORDS[concern.code])
            concern.save(update_fields=["aliases"])


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0006_bodies"),
        ("cms", "0008_readings"),
    ]

    operations = [
        migrations.RunPython(grant, take_back),
        migrations.RunPython(add_words, migrations.RunPython.noop),
    ]
