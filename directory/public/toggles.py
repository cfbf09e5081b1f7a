"""The commonest wishes over a list: links that add a wish to the address, or take it away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise

PAGES = ("p", "page")  # a list with other wishes begins at its first page
Common = tuple[str, str, str | Promise, str]  # parameter, code, words, icon ("" = a lit window)


@dataclass(frozen=True)
class Toggle:
    """One wish as a link."""

    label: str | Promise
    icon: str
    query: str
    on: bool


def toggled(query: QueryDict, name: str, code: str, *, single: bool = False) -> str:
    """The query with a wish added, or taken away when it is there. `single`: only one value of it makes sense."""
    changed = query.copy()
    for page in PAGES:
        changed.pop(page, None)
    before = changed.getlist(name)
    others = [] if single else [each for each in before if each != code]
    changed.setlist(name, others if code in before else [*others, code])
    return changed.urlencode()


def toggles_of(query: QueryDict, common: Iterable[Common], *, single: Iterable[str] = ()) -> list[Toggle]:
    """The wishes as links, with those that are on."""
    alone = set(single)
    return [
        Toggle(label, icon, toggled(query, name, code, single=name in alone), code in query.getlist(name))
        for name, code, label, icon in common
    ]
