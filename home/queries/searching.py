"""Site search: which records are asked, and how a hit reads in the list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms import dates
from cms.search.highlight import Highlighter, text_of
from cms.search.query import Hit, SearchAnswer, answer
from directory.models import ConsultationDesk, Opportunity, Place
from home.models import HomePage, NewsPage
from workshops.models import EventPage, Occurrence

HITS_ON_A_PAGE = 20
LAST_PAGE = 5
OFFERS = 5
LONGEST_QUESTION = 200  # characters

# What one may narrow a search to. The codes stand in addresses.
KINDS: dict[str, str | Promise] = {
    "": _("Everything"),
    "d": _("Places to talk"),
    "w": _("Places to be, helping"),
    "e": _("Events"),
    "p": _("Pages to read"),
    "n": _("News"),
}


@dataclass(frozen=True)
class Row:
    """A hit as a reader sees it."""

    hit: Hit
    label: str | Promise
    day: dt.date | None = None

    @property
    def text(self) -> str:
        """What it says of itself; of a desk the voices first, not its name once more."""
        thing = self.hit.object
        if isinstance(thing, ConsultationDesk):
            return "　".join([*(f"「{voice}」" for voice in thing.worries), thing.description])
        return text_of(thing)

    def address(self, request: HttpRequest) -> str:
        """Where it is read; the request remembers the site's root, so that a list costs no query a row."""
        thing = self.hit.object
        return (thing.get_url(request) or "") if isinstance(thing, Page) else self.hit.url


@dataclass(frozen=True)
class Found:
    """What a question brought to light."""

    question: str
    kind: str
    answer: SearchAnswer
    page: int
    offers: tuple[Row, ...] = ()  # nothing answers, but this would answer what was probably meant

    @cached_property
    def highlighter(self) -> Highlighter:
        """Marks what was asked for; made once an answer."""
        return Highlighter.of(self.question)

    @property
    def rows(self) -> list[Row]:
        """The hits of this page of the list."""
        days = next_days([hit.object.pk for hit in self.answer.hits if isinstance(hit.object, EventPage)])
        return [row_of(hit, days) for hit in self.answer.hits]

    @property
    def next_page(self) -> int | None:
        """The number of the following page of the list."""
        more = self.answer.total > self.page * HITS_ON_A_PAGE
        return self.page + 1 if more and self.page < LAST_PAGE else None

    @property
    def previous_page(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None

    @property
    def kinds(self) -> list[tuple[str, str | Promise, bool]]:
        """(code, name, is chosen)."""
        return [(code, name, code == self.kind) for code, name in KINDS.items()]


def next_days(pages: list[int]) -> dict[int, dt.date]:
    """The next day of each event page that has one to come, in one query."""
    coming = Occurrence.objects.upcoming().filter(event__proses__page__in=pages).order_by("-starts_at")
    return dict(coming.values_list("event__proses__page", "starts_on"))


def row_of(hit: Hit, days: dict[int, dt.date]) -> Row:
    """What kind of thing was found, and its day."""
    thing = hit.object
    if isinstance(thing, ConsultationDesk):
        return Row(hit, _("Place to talk"))
    if isinstance(thing, Place):
        return Row(hit, _("Place to be"))
    if isinstance(thing, Opportunity):
        return Row(hit, _("Helping"), thing.takes_place_on)
    if isinstance(thing, EventPage):
        return Row(hit, _("Event"), days.get(thing.pk))
    if isinstance(thing, NewsPage):
        return Row(hit, _("News"), thing.date)
    return Row(hit, _("Page to read"))


def asked(kind: str) -> list[QuerySet[Any]]:
    """The records a kind stands for. Residents' eyes: nothing that is not public."""
    pages = Page.objects.live().public().not_exact_type(HomePage)
    desks = ConsultationDesk.objects.visible_to(AnonymousUser())
    helping = Opportunity.objects.visible_to(AnonymousUser()).open_on(dates.today())
    being: list[QuerySet[Any]] = [Place.objects.visible_to(AnonymousUser()), helping]
    by_kind: dict[str, list[QuerySet[Any]]] = {
        "d": [desks],
        "w": being,
        "e": [pages.exact_type(EventPage)],
        "n": [pages.exact_type(NewsPage)],
        "p": [pages.not_exact_type(EventPage, NewsPage)],
    }
    return by_kind.get(kind, [desks, *being, pages])


def page_number(text: str) -> int:
    """1 for anything that is not a page of the list."""
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 3 and int(text) else 1


def tidy(question: str) -> str:
    """The words, without what no keyboard means, cut at 200 characters."""
    return tidy_lines(question[:LONGEST_QUESTION])


def tidy_lines(text: str) -> str:
    """The same of a longer text, whole."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def search(question: str, *, kind: str = "", page: str = "") -> Found:
    """Answer a reader. Nothing that is typed raises, nothing is kept."""
    words, number = tidy(question), page_number(page)
    kind = kind if kind in KINDS else ""
    if not words:
        return Found("", kind, SearchAnswer(), 1)
    given = answer(words, querysets=asked(kind), vocabulary=vocabulary(), limit=HITS_ON_A_PAGE,
                   offset=(number - 1) * HITS_ON_A_PAGE)  # fmt: skip
    return Found(words, kind, given, number, offered(given, kind))


def offered(given: SearchAnswer, kind: str) -> tuple[Row, ...]:
    """What the suggestion would bring, where the question itself brings nothing: offers, not answers."""
    if given.total or not given.suggestion:
        return ()
    hits = answer(given.suggestion, querysets=asked(kind), limit=OFFERS).hits
    days = next_days([hit.object.pk for hit in hits if isinstance(hit.object, EventPage)])
    return tuple(row_of(hit, days) for hit in hits)


def vocabulary() -> list[str]:
    """Names a reader may mistype: those of desks and places."""
    desks: QuerySet[Model] = ConsultationDesk.objects.visible_to(AnonymousUser())
    return list(desks.values_list("name", flat=True))
