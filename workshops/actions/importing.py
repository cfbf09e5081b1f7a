"""Storing what an event table says: new events, changes field by field, nothing twice.

The values of the last import are kept with the event (`Event.source_row`). A field is written when the table has
changed it and nobody here has: what staff corrected by hand stays, and is said as a remark. An event that takes
registrations here has been taken over by the staff: its times, seats and registration are theirs. Publication is
theirs from the start: an import never publishes, unpublishes or deletes what is already here, and a row that left
the table leaves its event alone. A row that carries our own number (`workshops.open_data.cells.row_id`) is a row we gave
away: it makes no second event and changes nothing; what differs from ours is told.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms import audit
from cms.dates import JST
from cms.importing.tables import Refusal
from cms.models.base import neutral_slug
from workshops.actions.bulk_pages import NewPage, add_pages, body
from workshops.actions.capacity import BelowTaken, change_capacity
from workshops.actions.entries import replace_entries, told
from workshops.importing.layouts import BASE_REGISTRY
from workshops.importing.mapping import record_values
from workshops.importing.own import OwnRow, own_rows
from workshops.importing.records import Difference, EventRow, Reading
from workshops.models import Event, EventIndexPage, EventPage, EventProse, Occurrence
from workshops.open_data.stored import CELLS, bare_html, plain

_CHUNK = 500
_MOMENTS = frozenset({"event.closes_at", "occurrence.starts_at", "occurrence.ends_at"})
#: What belongs to the staff as soon as residents register here.
_STAFFS_OWN = frozenset(
    {"event.status", "event.registration_mode", "event.registration_note", "event.unit", "event.closes_at"}
)


class NoIndexPage(Exception):
    """There is no page below which events could be published; the migrations of `home` make it."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file. `read` = new + changed + same + refused."""

    read: int
    new: int
    changed: int
    same: int
    refused: int
    remarks: tuple[Refusal, ...]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class _Change:
    """An event whose row differs: `values` to write, `kept` fields that staff had changed, the row's new values."""

    event: Event
    row: EventRow
    values: dict[str, Any]
    kept: list[str]
    wanted: dict[str, Any]
    last: dict[str, Any]

    @property
    def does_something(self) -> bool:
        """Something that we show is written, or the table changed what is only kept."""
        return any(not name.startswith(CELLS) for name in self.values) or (bool(self.values) and not self.kept)


@transaction.atomic
def import_rows(*, reading: Reading, by: models.Model | None, draft: bool = False, dry_run: bool = False) -> Outcome:
    """Store the good rows of one file, all or none. `by` is None for the operator at the command line.

    `draft` leaves new pages as drafts; `dry_run` decides everything and writes nothing. Raises `NoIndexPage`.
    """
    index = EventIndexPage.objects.select_for_update().filter(locale=Locale.get_default()).order_by("path").first()
    if index is None:
        raise NoIndexPage
    own = own_rows(reading)
    rows = [row for row in reading.rows if row.line not in own]
    known = _known(row.key for row in rows)
    new = [row for row in rows if row.key not in known]
    changes = [change for row in rows if row.key in known and (change := _compare(known[row.key], row))]
    if not dry_run:
        _create(index, new, draft=draft, by=by)
        for change in changes:
            _apply(change, by=by)
    changed = sum(change.does_something for change in changes)
    counts: dict[str, int] = {
        "read": reading.read,
        "new": len(new),
        "changed": changed,
        "same": len(reading.rows) - len(new) - changed,
        "refused": reading.refused,
    }
    if not dry_run and (new or changes):
        audit.record("events.imported", by=by, target=None, **counts)
    return Outcome(
        **counts,
        remarks=(*reading.remarks, *_kept_remarks(changes), *_own_remarks(own)),
        differences=tuple(sorted((*_told(changes), *_of_ours(own)), key=lambda each: each.line)),
    )


def _known(keys: Iterable[str]) -> dict[str, Event]:
    wanted = list(keys)
    events = Event.objects.prefetch_related("occurrences", "proses__page").select_related("host")
    return {
        str(event.source_key): event
        for start in range(0, len(wanted), _CHUNK)
        for event in events.filter(source_key__in=wanted[start : start + _CHUNK])
    }


# New events


def _create(index: EventIndexPage, rows: list[EventRow], *, draft: bool, by: models.Model | None) -> None:
    values = [record_values(row) for row in rows]
    slugs = _free_slugs(len(rows))
    events = Event.objects.bulk_create(
        Event(
            slug=slug,
            municipality_code=row.municipality,
            source_key=row.key,
            source_row=plain,
            **{name: _stored(f"event.{name}", value) for name, value in _part(plain, "event").items()},
        )
        for row, plain, slug in zip(rows, values, slugs, strict=True)
    )
    occurrences = [_occurrence(event, plain) for event, plain in zip(events, values, strict=True)]
    Occurrence.objects.bulk_create(occurrences)
    pages = [
        NewPage(event, plain["page.title"], plain["page.body"]) for event, plain in zip(events, values, strict=True)
    ]
    add_pages(index=index, new=pages, live=not draft, owner=by)


def _occurrence(event: Event, plain: Mapping[str, Any]) -> Occurrence:
    fields = {name: _stored(f"occurrence.{name}", value) for name, value in _part(plain, "occurrence").items()}
    occurrence = Occurrence(event=event, **fields)
    occurrence.set_days()
    return occurrence


def _free_slugs(count: int) -> list[str]:
    """Neutral addresses that no event has."""
    slugs: set[str] = set()
    while len(slugs) < count:
        some = {neutral_slug() for _number in range(min(count - len(slugs), _CHUNK))}
        slugs |= some - set(Event.objects.filter(slug__in=some).values_list("slug", flat=True))
    return sorted(slugs)


