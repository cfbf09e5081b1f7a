"""Editors write bodies and organisation charts; publishers also show them to residents and delete them."""

from importlib import import_module

from django.db import migrations

MODELS = ("body", "chart")
WRITE = ("view", "add", "change")
PUBLISHERS_ONLY = ("publish", "delete")
GROUPS = {"Editors": WRITE, "Moderators": (*WRITE, *PUBLISHERS_ONLY)}

permission = import_module("home.migrations.0003_editing_rights").permission


def rights(apps, verbs):
    """The permissions of both models."""
    return [permission(apps, "directory", model, verb) for model in MODELS for verb in verbs]


def grant(apps, schema_editor):
    """Give both groups their rights."""
    Group = apps.get_model("auth", "Group")
    for name, verbs in GROUPS.items():
        Group.objects.get_or_create(name=name)[0].permissions.add(*rights(apps, verbs))


def take_back(apps, schema_editor):
    """As it was before."""
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(name__in=GROUPS):
        group.permissions.remove(*rights(apps, GROUPS[group.name]))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_places"),
        ("directory", "0007_bodies"),
    ]
    operations = [migrations.RunPython(grant, take_back)]
