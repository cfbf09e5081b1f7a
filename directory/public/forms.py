"""The finder's wishes, read from the address. Codes are short and neutral; unknown ones are ignored, never an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.enums import FACT_CODES, FACT_ICONS, KIND_CODES, WHOSE_CODES
from directory.models import Concern
from directory.queries import FinderFilters
from directory.queries.facets import Facets

AGES = {"1": (0, 17), "2": (18, 29), "3": (30, 64), "4": (65, 150)}
AGE_CHOICES = [
    ("", _("Any age")),
    ("1", _("Up to 17")),
    ("2", _("18 to 29")),
    ("3", _("30 to 64")),
    ("4", _("65 and older")),
]
SHOWN_KINDS = "pclmfvho"
MAX_PAGE = 10_000
Value = TypeVar("Value")


def chosen(codes: Iterable[str], known: Mapping[str, Value]) -> tuple[Value, ...]:
    """The known ones among the codes, each once, in the order of the list."""
    wanted = set(codes)
    return tuple(value for code, value in known.items() if code in wanted)


@dataclass(frozen=True)
class Choice:
    """One wish in the panel. count: how many desks it would leave."""

    name: str
    code: str
    label: str | Promise
    on: bool
    count: int
    icon: str = ""

    @property
    def id(self) -> str:
        """The control's id."""
        return f"f-{self.name}-{self.code}"


@dataclass(frozen=True)
class Group:
    """Wishes of one kind. `single`: one of them at a time."""

    name: str
    label: str | Promise
    choices: list[Choice]
    single: bool = False


class FinderForm:
    """Reads the wishes from an address: `filters()` forgives everything. Draws them with their counts: `panel()`."""

    def __init__(self, query: QueryDict, concerns: list[Concern]) -> None:
        self.query, self.concerns = QueryDict(tidy(query)), concerns

    def choice(self, name: str, code: str, label: str | Promise, count: int, icon: str = "") -> Choice:
        """A wish as it stands."""
        on = code in self.query.getlist(name) if name != "a" else code == self.age_code
        return Choice(name, code, label, on, count, icon)

    @property
    def age_code(self) -> str:
        """The age chosen; blank for any."""
        code = self.query.get("a", "")
        return code if code in AGES else ""

    def panel(self, facets: Facets) -> list[Group]:
        """The groups of wishes, in the order of the panel, each with what it would leave."""
        choice, kinds = self.choice, {code: KIND_CODES[code] for code in SHOWN_KINDS}
        facts = [
            choice("b", code, each.label, facets.facts[each], FACT_ICONS[each]) for code, each in FACT_CODES.items()
        ]
        whose = [choice("w", code, each.label, facets.whose[each]) for code, each in WHOSE_CODES.items()]
        about = [choice("c", each.code, each.name, facets.concerns[each.code]) for each in self.concerns]
        means = [choice("t", code, kind.label, facets.kinds[kind]) for code, kind in kinds.items()]
        ages = [choice("a", code, label, facets.ages[AGES.get(code)]) for code, label in AGE_CHOICES]
        return [
            Group("b", _("In what way"), facts),
            Group("w", _("Whose worry"), whose),
            Group("c", _("What about"), about),
            Group("t", _("By what means"), means),
            Group("a", _("Age"), ages, single=True),
        ]

    def filters(self) -> FinderFilters:
        """The wishes."""
        query = self.query
        return FinderFilters(
            concerns=chosen(query.getlist("c"), {each.code: each.code for each in self.concerns}),
            kinds=chosen(query.getlist("t"), KIND_CODES),
            facts=chosen(query.getlist("b"), FACT_CODES),
            whose=chosen(query.getlist("w"), WHOSE_CODES),
            age=AGES.get(query.get("a", "")),
            now=query.get("now") in ("1", "on"),
        )

    def page(self) -> int:
        """The page asked for; 1 when it makes no sense."""
        text = self.query.get("p", "")
        return min(int(text), MAX_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def tidy(query: QueryDict) -> str:
    """The query without what was left blank: the address that stays in the browser."""
    kept = query.copy()
    for name, values in query.lists():
        kept.setlist(name, [value for value in values if value])
    return kept.urlencode()


def with_page(query: QueryDict, page: int) -> str:
    """The query for another page."""
    changed = query.copy()
    changed["p"] = str(page)
    return changed.urlencode()
