"""Storing what a file says about desks: new ones as drafts, changes as drafts over what stands, nothing twice.

- What the file leaves out stays: a blank cell, a channel it does not name, a desk it does not know.
- With `publish`, new desks and changes to public ones are published at once, except over a draft that staff are writing.
  A desk that staff took off the site stays off.
- A number that residents know is changed by nobody alone: it waits for a second person (`directory.actions.numbers`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cms import audit
from cms.importing.tables import Refusal
from cms.models import SiteSettings
from directory.enums import OrganizationKind
from directory.hsds import ids
from directory.importing.differences import Comparison, Difference, beyond_both, compare
from directory.importing.records import DeskRow, Known, Reading
from directory.importing.values import sentence_of
from directory.models import Channel, Concern, ConsultationDesk, DeskSource, NumberChange, Organization, User

_CHUNK = 500


@dataclass(frozen=True)
class Told:
    """What becomes of one desk, for the report. `differences` empty: it is the same."""

    line: int
    name: str
    is_new: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a file. `read` = new + changed + same + refused; `waiting`: numbers for a second person."""

    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    waiting: int = 0
    told: tuple[Told, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class _Changed:
    """A desk with the file's values already put on it in memory, and its channels as they would be."""

    row: DeskRow
    desk: ConsultationDesk
    comparison: Comparison
    channels: list[Channel]


@dataclass
class _Plan:
    """What to do with the rows of a file."""

    new: list[DeskRow] = field(default_factory=list)
    changed: list[_Changed] = field(default_factory=list)
    same: int = 0
    waiting: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Refusal] = field(default_factory=list)


def known_here() -> Known:
    """What a reader must know of this site. Two queries."""
    codes: dict[str, str] = {}
    for code, name in Concern.objects.values_list("code", "name"):
        codes |= {code: code, name: code}
    return Known((SiteSettings.objects.first() or SiteSettings()).municipality_code, codes)


@transaction.atomic
def import_desks(*, reading: Reading, by: User | None, publish: bool = False, dry_run: bool = False) -> Outcome:
    """Store the good rows of one file, all or none. `by` is None for the operator at the command line.

    `publish` puts it on the site at once (see above); `dry_run` decides everything and writes nothing.
    """
    plan = _planned(reading)
    if not dry_run:
        concerns = {concern.code: concern for concern in Concern.objects.all()}
        for row in plan.new:
            _create(row, concerns, by=by, publish=publish)
        for each in plan.changed:
            plan.waiting += _change(each, concerns, plan, by=by, publish=publish)
    counts = {
        "read": reading.read,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "same": plan.same,
        "refused": reading.refused + len({refusal.line for refusal in plan.refusals}),
        "waiting": plan.waiting,
    }
    if not dry_run and (plan.new or plan.changed):
        audit.record("desks.imported", by=by, target=None, **counts)
    told = [Told(row.line, row.name, True, ()) for row in plan.new]
    told += [Told(each.row.line, each.row.name, False, each.comparison.differences) for each in plan.changed]
    return Outcome(
        **counts,
        told=tuple(sorted(told, key=lambda each: each.line)),
        refusals=tuple(plan.refusals),
        remarks=(*reading.remarks, *plan.remarks),
    )


def _planned(reading: Reading) -> _Plan:
    """New, changed or same, for each row. Reads only."""
    plan = _Plan()
    found = _Finder(reading.rows)
    taken: dict[int, int] = {}
    for row in reading.rows:
        desk = found.desk_of(row)
        if desk is None:
            _try_new(row, plan)
            continue
        if desk.pk in taken:
            words = _("line %(line)d already speaks of this desk") % {"line": taken[desk.pk]}
            plan.refusals.append(Refusal(row.line, "", words))
            continue
        taken[desk.pk] = row.line
        _try_change(row, found, desk, plan)
    return plan


def _try_new(row: DeskRow, plan: _Plan) -> None:
    desk = ConsultationDesk(organization_id=0, **row.values)
    channels = [Channel(sort_order=order, **each.values) for order, each in enumerate(row.channels)]
    if _is_right(row, desk, channels, plan):
        plan.new.append(row)


def _compared(desk: ConsultationDesk, channels: list[Channel], row: DeskRow) -> Comparison:
    return compare(desk, channels, [concern.code for concern in desk.concerns.all()], row)


def _try_change(row: DeskRow, found: _Finder, desk: ConsultationDesk, plan: _Plan) -> None:
    public, waiting = found.public.get(desk.pk), found.waiting.get(desk.pk, set())
    channels = list(desk.channels.all())
    whole = _compared(desk, channels, row)
    if public is not None:
        whole = beyond_both(whole, _compared(public, list(public.channels.all()), row))
    comparison = whole.without(waiting)
    if comparison != whole:
        plan.remarks.append(Refusal(row.line, "", _("a changed number is already waiting for a second person")))
    if row.organization != desk.organization.name:
        words = _("the organisation is not changed by an import: here it is “%(name)s”") % {"name": desk.organization}
        plan.remarks.append(Refusal(row.line, "", words))
    if not (comparison.values or comparison.channels or comparison.concerns is not None):
        plan.same += 1
        return
    touched = _set(desk, channels, comparison)
    if _is_right(row, desk, touched, plan):
        plan.changed.append(_Changed(row, desk, comparison, channels))


def _is_right(row: DeskRow, desk: ConsultationDesk, channels: list[Channel], plan: _Plan) -> bool:
    """The models' own rules; what they refuse keeps the row out."""
    try:
        desk.clean_fields(exclude=["organization", "slug", "latest_revision", "live_revision", "locked_by"])
        desk.clean()
        for channel in channels:
            channel.clean_fields(exclude=["desk"])
            channel.clean()
    except ValidationError as error:
        plan.refusals.append(Refusal(row.line, "", sentence_of(error)))
        return False
    return True


