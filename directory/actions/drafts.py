"""What a decision about a number does to the drafts that lie about, so that publishing one flips nothing back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from wagtail.models import Revision

from directory.models import Channel, ConsultationDesk, NumberChange
from directory.models.trusting import fields_of


def open_drafts(desk: ConsultationDesk) -> Iterator[Revision]:
    """The latest draft, and what is scheduled."""
    latest = Q(pk=ConsultationDesk.objects.values_list("latest_revision_id", flat=True).get(pk=desk.pk))
    yield from desk.revisions.select_for_update().filter(latest | Q(approved_go_live_at__isnull=False))


def plain(fields: dict[str, Any]) -> dict[str, Any]:
    """As a draft holds it."""
    result: dict[str, Any] = json.loads(json.dumps(fields, cls=DjangoJSONEncoder))
    return result


def take_over(change: NumberChange, *, before: dict[str, Any] | None, live: Channel) -> None:
    """The confirmed number enters the drafts. What somebody has rewritten there since stays theirs."""
    now, then = plain(fields_of(live)), plain(before or {})
    for draft in open_drafts(change.desk):
        channels = draft.content.get("channels", [])
        mine = _of(channels, change.kind, change.new) or _of(channels, change.old_kind, change.old)
        if mine is not None:
            untouched = {name for name in now if mine.get(name) == then.get(name)} | {"kind", "value"}
            mine.update({name: now[name] for name in untouched if name != "sort_order"})
            mine["pk"] = live.pk
        elif change.is_new:
            channels.append({"pk": live.pk, "desk": change.desk_id, **now})
        else:
            continue
        _write(draft, channels)


def take_back(change: NumberChange) -> None:
    """The refused number leaves the drafts; what stood there before returns."""
    for draft in open_drafts(change.desk):
        channels = draft.content.get("channels", [])
        mine = _of(channels, change.kind, change.new)
        if mine is None:
            continue
        if change.is_new:
            channels = [each for each in channels if each is not mine]
        else:
            mine.update(kind=change.old_kind, value=change.old)
        _write(draft, channels)


def set_fact(desk: ConsultationDesk, **facts: Any) -> None:
    """A fact that was learned outside of the drafts ("checked on …"), so that no draft takes it back."""
    for draft in open_drafts(desk):
        Revision.objects.filter(pk=draft.pk).update(content={**draft.content, **plain(facts)})


def _of(channels: list[dict[str, Any]], kind: str, value: str) -> dict[str, Any] | None:
    return next((each for each in channels if kind and (each.get("kind"), each.get("value")) == (kind, value)), None)


def _write(draft: Revision, channels: list[dict[str, Any]]) -> None:
    Revision.objects.filter(pk=draft.pk).update(content={**draft.content, "channels": channels})
