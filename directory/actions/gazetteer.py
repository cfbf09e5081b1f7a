"""Bringing in the names of the city's places. The list of a kind is replaced as a whole; other kinds stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit, dates
from directory.models import GazetteerLoad, KnownPlace, PlaceKind, User
from directory.permissions import can
from directory.roles import Permission


@dataclass(frozen=True)
class Change:
    """What becomes of one kind: names that come, go, stay."""

    kind: PlaceKind
    new: int
    gone: int
    same: int


def changes(places: Collection[tuple[str, str]]) -> list[Change]:
    """What bringing these (kind, name) in would do; nothing is changed."""
    wanted = {kind: {name for other, name in places if other == kind} for kind in {kind for kind, _name in places}}
    there: dict[str, set[str]] = {kind: set() for kind in wanted}
    for kind, name in KnownPlace.objects.filter(kind__in=wanted).values_list("kind", "name"):
        there[kind].add(name)
    return [
        Change(kind, len(wanted[kind] - there[kind]), len(there[kind] - wanted[kind]), len(wanted[kind] & there[kind]))
        for kind in PlaceKind
        if kind in wanted
    ]


@transaction.atomic
def load_places(*, by: User, places: Collection[tuple[str, str]], source: str) -> GazetteerLoad:
    """Replace every kind that occurs in the list. From this moment every process looks for these names."""
    allow(by)
    if not places:
        raise ValidationError(_("There is no name in it."))
    kinds = Counter(kind for kind, _name in places)
    load = _noted(source, len(places), by=by)
    KnownPlace.objects.filter(kind__in=kinds).delete()
    rows = [KnownPlace(kind=kind, name=name, load=load) for kind, name in sorted(places)]
    KnownPlace.objects.bulk_create(rows, batch_size=1_000)
    audit.record("gazetteer.loaded", by=by, target=load, **{str(kind): count for kind, count in kinds.items()})
    return load


@transaction.atomic
def empty_kind(*, by: User, kind: PlaceKind) -> None:
    """Forget all names of a kind."""
    allow(by)
    load = _noted("", 0, by=by)
    KnownPlace.objects.filter(kind=kind).delete()
    audit.record("gazetteer.emptied", by=by, target=load, kind=str(kind))


def allow(by: User) -> None:
    """Who keeps the list. Raises PermissionDenied."""
    if not can(by, Permission.GAZETTEER_KEEP):
        raise PermissionDenied


def _noted(source: str, count: int, *, by: User) -> GazetteerLoad:
    return GazetteerLoad.objects.create(source=source[-120:], count=count, loaded_by=by, loaded_at=dates.now())