class _Finder:
    """The desks that the rows speak of: by our own id, by what an earlier import remembered, by body and name."""

    def __init__(self, rows: Iterable[DeskRow]) -> None:
        wanted = list(rows)
        self.slugs = dict(ConsultationDesk.objects.values_list("slug", "pk"))
        self.made = {str(ids.service_id(slug)): pk for slug, pk in self.slugs.items()}
        self.sources = _sources(row.source for row in wanted if row.source)
        self.names: dict[tuple[str, str], list[int]] = {}
        for pk, body, name in ConsultationDesk.objects.values_list("pk", "organization__name", "name"):
            self.names.setdefault((body, name), []).append(pk)
        keys = {key for row in wanted if (key := self._key_of(row))}
        self.desks, self.public = _loaded(keys)
        self.waiting = _waiting(keys)

    def _key_of(self, row: DeskRow) -> int | None:
        if row.own_id:
            return self.slugs.get(row.own_id) or self.made.get(row.own_id) or self.sources.get(row.source)
        same = self.names.get((row.organization, row.name), [])
        return same[0] if len(same) == 1 else None

    def desk_of(self, row: DeskRow) -> ConsultationDesk | None:
        """The desk with the draft that lies above it, if there is one; None: a new one."""
        key = self._key_of(row)
        return self.desks.get(key) if key else None


def _chunks(keys: Iterable[Any]) -> Iterable[list[Any]]:
    wanted = sorted(set(keys))
    return (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))


def _sources(names: Iterable[str]) -> dict[str, int]:
    return {
        key: desk
        for some in _chunks(names)
        for key, desk in DeskSource.objects.filter(key__in=some).values_list("key", "desk_id")
    }


def _loaded(keys: Iterable[int]) -> tuple[dict[int, ConsultationDesk], dict[int, ConsultationDesk]]:
    """Desks as staff see them in the editor, the latest draft where there is one; of those, the public version too."""
    channels = Prefetch("channels", Channel.objects.order_by("sort_order", "pk"))
    desks = ConsultationDesk.objects.select_related("organization", "latest_revision")
    found: dict[int, ConsultationDesk] = {}
    public: dict[int, ConsultationDesk] = {}
    for some in _chunks(keys):
        for desk in desks.prefetch_related(channels, "concerns").filter(pk__in=some):
            if desk.has_unpublished_changes and desk.latest_revision:
                found[desk.pk] = desk.latest_revision.as_object()
                if desk.live:
                    public[desk.pk] = desk
            else:
                found[desk.pk] = desk
    return found, public


def _waiting(keys: Iterable[int]) -> dict[int, set[tuple[str, str]]]:
    """Numbers that already wait for a second person, by desk."""
    found: dict[int, set[tuple[str, str]]] = {}
    for some in _chunks(keys):
        rows = NumberChange.objects.waiting().filter(desk__in=some).values_list("desk_id", "kind", "new")
        for desk, kind, number in rows:
            found.setdefault(desk, set()).add((kind, number))
    return found


def _set(desk: ConsultationDesk, channels: list[Channel], comparison: Comparison) -> list[Channel]:
    """Put the differing values on the desk and its channels in memory, new channels last; the channels it touched."""
    touched = []
    for name, value in comparison.values.items():
        setattr(desk, name, value)
    for change in comparison.channels:
        if change.channel is None:
            channels.append(Channel(sort_order=len(channels), **change.values))
            touched.append(channels[-1])
            continue
        touched.append(change.channel)
        for name, value in change.values.items():
            setattr(change.channel, name, value)
    return touched


def _create(row: DeskRow, concerns: dict[str, Concern], *, by: User | None, publish: bool) -> None:
    kind = row.organization_kind or OrganizationKind.OTHER
    body, _made = Organization.objects.get_or_create(name=row.organization, defaults={"kind": kind})
    desk = ConsultationDesk(organization=body, live=False, **row.values)
    desk.concerns = [concerns[code] for code in row.concerns or ()]  # type: ignore[assignment]
    desk.channels = [Channel(sort_order=order, **each.values) for order, each in enumerate(row.channels)]
    for channel in desk.channels.all():
        channel.clean()
    desk.save()
    revision = desk.save_revision(user=by)
    if row.source:
        DeskSource.objects.create(desk=desk, key=row.source)
    if publish:
        revision.publish(user=by)


def _change(changed: _Changed, concerns: dict[str, Concern], plan: _Plan, *, by: User | None, publish: bool) -> int:
    """Write one changed desk; how many numbers wait for a second person because of it."""
    desk, comparison, line = changed.desk, changed.comparison, changed.row.line
    has_draft, live = desk.has_unpublished_changes, desk.live
    if comparison.channels:
        desk.channels = changed.channels
    if comparison.concerns is not None:
        desk.concerns = [concerns[code] for code in comparison.concerns]  # type: ignore[assignment]
    before = _waiting([desk.pk]).get(desk.pk, set())
    revision = desk.save_revision(user=by)
    if publish and live and not has_draft:
        revision.publish(user=by)
    elif publish:
        words = _("kept as a draft: staff are writing one, or the desk is not on the site")
        plan.remarks.append(Refusal(line, "", words))
    waits = _waiting([desk.pk]).get(desk.pk, set()) - before
    if waits:
        plan.remarks.append(Refusal(line, "", _("a changed number waits for a second person; the old one stays")))
    return len(waits)
