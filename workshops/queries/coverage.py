"""Who came to the meetings of a body: departments (or organisations, titles) × meetings, and who never came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.dates import today
from directory.models import Body, Department
from workshops.enums import AttendanceMode, AttendanceRole, MeetingState
from workshops.models import Attendance, Meeting

#: A table wider than this is no table any more; older meetings stand in the CSV.
WIDEST = 12
#: Those who are not of the body: they make no row of the table.
VISITORS = (AttendanceRole.GUEST, AttendanceRole.PRESS, AttendanceRole.LECTURER)


@dataclass(frozen=True)
class Cell:
    """What became of one invitation. `code`: came, online, absent, unknown (asked, nothing known), "" (not asked)."""

    code: str = ""
    people: int | None = None

    @property
    def words(self) -> str:
        """For the table and the CSV."""
        if self.code == "":
            return _("not asked")
        if self.code == "unknown":
            return _("not known")
        if self.code == "absent":
            return _("absent")
        place = pgettext("attendance", "online") if self.code == "online" else pgettext("attendance", "came")
        return f"{place} {_('%(count)s people') % {'count': self.people}}" if self.people else place


@dataclass(frozen=True)
class CoverageRow:
    """A department, an organisation or a title."""

    name: str
    ended: bool
    cells: list[Cell]

    @property
    def asked(self) -> int:
        return sum(cell.code != "" for cell in self.cells)

    @property
    def came(self) -> int:
        return sum(cell.code in ("came", "online") for cell in self.cells)

    @property
    def never_came(self) -> bool:
        return self.asked > 0 and self.came == 0


@dataclass(frozen=True)
class Coverage:
    """The whole table; `by_department`: its rows are departments."""

    body: Body
    meetings: list[Meeting]
    rows: list[CoverageRow]
    by_department: bool

    @property
    def never(self) -> list[CoverageRow]:
        """Those who were asked and never came, as long as they exist."""
        return [row for row in self.rows if row.never_came and not row.ended]

    @property
    def not_asked(self) -> list[CoverageRow]:
        """Those whom nobody ever asked."""
        return [row for row in self.rows if row.asked == 0 and not row.ended]

    @property
    def sums(self) -> list[int]:
        """How many of them came to each meeting."""
        return [sum(row.cells[n].code in ("came", "online") for row in self.rows) for n in range(len(self.meetings))]


def coverage_of(body: Body, *, widest: int | None = WIDEST) -> Coverage:
    """Held meetings of a body from the oldest to the newest, and who came. Four queries at most."""
    held = Meeting.objects.filter(body=body, state=MeetingState.HELD).order_by("-happened_on", "-starts_at", "-pk")
    meetings = list(reversed(held[:widest] if widest else held))
    rows = list(
        Attendance.objects.filter(meeting__in=meetings)
        .exclude(role__in=VISITORS)
        .select_related("organization", "department")
    )
    by_department = any(row.department_id for row in rows)
    if by_department:
        rows = [row for row in rows if row.department_id]
    cells = {(_subject(row), row.meeting_id): _cell(row) for row in rows}
    subjects = {_subject(row): (row.name, _ended(row), _rank(row)) for row in rows}
    if by_department:
        subjects |= _others(rows, subjects)
    found = sorted(subjects.items(), key=lambda pair: (pair[1][1], pair[1][2]))
    table = [
        CoverageRow(name, ended, [cells.get((subject, meeting.pk), Cell()) for meeting in meetings])
        for subject, (name, ended, _order) in found
    ]
    return Coverage(body, meetings, table, by_department)


def _subject(row: Attendance) -> tuple[str, object]:
    if row.department_id:
        return ("department", row.department_id)
    return ("title", row.title) if row.title else ("organization", row.organization_id)


def _cell(row: Attendance) -> Cell:
    codes = {
        AttendanceMode.VENUE: "came",
        AttendanceMode.ONLINE: "online",
        AttendanceMode.ABSENT: "absent",
        AttendanceMode.ASKED: "unknown",
    }
    return Cell(codes[AttendanceMode(row.mode)], row.headcount)


def _ended(row: Attendance) -> bool:
    day = row.department.ended_on if row.department else (row.organization.ended_on if row.organization else None)
    return day is not None and day <= today()


def _rank(row: Attendance) -> tuple[int, str]:
    if row.department:
        return (row.department.sort_order, row.department.kana or row.department.name)
    return (100, (row.organization.kana or row.organization.name) if row.organization else row.title)


def _others(
    rows: list[Attendance], known: Mapping[tuple[str, object], object]
) -> dict[tuple[str, object], tuple[str, bool, tuple[int, str]]]:
    """Departments of the same organisations that were never asked."""
    organizations = {row.organization_id for row in rows}
    never = Department.objects.filter(organization__in=organizations, ended_on=None)
    return {
        ("department", each.pk): (each.name, False, (each.sort_order, each.kana or each.name))
        for each in never
        if ("department", each.pk) not in known
    }
