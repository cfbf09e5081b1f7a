"""What the table an event came from said, and whether somebody here has changed it since.

`Event.source_row` holds, beside the values our fields took from the row, its cells under `cells.<field>`. A stored
cell goes out again while every field of ours that it fed is as the import left it. What was changed here wins.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from cms.dates import jst
from workshops.models import Occurrence

CELLS = "cells."

_TIMES = ("occurrence.starts_at", "occurrence.ends_at", "occurrence.all_day")
_TITLE, _ADDRESS, _PROSE = ("event.title",), ("event.venue_address",), ("page.body", "page.introduction")
#: Field of the table → our values that were made from it. None of ours: the cell is only kept.
FEEDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("title", "title_kana", "title_en", "short_title"), _TITLE),
    **dict.fromkeys(("start_date", "end_date", "start_time", "end_time"), _TIMES),
    **dict.fromkeys(("postcode", "prefecture", "city", "town", "street", "building"), _ADDRESS),
    **dict.fromkeys(
        ("description", "subtitle", "schedule_note", "sub_events", "parking", "bicycles", "languages", "other_hosts"),
        _PROSE,
    ),
    "contact_extension": (*_PROSE, "event.contact_phone"),
    "notes": (*_PROSE, "event.accessibility"),
    "summary": ("event.summary",),
    "kind": ("event.kind",),
    "status": ("event.status", "occurrence.state"),
    "venue": ("event.venue_name", "event.format"),
    "meeting_place": ("event.venue_name", "event.format"),
    "latitude": ("event.latitude", "event.longitude"),
    "longitude": ("event.latitude", "event.longitude"),
    "host": ("event.host_text", "event.host_id"),
    "co_hosts": ("event.co_hosts",),
    "audience": ("event.audience",),
    "capacity": ("occurrence.capacity", "event.unit"),
    "capacity_words": ("occurrence.capacity", "event.unit"),
    "fee": ("event.fee_text",),
    "fee_note": ("event.fee_text",),
    "apply_by_date": ("event.closes_at",),
    "apply_by_time": ("event.closes_at",),
    "how_to_apply": ("event.registration_mode", "event.registration_note"),
    "access": ("event.access",),
    "contact_name": ("event.contact_name",),
    "contact_phone": ("event.contact_phone",),
    "contact_email": ("event.contact_email",),
    "url": ("event.url",),
    "image_url": (),
    "industry": (),
    "stage": (),
}
#: What an import leaves in our values that no row gives.
_LEFT: dict[str, Any] = {
    "page.introduction": "",
    "event.accessibility": "",
    "event.host_id": None,
    "occurrence.state": "scheduled",
}


def plain(value: Any) -> Any:
    """A value as an import keeps it: moments as naive local time in ISO form."""
    return jst(value).replace(tzinfo=None).isoformat() if isinstance(value, dt.datetime) else value


def bare_html(raw: list[dict[str, Any]]) -> str | None:
    """A page's only piece of text, without the marks that the editor adds when it saves; None for anything else."""
    if not raw:
        return ""
    if len(raw) > 1 or not isinstance(raw[0]["value"], str):
        return None
    return re.sub(r' data-block-key="[^"]*"', "", raw[0]["value"])


def cells_that_stand(occurrence: Occurrence, stream: str, introduction: str) -> dict[str, str]:
    """Field → cell of the source's row, blank ones included, for every field that nobody has changed here."""
    last = occurrence.event.source_row or {}
    stored = {name.removeprefix(CELLS): value for name, value in last.items() if name.startswith(CELLS)}
    if not stored:
        return {}
    html = bare_html(json.loads(stream or "[]")) if any(name == "page.body" for name in last) else None
    now: dict[str, Any] = {"page.body": html, "page.introduction": introduction}

    def untouched(name: str) -> bool:
        if name not in now:
            owner, _dot, field = name.partition(".")
            now[name] = plain(getattr(occurrence.event if owner == "event" else occurrence, field))
        return bool(now[name] == last.get(name, _LEFT.get(name)))

    return {field: stored.get(field, "") for field, feeds in FEEDS.items() if all(map(untouched, feeds))}
