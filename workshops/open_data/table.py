"""Public occurrences → rows of events.csv. Three queries, however many rows; the rows come one after the other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from cms.dates import jst
from cms.exports import Cell
from cms.models import SiteSettings
from cms.open_data import Table
from workshops.models import Event, EventPage, Occurrence
from workshops.open_data.cells import cells_of, in_layout
from workshops.open_data.profiles import EventProfile

#: Rows fetched at a time, with what their tables said and the words of their pages: some ten kilobytes each.
CHUNK = 200


def public_occurrences() -> QuerySet[Occurrence]:
    """What residents may read, with event, host and the words of the page (`stream`, `introduction`)."""
    return with_words(Occurrence.objects.visible_to(AnonymousUser())).order_by("starts_at", "pk")


def with_words(occurrences: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """The same with all that `cells` needs."""
    page = EventPage.objects.filter(prose__event=OuterRef("event"), live=True).order_by("pk")
    return occurrences.select_related("event__host").annotate(
        stream=Subquery(page.annotate(raw=Cast("body", TextField())).values("raw")[:1]),
        introduction=Subquery(page.values("introduction")[:1]),
    )


def partners_of() -> dict[int, str]:
    """Names of the organisations that hold an event together with its host, by event."""
    found: dict[int, list[str]] = defaultdict(list)
    for event, name in (
        Event.objects.public().exclude(partners=None).order_by("partners").values_list("pk", "partners__name")
    ):
        found[event].append(name)
    return {event: "、".join(names) for event, names in found.items()}


def cells(occurrences: QuerySet[Occurrence]) -> Iterator[tuple[Occurrence, dict[str, str]]]:
    """Each occurrence of `public_occurrences` with its cells by field."""
    city = SiteSettings.objects.first() or SiteSettings()
    partners = partners_of()
    rows = occurrences.iterator(chunk_size=CHUNK)
    for row in rows:
        stream, introduction = getattr(row, "stream", "") or "", getattr(row, "introduction", "") or ""
        yield (
            row,
            cells_of(row, city, stream=stream, introduction=introduction, partners=partners.get(row.event_id, "")),
        )


def rows_of(profile: EventProfile, most: int | None) -> Iterator[list[Cell]]:
    """The rows in the layout's order of columns."""
    fields = [field for _heading, field in profile.all_columns]
    for _occurrence, found in cells(public_occurrences()[:most]):
        yield [in_layout(found, field) for field in fields]


def table_of(profile: EventProfile) -> Callable[[int | None], Table]:
    """The table in one layout, for the registry of open data."""

    def table(most: int | None = None) -> Table:
        return Table([heading for heading, _field in profile.all_columns], rows_of(profile, most))

    return table


def updated_on() -> dt.date | None:
    """The day (JST) on which a public event was last changed."""
    found = Occurrence.objects.visible_to(AnonymousUser()).aggregate(
        date=Max("changed_at"), event=Max("event__changed_at")
    )
    moments = [moment for moment in found.values() if moment]
    return jst(max(moments)).date() if moments else None
