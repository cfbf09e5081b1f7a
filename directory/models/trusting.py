"""The gate that every number of a published desk passes, whichever way it is published.

`ConsultationDesk.save()` is the only place where channels of a draft become the rows that residents read: the publish
button, an approved workflow, a schedule, a revert, an import and a proposal all end there. What a tap opens and is not
yet among the desk's own rows is kept back there: the row that stood stays whole (its hours belong to its number), a new
channel stays out, and a `NumberChange` waits for a second person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail.models import Revision

from cms import dates
from directory.enums import ChangeState
from directory.models.channels import Channel, gate_open
from directory.models.numbers import NumberChange

if TYPE_CHECKING:
    from directory.models.desks import ConsultationDesk

Value = tuple[str, str]  # kind, number
NOT_COPIED = frozenset({"id", "desk"})


@dataclass(frozen=True)
class Publishing:
    """A revision on its way to the public, and who pressed the button (nobody: a schedule)."""

    revision: Revision
    user_id: int | None


_publishing: ContextVar[Publishing | None] = ContextVar("desk_publishing", default=None)


@contextmanager
def publishing(revision: Revision, user: Any) -> Iterator[None]:
    """While a revision is published: so that the gate knows who wants the number."""
    mark = _publishing.set(Publishing(revision, getattr(user, "pk", None)))
    try:
        yield
    finally:
        _publishing.reset(mark)


def value_of(channel: Channel) -> Value:
    """What the gate compares."""
    return str(channel.kind), channel.value


def fields_of(channel: Channel) -> dict[str, Any]:
    """The whole channel, to make it again."""
    return {
        field.name: getattr(channel, field.attname)
        for field in channel._meta.concrete_fields
        if field.name not in NOT_COPIED
    }


def known_to_residents(desk: ConsultationDesk) -> bool:
    """It is public, or was once: unpublishing it for a moment does not make it new. Holds its row until the commit."""
    rows = type(desk).objects.select_for_update().filter(pk=desk.pk).values_list("live", "first_published_at")
    return any(live or first for live, first in rows)


def changes_channels(desk: ConsultationDesk, update_fields: Any) -> bool:
    """Saving the desk now writes channels."""
    in_memory = "channels" in getattr(desk, "_cluster_related_objects", {})
    return bool(desk.pk) and in_memory and (update_fields is None or "channels" in update_fields)


def vouched_for(channels: Iterable[Channel]) -> set[tuple[str, str, str, str]]:
    """What a person checks at a national line's official source: its numbers and their hours."""
    return {(str(each.kind), each.value, each.hours, each.hours_text) for each in channels}


def plain_values(content: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    """The same, as a draft holds it."""
    names = ("kind", "value", "hours", "hours_text")
    return {tuple(str(each.get(name, "")) for name in names) for each in content.get("channels", [])}  # type: ignore[misc]


def hours_change(desk: ConsultationDesk) -> bool:
    """What is about to be saved is no longer what somebody vouched for."""
    return vouched_for(desk.channels.all()) != vouched_for(Channel.objects.filter(desk=desk.pk))


def keep_back(desk: ConsultationDesk) -> list[NumberChange]:
    """Take unknown numbers out of what is about to be saved; what has to wait, not saved yet."""
    if not known_to_residents(desk):
        return []
    rows, wanted = list(Channel.objects.filter(desk=desk.pk)), list(desk.channels.all())
    known, said = {value_of(row) for row in rows}, {value_of(channel) for channel in wanted}
    unknown = [channel for channel in wanted if channel.is_trusted and value_of(channel) not in known]
    if not unknown:
        return []
    stood = _pairs(unknown, [row for row in rows if value_of(row) not in said], wanted)
    kept, changes = [], []
    for channel in wanted:
        if channel not in unknown:
            kept.append(channel)
            continue
        row = stood.get(id(channel))
        changes.append(_change(desk, channel, row))
        if row is not None:
            row.sort_order = channel.sort_order
            kept.append(row)
    desk.channels = kept
    return changes


def _pairs(unknown: list[Channel], vanishing: list[Channel], wanted: list[Channel]) -> dict[int, Channel]:
    """Which row each unknown number would replace: its own, else one of its kind that is about to go."""
    pairs: dict[int, Channel] = {}
    free = list(vanishing)
    in_use = {channel.pk for channel in wanted if channel not in unknown}

    def pair(fits: Callable[[Channel, Channel], bool]) -> None:
        for channel in unknown:
            row = next((row for row in free if id(channel) not in pairs and fits(channel, row)), None)
            if row is not None:
                free.remove(row)
                pairs[id(channel)] = row

    pair(lambda channel, row: channel.pk is not None and channel.pk == row.pk)
    pair(lambda channel, row: channel.kind == row.kind)
    for row in pairs.values():
        if row.pk in in_use:  # its row has become something else, say an address: the number gets a row of its own
            row.pk = None
            row._state.adding = True
    return pairs


def _change(desk: ConsultationDesk, channel: Channel, row: Channel | None) -> NumberChange:
    kind, new = value_of(channel)
    old_kind, old = value_of(row) if row else ("", "")
    return NumberChange(
        desk=desk, old_kind=old_kind, old=old, kind=kind, new=new, channel=fields_of(channel),
        proposed_by_id=proposer(desk, (kind, new)),
    )  # fmt: skip


def remember(changes: list[NumberChange]) -> list[NumberChange]:
    """Write what waits. The same number again keeps its first proposer; another for the same place replaces it."""
    return [_written(change) for change in changes]


def _written(change: NumberChange) -> NumberChange:
    waiting = NumberChange.objects.waiting().filter(desk=change.desk)
    same = waiting.filter(kind=change.kind, new=change.new).first()
    if same is not None:
        same.channel, same.old_kind, same.old = change.channel, change.old_kind, change.old
        same.save(update_fields=["channel", "old_kind", "old"])
        return same
    if change.old_kind:
        waiting.filter(old_kind=change.old_kind, old=change.old).update(
            state=ChangeState.REPLACED, decided_at=dates.now()
        )
    change.save()
    return change


@contextmanager
def through_the_gate() -> Iterator[None]:
    """Rows written here have been looked at: by the gate, or by two people."""
    mark = gate_open.set(True)
    try:
        yield
    finally:
        gate_open.reset(mark)


# --- who wants it ----------------------------------------------------------------------------------------


def proposer(desk: ConsultationDesk, value: Value) -> int | None:
    """Who brought a number in: whoever typed it first in the drafts that led here.

    An old draft that somebody publishes again is that person's own proposal, whoever typed it years ago.
    """
    act = _publishing.get()
    if act is None or act.revision.object_id != str(desk.pk):
        revision = desk.live_revision or desk.latest_revision
        return typist(revision, lambda content: value in values_in(content)) if revision else None
    if act.user_id is not None and not act.revision.is_latest_revision():
        return act.user_id
    return typist(act.revision, lambda content: value in values_in(content)) or act.user_id


def values_in(content: dict[str, Any]) -> set[Value]:
    """The numbers of a draft."""
    return {(each.get("kind", ""), each.get("value", "")) for each in content.get("channels", [])}


def typist(revision: Revision, holds: Callable[[dict[str, Any]], bool]) -> int | None:
    """The author of the oldest draft in the unbroken run up to this one of which something holds."""
    author: int | None = revision.user_id
    earlier = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id, pk__lt=revision.pk
    ).order_by("-pk")
    for each in earlier.iterator(chunk_size=20):
        if not holds(each.content):
            break
        author = each.user_id or author
    return author
