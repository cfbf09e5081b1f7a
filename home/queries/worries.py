"""What somebody gets who writes down a worry: people who answer now first, then concerns, desks and pages that fit.

Nothing that is typed leaves this module but in the answer itself: no row, no cache key, no log line has it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from cms.enums import Danger
from cms.search.query import answer
from cms.search.terms import current_thesaurus
from cms.search.urgent import current_distress
from cms.text.distress import SHIPPED
from cms.text.typed import ways_of_typing
from directory.enums import ChannelKind
from directory.models import Concern, ConsultationDesk
from directory.queries import Board, DeskAt, FinderFilters, OpenDesk, board_at, desk_at, find_desks
from directory.queries.finder import loaded
from home.models import HomePage
from home.queries.concerns import concern_words, told_of
from home.queries.searching import Row, asked, next_days, row_of, tidy_lines
from workshops.models import EventPage

READ = 1_000  # characters that are read; what is longer is shown again in full
KEPT_IN_BOX = 10_000
PEOPLE, PEOPLE_IN_DANGER, DESKS, DESKS_IN_DANGER, PAGES = 3, 5, 4, 2, 4
# The word by which staff say, in a concern's other words, where danger leads.
STANDS_FOR = {Danger.LIFE: "死にたい", Danger.HARM: "暴力"}
TALKING = frozenset({ChannelKind.PHONE, ChannelKind.CHAT, ChannelKind.LINE, ChannelKind.ONLINE})


@dataclass(frozen=True)
class Listened:
    """The answer to a worry. `text` goes back into the box and nowhere else."""

    text: str = field(repr=False)
    danger: Danger | None
    concerns: list[Concern]  # told of, the best first
    further: list[Concern]  # the others, to choose from
    board: Board
    people: list[DeskAt]
    desks: list[DeskAt]
    pages: list[Row]

    @property
    def is_long(self) -> bool:
        """Only its beginning was read."""
        return len(self.text) > READ

    @property
    def is_empty(self) -> bool:
        """Nothing was written."""
        return not self.text.strip()

    @property
    def codes(self) -> list[str]:
        """The neutral codes of the concerns, for the finder's address."""
        return [concern.code for concern in self.concerns]


@dataclass(frozen=True)
class Told:
    """What a text tells of, without looking anything else up."""

    danger: Danger | None
    concerns: list[Concern]
    further: list[Concern]


def understood(text: str) -> Told:
    """Danger and concerns that a text tells of. Two small queries beside the lists that are kept."""
    every = list(Concern.objects.all())
    words = tidy_lines(text[:READ])
    if not words:
        return Told(None, [], every)
    written = {**current_thesaurus().written, **concern_words(every).readings}
    typed = ways_of_typing(words, written, SHIPPED["slang"])
    distress = current_distress()
    danger = distress.danger_of(typed)
    concerns = told_of(typed, every, distress.sayings)
    if danger in STANDS_FOR:
        meant = told_of([STANDS_FOR[danger]], every)[:1]
        concerns = [*meant, *(one for one in concerns if one not in meant)]
    return Told(danger, concerns, [one for one in every if one not in concerns])


def listen(text: str, at: dt.datetime, *, read: bool = True, user: Any = None) -> Listened:
    """The answer at an aware moment. `read` False: the text is not looked at (somebody sends very many)."""
    text = text[:KEPT_IN_BOX].replace("\x00", "")  # no page can hold it
    told = understood(text if read else "")
    board = board_at(at, user)
    fitting = _fitting(told.concerns, at, user)
    chosen = _who_answers(board, told.danger, {item.desk.pk for item in fitting})
    people = _nearest([desk_at(desk, at, board=board) for desk in loaded([desk.pk for desk in chosen], user)])
    desks, pages = _found(tidy_lines(text[:READ]), board, user) if read else ([], [])
    shown = {item.desk.pk for item in people}
    # Those that name the concern in the finder's order, then those whose own words are near; open ones before closed ones.
    named = {item.desk.pk: item for item in [*fitting, *desks] if item.desk.pk not in shown}
    ordered = sorted(named.values(), key=lambda item: not item.is_open)[: DESKS_IN_DANGER if told.danger else DESKS]
    return Listened(text, told.danger, told.concerns, told.further, board, people, ordered, pages)


def _nearest(people: list[DeskAt]) -> list[DeskAt]:
    """Who can be talked with from where one is, before doors that one has to walk to."""
    return sorted(people, key=lambda item: item.main is None or item.main.channel.kind not in TALKING)


def _fitting(concerns: Sequence[Concern], at: dt.datetime, user: Any) -> list[DeskAt]:
    """Desks that listen to one of these, open ones first."""
    if not concerns:
        return []
    finder = find_desks(FinderFilters(concerns=tuple(one.code for one in concerns)), at, user=user)
    return [] if "concerns" in finder.dropped else finder.items


def _who_answers(board: Board, danger: Danger | None, fitting: set[int]) -> list[OpenDesk]:
    """Who is there now: for everybody before for some, those that fit before others; then national lines."""
    here = sorted(board.open_local, key=lambda desk: (not desk.for_all, desk.pk not in fitting))
    if danger is None:
        return (here or board.open_national)[:PEOPLE]
    lines = board.open_national[:2]
    return [*here[: PEOPLE_IN_DANGER - len(lines)], *lines]


def _found(words: str, board: Board, user: Any) -> tuple[list[DeskAt], list[Row]]:
    """Desks and pages that the site's search finds for these words."""
    if not words:
        return [], []
    desks = ConsultationDesk.objects.visible_to(user or AnonymousUser())
    pages = [Page.objects.live().public().not_exact_type(HomePage), *asked("w")]  # to read, and to simply be somewhere
    hits = [answer(words, querysets=each, limit=limit).hits for each, limit in (([desks], DESKS), (pages, PAGES))]
    days = next_days([hit.object.pk for hit in hits[1] if isinstance(hit.object, EventPage)])
    near = loaded([hit.object.pk for hit in hits[0]], user)
    return [desk_at(desk, board.at, board=board) for desk in near], [row_of(hit, days) for hit in hits[1]]
