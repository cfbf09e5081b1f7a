"""The switches and the panel above a list of events: what they are called, what is on, where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from workshops.enums import Access, EventKind, Way
from workshops.public.asked import EASIER, GROUPS, Asked
from workshops.queries.events import themes_of_events

WHEELCHAIR = next(code for code, fact in EASIER.items() if fact == Access.WHEELCHAIR)


@dataclass(frozen=True)
class Choice:
    """One value of a field."""

    code: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class Field:
    """A field of the panel: a list to choose one of, or ticks."""

    name: str
    label: str
    choices: list[Choice]
    several: bool = False


def toggles(asked: Asked, path: str) -> list[dict[str, Any]]:
    """The commonest wishes, each a link to the same list with one thing more or less."""
    others = tuple(code for code in asked.easier if code != WHEELCHAIR)
    wheelchair = WHEELCHAIR in asked.easier
    easier = others if wheelchair else (WHEELCHAIR, *others)
    online, family = asked.way == Way.ONLINE, asked.kind == EventKind.FAMILY
    return [
        _toggle("wheelchair", _("By wheelchair"), "wheelchair", wheelchair, asked.href(path, easier=easier)),
        _toggle("online", _("Online"), "device", online, asked.href(path, way="" if online else Way.ONLINE.value)),
        _toggle(
            "family",
            str(EventKind.FAMILY.label),
            "child",
            family,
            asked.href(path, kind="" if family else EventKind.FAMILY.value),
        ),
        _toggle("free", _("Free of charge"), "free", asked.free, asked.href(path, free=not asked.free)),
        _toggle("seats", _("Seats are free"), "", asked.seats == "1", asked.href(path, seats=_other(asked.seats, "1"))),
    ]


def _other(now: str, code: str) -> str:
    return "" if now == code else code


def _toggle(key: str, label: str, icon: str, is_on: bool, href: str) -> dict[str, Any]:
    return {"id": f"t-{key}", "label": label, "icon": icon, "is_on": is_on, "href": href}


def panel(asked: Asked) -> list[Field]:
    """Every wish, as fields of a form. One query, for the themes."""
    kinds = {kind.value: kind.label for kind in EventKind if kind != EventKind.OTHER}
    themes = {str(pk): name for pk, name in themes_of_events()}
    seats = {"1": _("Seats are free"), "2": _("Free, or with a waiting list")}
    fields = [
        _one("k", _("What one does there"), kinds, asked.kind),
        _one("g", _("Who it is for"), {code: target.label for code, target in GROUPS.items()}, asked.group),
        _one("c", pgettext("events", "Theme"), themes, asked.theme),
        _one("f", _("How one takes part"), dict(Way.choices), asked.way),
        _one("s", _("Seats"), seats, asked.seats),
        Field(
            "a",
            _("What makes coming easier"),
            _choices({code: fact.label for code, fact in EASIER.items()}, asked.easier),
            several=True,
        ),
        Field("p", _("Fee"), _choices({"free": _("Free of charge")}, ["free"] if asked.free else []), several=True),
    ]
    return [field for field in fields if field.choices]


def _one(name: str, label: str, labels: Mapping[str, Any], chosen: str) -> Field:
    return Field(name, label, _choices(labels, [chosen]))


def _choices(labels: Mapping[str, Any], chosen: Iterable[str]) -> list[Choice]:
    on = set(chosen)
    return [Choice(code, str(label), code in on) for code, label in labels.items()]


def said(asked: Asked) -> list[str]:
    """What is asked, in words, for a heading or the name of a feed."""
    return [choice.label for field in panel(asked) for choice in field.choices if choice.is_on]
