"""What the address of the list says, and the choices the page offers. Codes are short and neutral."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.text.cutting import MOST_CHARACTERS
from workshops.enums import MaterialKind
from workshops.queries.materials import LENGTHS, Found, Wanted

LENGTH_WORDS: dict[str, str | Promise] = {
    "30": _("Up to 30 minutes"),
    "60": _("Up to an hour"),
    "90": _("Up to an hour and a half"),
    "half": _("Longer, half a day"),
}


def wanted_of(query: QueryDict, user: Any) -> Wanted:
    """What is asked; whatever makes no sense asks for nothing."""
    theme = query.get("c", "")
    return Wanted(
        text=query.get("q", "").strip()[:MOST_CHARACTERS],
        kind=query.get("k", "") if query.get("k") in MaterialKind.values else "",
        theme=int(theme) if theme.isascii() and theme.isdigit() and len(theme) < 10 else None,
        length=query.get("t", "") if query.get("t") in LENGTHS else "",
        free=query.get("f") == "1",
        unused=query.get("u") == "1",
        own=user.organization_id if query.get("o") == "1" else None,
    )


def query_of(wanted: Wanted, **changed: Any) -> str:
    """The address that asks for this, with some of it changed."""
    asked = {
        "q": wanted.text, "k": wanted.kind, "c": wanted.theme, "t": wanted.length,
        "f": "1" if wanted.free else "", "u": "1" if wanted.unused else "", "o": "1" if wanted.own else "", **changed,
    }  # fmt: skip
    return urlencode({name: value for name, value in asked.items() if value not in ("", None)})


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str | Promise
    count: int | None
    is_on: bool
    href: str = ""


def kinds(wanted: Wanted, found: Found) -> list[Choice]:
    """「すべて 24」 and the kinds that there are."""
    shown = [Choice("", _("All"), found.every, not wanted.kind, f"?{query_of(wanted, k='')}")]
    for kind in MaterialKind:
        if found.kinds[kind.value] or wanted.kind == kind.value:
            address = f"?{query_of(wanted, k=kind.value)}"
            shown.append(Choice(kind.value, kind.label, found.kinds[kind.value], wanted.kind == kind.value, address))
    return shown


def themes(wanted: Wanted, found: Found) -> list[Choice]:
    """Themes that materials carry, the commonest first; one that is chosen stays on the list."""
    shown = [Choice(str(pk), name, count, wanted.theme == pk) for pk, name, count in found.themes]
    if wanted.theme is not None and not any(choice.is_on for choice in shown):
        shown.append(Choice(str(wanted.theme), _("the chosen theme"), 0, True))
    return shown


def lengths(wanted: Wanted, found: Found) -> list[Choice]:
    """How long it takes."""
    return [Choice(code, LENGTH_WORDS[code], found.lengths[f"l{code}"], wanted.length == code) for code in LENGTHS]


def chosen(wanted: Wanted) -> int:
    """How many filters of the panel stand."""
    return sum(bool(value) for value in (wanted.theme, wanted.length, wanted.free, wanted.unused, wanted.own))
