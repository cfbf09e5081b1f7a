"""Access rows: meetings of bodies. Organisation A is the office of the body, B sits in it, the city and X do not."""

import datetime as dt
from typing import Any

from directory.enums import BodyRole
from tests.access import SECRETARIAT, WORKSPACE, Row, all_of
from tests.factories.bodies import make_body, sit
from tests.factories.meetings import make_meeting, make_upload
from workshops.actions import agenda, attendance, meeting_days, meetings, papers

NONE = {"pk": "00000000-0000-4000-8000-000000000000"}
SEES = frozenset({"member", "colleague", "orgadmin", "counsellor", "supervisor", "member_b", "partner"}) | SECRETARIAT
KEEPS = frozenset({"member", "orgadmin"}) | SECRETARIAT
OF_A = frozenset({"member", "colleague", "orgadmin", "counsellor", "supervisor"})


def build(world: Any) -> None:
    """A called meeting with everything on it, one whose day is looked for, and a draft."""
    office, b = world.users["secretariat"], world.users["member_b"]
    world.council = make_body(name="アクセスの会議", is_public=False)
    sit(world.council, world.org_a, "2025-04-01", role=BodyRole.OFFICE)
    sit(world.council, world.org_b, "2025-04-01")
    world.meeting = make_meeting(
        world.council,
        by=office,
        title=world.canary("meeting.title"),
        purpose=world.canary("meeting.purpose"),
        online_url="https://meet.example.jp/" + world.canary("meeting.address"),
    )
    item = agenda.write_point(
        by=office, meeting=world.meeting, title=world.canary("agenda.title"), note=world.canary("agenda.note"),
        led_by=world.canary("agenda.speaker"), cases="K7F-204",
    )  # fmt: skip
    words = world.canary("paper.words")
    world.paper = papers.put(
        by=office, meeting=world.meeting, upload=make_upload(words), title=world.canary("paper.title"), item=item
    )
    meetings.call(by=office, meeting=world.meeting)
    world.meeting.refresh_from_db()
    world.seat = world.meeting.attendance.get(organization=world.org_a)
    attendance.add_people(
        by=office, meeting=world.meeting, title=world.canary("attendance.title"), role="guest", headcount=2
    )
    agenda.want(
        by=b, meeting=world.meeting, title=world.canary("wanted.title"), why=world.canary("wanted.why"), minutes=5
    )
    world.poll = make_meeting(world.council, by=office, title=world.canary("poll.title"), starts_at=None)
    times = [(world.meeting.starts_at + dt.timedelta(days=days), None) for days in (7, 8)]
    meeting_days.propose(by=office, meeting=world.poll, times=times, answers_until=None)
    world.option = world.poll.options.first()
    meeting_days.annotate(by=b, meeting=world.poll, note=world.canary("day.note"))
    world.draft = make_meeting(world.council, by=office, title=world.canary("draft.title"))


def called(world: Any) -> dict[str, Any]:
    return {"pk": world.meeting.pk}


def looking(world: Any) -> dict[str, Any]:
    return {"pk": world.poll.pk}


def council(world: Any) -> dict[str, Any]:
    return {"slug": world.council.slug}


def coming(world: Any) -> dict[str, Any]:
    return {"row": world.seat.pk, f"r{world.seat.pk}-mode": "venue", f"r{world.seat.pk}-expected": "2"}


def entered(world: Any) -> dict[str, Any]:
    lines = {f"a{row.pk}-mode": "venue" for row in world.meeting.attendance.all()}
    return {"do": "enter", **lines}


TITLE = {"meeting.title": SEES}
AGENDA = dict.fromkeys(("agenda.title", "agenda.note", "agenda.speaker", "paper.title"), SEES)
PAGE = TITLE | AGENDA | {"meeting.purpose": SEES, "meeting.address": SEES, "attendance.title": SEES}
OWN_WISH = {"wanted.title": frozenset({"member_b", "partner"})}
WISHES = {"wanted.title": KEEPS, "wanted.why": KEEPS}

ROWS: list[Row] = [
    Row(
        "members:meetings",
        get=all_of(WORKSPACE, 200),
        otherwise=403,
        shows=TITLE | {"poll.title": SEES, "draft.title": KEEPS},
    ),
    Row(
        "members:meeting_new",
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 422),
        otherwise=403,
        shows={"body.unpublished": SECRETARIAT},
    ),
    Row("members:meeting", kwargs=called, wrong=NONE, get=all_of(SEES, 200), shows=PAGE | OWN_WISH),
    Row(
        "members:meeting_edit",
        kwargs=called,
        wrong=NONE,
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 422),
        shows=dict.fromkeys(("meeting.title", "meeting.purpose", "meeting.address"), KEEPS),
    ),
    Row("members:meeting_step", kwargs=called, wrong=NONE, post=all_of(KEEPS, 302), otherwise=405),
    Row(
        "members:meeting_days",
        kwargs=looking,
        wrong=NONE,
        get=all_of(SEES, 200),
        post=all_of(SEES, 200),
        shows={"poll.title": SEES, "day.note": SEES},
    ),
    Row(
        "members:meeting_agenda",
        kwargs=called,
        wrong=NONE,
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 302),
        shows=dict.fromkeys(("meeting.title", "agenda.title", "agenda.speaker"), KEEPS) | WISHES,
    ),
    Row(
        "members:meeting_papers",
        kwargs=called,
        wrong=NONE,
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 200),
        shows=dict.fromkeys(("meeting.title", "agenda.title", "paper.title"), KEEPS),
    ),
    Row(
        "members:meeting_paper",
        kwargs=lambda world: {"pk": world.paper.pk},
        wrong=NONE,
        get=all_of(SEES, 200),
        shows={"paper.words": SEES},
    ),
    Row(
        "members:meeting_attendance",
        kwargs=called,
        wrong=NONE,
        data=entered,
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 302),
        shows=dict.fromkeys(("meeting.title", "attendance.title", "section.name"), KEEPS),
    ),
    Row(
        "members:meeting_reply",
        kwargs=called,
        wrong=NONE,
        data=coming,
        post=all_of(OF_A, 302),
        otherwise=405,
    ),
    Row(
        "members:meeting_want",
        kwargs=called,
        wrong=NONE,
        get=all_of(SEES, 200),
        post=all_of(SEES, 422),
        shows=TITLE,
    ),
    Row("members:meeting_coverage", kwargs=council, wrong={"slug": "nowhere"}, get=all_of(KEEPS, 200)),
    Row("members:meeting_coverage_csv", kwargs=council, wrong={"slug": "nowhere"}, get=all_of(KEEPS, 200)),
]
