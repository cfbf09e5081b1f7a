"""Materials: what their news says, who may still read it, what goes at night, what an organisation takes along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.signals import purging, ticking
from directory.actions import notifications
from directory.actions.takeaway import Table, register_provider, table_of
from directory.models import Notification, Organization
from workshops.actions import materials
from workshops.models import Material, MaterialUse

KEPT = (
    "public_id", "title", "purpose", "kind", "minutes", "group_size", "licence", "audience", "version_number",
    "created_at", "renewed_at",
)  # fmt: skip


def sees(user: Any, targets: Sequence[str]) -> dict[str, str]:
    """Those of the materials that this person may read now, with their titles."""
    rows = Material.objects.visible_to(user).standing().filter(public_id__in=targets)
    return dict(rows.values_list("public_id", "title"))


def title(row: Notification) -> str:
    """What stands above the line, inside the workspace alone."""
    return str(row.thing)


def path(row: Notification) -> str:
    """Where the news leads."""
    return reverse("members:material", args=[row.target])


def given(row: Notification) -> str:
    """A line of the list of news."""
    return _("A new material can be used.")


def renewed(row: Notification) -> str:
    """A line of the list of news."""
    return _("A material has a new version: %(number)s.") % {"number": row.codes.get("version", "")}


@receiver(purging, dispatch_uid="workshops.forget_materials")
def forget(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night."""
    return materials.forget_due(now)


@receiver(ticking, dispatch_uid="workshops.forget_waiting_files")
def forget_waiting(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Files whose form never came wait an hour, not a night."""
    return {"material_files_forgotten": materials.forget_waiting(at)}


def materials_given(organization: Organization) -> Table:
    """What the organisation gave."""
    rows = Material.objects.filter(organization=organization).order_by("created_at", "pk")
    return table_of(_("Materials"), rows, KEPT, Material)


def uses_told(organization: Organization) -> Table:
    """Where it used which material, in its own words."""
    rows = MaterialUse.objects.filter(organization=organization).select_related("material").order_by("used_on", "pk")
    return table_of(_("Uses of materials"), rows, ("material", "used_on", "place", "people", "outcome"), MaterialUse)


def register() -> None:
    """Called once when the house starts."""
    kinds = (
        (materials.GIVEN, gettext_lazy("Materials: new ones"), given),
        (materials.RENEWED, gettext_lazy("Materials: new versions"), renewed),
    )
    for name, label, sentence in kinds:
        notifications.register_kind(
            notifications.Kind(
                name=name, label=label, sees=sees, sentence=sentence, path=path, thing="material", title=title
            )
        )
    register_provider("materials", materials_given)
    register_provider("material_uses", uses_told)