# Known events


def _compare(event: Event, row: EventRow) -> _Change | None:
    """None when the table says what it said last time."""
    wanted, last = record_values(row), event.source_row or {}
    differing = {name for name in {*wanted, *last} if wanted.get(name) != last.get(name)}
    if not differing:
        return None
    now = _current(event)
    written: dict[str, Any] = {}
    kept: list[str] = []
    for name in sorted(differing):
        if name.startswith(CELLS) or (name in now and now[name] == last.get(name)):
            written[name] = wanted.get(name)
        elif name not in now or now[name] != wanted.get(name):
            kept.append(name)
    return _Change(event, row, written, kept, wanted, last)


def _current(event: Event) -> dict[str, Any]:
    """The event as it stands, in the form of `record_values`; what is out of an import's reach is absent."""
    names = [field.name for field in Event._meta.concrete_fields]
    found = {f"event.{name}": plain(getattr(event, name)) for name in names if name not in {"host", "source_row"}}
    if event.takes_registrations:
        found = {name: value for name, value in found.items() if name not in _STAFFS_OWN}
    elif occurrence := _first(event):
        for name in ("starts_at", "ends_at", "all_day", "capacity", "state"):
            found[f"occurrence.{name}"] = plain(getattr(occurrence, name))
    if (page := _page(event)) and _is_untouched(page):
        found |= {"page.title": page.title, "page.body": bare_html(list(page.body.raw_data))}
    return found


def _apply(change: _Change, *, by: models.Model | None) -> None:
    event = change.event
    before = told(event)
    for name, value in _part(change.values, "event").items():
        setattr(event, name, _stored(f"event.{name}", value))
    event.source_row = change.wanted
    event.save()
    if told(event) != before:
        replace_entries(event)
    if times := _part(change.values, "occurrence"):
        _move(event, times, by=by)
    if prose := _part(change.values, "page"):
        _rewrite(event, prose, by=by)


def _move(event: Event, values: dict[str, Any], *, by: models.Model | None) -> None:
    occurrence = _first(event)
    assert occurrence is not None  # _compare only writes to one that is there  # noqa: S101
    if "capacity" in values:
        try:
            change_capacity(occurrence=occurrence, capacity=values.pop("capacity"), by=by)
        except BelowTaken:
            values.pop("capacity", None)
    for name, value in values.items():
        setattr(occurrence, name, _stored(f"occurrence.{name}", value))
    if values:
        occurrence.set_days()
        occurrence.save(update_fields=["starts_at", "ends_at", "all_day", "starts_on", "ends_on", "state"])
        replace_entries(event)


def _rewrite(event: Event, values: dict[str, Any], *, by: models.Model | None) -> None:
    page = _page(event)
    assert page is not None  # _compare only writes to a page that is there  # noqa: S101
    if "title" in values:
        page.title = values["title"]
    if "body" in values:
        page.body = body(values["body"])  # type: ignore[assignment]
    if page.live:
        page.save_revision(user=by).publish(user=by)
    else:
        page.draft_title = page.title
        page.save()


# Values


def _part(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {name.split(".", 1)[1]: value for name, value in values.items() if name.startswith(f"{prefix}.")}


def _stored(name: str, value: Any) -> Any:
    """JSON → what the model's field takes: moments are local in the table and aware in the database."""
    return dt.datetime.fromisoformat(value).replace(tzinfo=JST) if name in _MOMENTS and value else value


def _first(event: Event) -> Occurrence | None:
    """The occurrence an import made: the oldest row."""
    occurrences: Iterable[Occurrence] = event.occurrences.all()  # type: ignore[arg-type]
    return min(occurrences, key=lambda occurrence: occurrence.pk, default=None)


def _page(event: Event) -> EventPage | None:
    prose: EventProse | None = next(iter(event.proses.all()), None)  # type: ignore[arg-type]
    return prose.page if prose else None


def _is_untouched(page: EventPage) -> bool:
    """No draft of the staff lies above what is stored."""
    return not page.has_unpublished_changes if page.live else page.latest_revision_id is None


def _kept_remarks(changes: list[_Change]) -> list[Refusal]:
    return [
        Refusal(change.row.line, "", _("kept as changed here by hand: %(names)s") % {"names": _labels(change.kept)})
        for change in changes
        if change.kept
    ]


def _told(changes: list[_Change]) -> Iterable[Difference]:
    """Cell by cell what the table says anew, under the headings of the base registry."""
    for change in changes:
        for name in change.wanted | change.last:
            before, after = (str(values.get(name) or "") for values in (change.last, change.wanted))
            if name.startswith(CELLS) and before != after:
                heading = BASE_REGISTRY.headings.get(name.removeprefix(CELLS), BASE_REGISTRY.headings["capacity"])[0]
                yield Difference(change.row.line, change.row.title, heading, before, after)


def _of_ours(own: Mapping[int, OwnRow]) -> Iterable[Difference]:
    return (difference for row in own.values() for difference in row.differences)


def _own_remarks(own: Mapping[int, OwnRow]) -> list[Refusal]:
    words = _("this row was given away by this site; change the event here, not in the table")
    return [Refusal(line, "", words) for line, row in own.items() if row.differences]


def _labels(names: Iterable[str]) -> str:
    owners: dict[str, type[models.Model]] = {"event": Event, "occurrence": Occurrence, "page": EventPage}
    fields = (owners[owner]._meta.get_field(name) for owner, name in (full.split(".") for full in names))
    return "、".join(dict.fromkeys(str(getattr(field, "verbose_name", field.name)) for field in fields))
