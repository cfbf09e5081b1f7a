"""The table of a search for a day: who × when, with counts, and the best day in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.dates import japanese_date, japanese_time, jst
from directory.models import Organization
from workshops.enums import Asked, Mark
from workshops.models import DayMark, DayOption, DayReply, Meeting
from workshops.queries.meetings import people_of


@dataclass(frozen=True)
class DayColumn:
    """A proposed day and how it is answered."""

    option: DayOption
    yes: int
    maybe: int
    no: int
    own: str = ""
    best: bool = False

    @property
    def words(self) -> str:
        """「1月12日（火）18時〜19時30分」."""
        return day_words(self.option)


@dataclass(frozen=True)
class DayRow:
    """Who answers, the marks in the order of the days ("" where there is none), and the note."""

    pk: int
    name: str
    marks: list[str]
    note: str
    is_own: bool

    @property
    def is_answered(self) -> bool:
        return bool(self.marks) and all(self.marks)


@dataclass(frozen=True)
class DayTable:
    """Everybody who is asked, with and without an answer. `best`: the day most can make, when anybody answered."""

    columns: list[DayColumn]
    rows: list[DayRow]

    @property
    def best(self) -> DayColumn | None:
        return next((column for column in self.columns if column.best), None)

    @property
    def silent(self) -> int:
        return sum(not row.is_answered for row in self.rows)

    @property
    def answered(self) -> int:
        return len(self.rows) - self.silent


def day_words(option: DayOption) -> str:
    """Day and hours of a proposed time."""
    hours = japanese_time(option.starts_at) + "〜" + (japanese_time(option.ends_at) if option.ends_at else "")
    return japanese_date(jst(option.starts_at).date()) + hours


def day_table(meeting: Meeting, user: Any) -> DayTable:
    """The table as it stands. Constant queries, however many answer."""
    options = list(meeting.options.all())
    replies = {reply.person_id or reply.organization_id: reply for reply in DayReply.objects.filter(meeting=meeting)}
    marks: dict[tuple[int, int], str] = {
        (reply, option): mark
        for reply, option, mark in DayMark.objects.filter(option__in=options).values_list("reply", "option", "mark")
    }
    rows = [_row(pk, name, own, replies.get(pk), options, marks) for pk, name, own in _asked(meeting, user)]
    return DayTable(_columns(options, rows), rows)


def _asked(meeting: Meeting, user: Any) -> list[tuple[int, str, bool]]:
    if meeting.asked == Asked.PERSON:
        return [(each.pk, _said(each), each.pk == user.pk) for each in people_of(meeting)]
    rows = Organization.objects.filter(pk__in=meeting.invited())
    return [(each.pk, each.name, each.pk == user.organization_id) for each in rows]


def _said(person: Any) -> str:
    name = _("%(name)s (%(organization)s)")
    return name % {"name": person.name, "organization": person.organization} if person.organization else person.name


def _row(pk: int, name: str, own: bool, reply: DayReply | None, options: list[DayOption], marks: Any) -> DayRow:
    given = [marks.get((reply.pk, option.pk), "") if reply else "" for option in options]
    return DayRow(pk, name, given, (reply.note or "") if reply else "", own)


def _columns(options: list[DayOption], rows: list[DayRow]) -> list[DayColumn]:
    counted = []
    for place, option in enumerate(options):
        given = [row.marks[place] for row in rows]
        own = next((row.marks[place] for row in rows if row.is_own), "")
        counted.append((option, given.count(Mark.YES), given.count(Mark.MAYBE), given.count(Mark.NO), own))
    worth = [(yes, yes + maybe) for _option, yes, maybe, _no, _own in counted]
    best = worth.index(max(worth)) if worth and max(worth) > (0, 0) else None
    return [DayColumn(*each, best=place == best) for place, each in enumerate(counted)]
