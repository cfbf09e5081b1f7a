"""Names that the guard looks for."""

from collections import Counter
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max

from directory.enums import OrganizationKind
from directory.models import GazetteerLoad, KnownPlace, Organization, PlaceKind

Version = tuple[Any, ...]


def known_names() -> tuple[str, ...]:
    """Names and other names of organisations, and of the city's places. The city's own is no trace of a person.

    Two cheap queries however long the lists are; while nothing changes it is the same tuple, so that whoever makes
    something of it (an index) can keep that too. A change holds at once, in every process.
    """
    rows = Organization.objects.exclude(kind=OrganizationKind.CITY).order_by("pk").values_list("name", "aliases")
    own = tuple(name for first, aliases in rows for name in (first, *aliases) if name)
    return _together(own, _version())


def _version() -> Version:
    """Changes with every list that is brought in or emptied; asked each time, for another process may have done it."""
    found = GazetteerLoad.objects.aggregate(count=Count("pk"), last=Max("pk"), at=Max("loaded_at"))
    return (found["count"], found["last"], found["at"])


@lru_cache(maxsize=2)
def _together(own: tuple[str, ...], version: Version) -> tuple[str, ...]:
    return own + _places(version)


@lru_cache(maxsize=2)
def _places(version: Version) -> tuple[str, ...]:
    if not version[0]:
        return ()
    return tuple(KnownPlace.objects.order_by("name").values_list("name", flat=True).distinct())


def counted_places() -> list[tuple[PlaceKind, int]]:
    """How many names of each kind there are."""
    counts = Counter(dict(KnownPlace.objects.order_by().values_list("kind").annotate(n=Count("pk"))))
    return [(kind, counts[kind]) for kind in PlaceKind]


def loads() -> list[GazetteerLoad]:
    """Lists that were brought in, the newest first."""
    return list(GazetteerLoad.objects.select_related("loaded_by")[:20])
