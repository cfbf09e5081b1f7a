"""Access rows: minutes, decisions, public summaries. Organisation A is the office of the body, B was there, X only sits."""

import datetime as dt
from typing import Any

from cms.dates import now, today
from directory.enums import BodyRole
from tests.access import OFFICE, SECRETARIAT, WORKSPACE, Row, all_of, everyone
from tests.factories.bodies import make_body, sit
from tests.factories.meetings import make_meeting
from tests.factories.people import make_user
from workshops.actions import amendments, confirming_minutes, decisions, meetings, summaries
from workshops.actions import minutes as actions
from workshops.actions.minutes import Words
from workshops.enums import AttendanceMode, ConfirmBy, MeetingState
from workshops.models import Meeting, Minutes

NONE = {"pk": "00000000-0000-4000-8000-000000000000"}
KEEPS = frozenset({"member", "orgadmin"}) | SECRETARIAT  # A's core member and administrator
CAME = frozenset({"member_b"})
SEATS = (
    frozenset({"member", "orgadmin", "colleague", "counsellor", "supervisor", "member_b", "excluded", "partner"})
    | SECRETARIAT
)


def meeting_of(world: Any, title: str, number: int) -> Meeting:
    """Held, with member_b there by name."""
    office = world.users["secretariat"]
    meeting = make_meeting(world.board, by=office, title=title, number=number)
    meeting.agenda.create(order=1, title=world.canary(f"minutes.heading{number}"))
    meetings.call(by=office, meeting=meeting)
    day = now() - dt.timedelta(days=10 - number)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=day, ends_at=day, state=MeetingState.HELD, happened_on=day.date().isoformat()
    )
    meeting.refresh_from_db()
    row = meeting.attendance.get(organization=world.org_b)
    row.mode = AttendanceMode.VENUE
    row.save()
    row.people.add(world.users["member_b"])
    return meeting


def words(world: Any, minutes: Minutes, name: str) -> None:
    """A first paragraph that says a word found nowhere else."""
    first = minutes.paragraphs.first()
    assert first is not None
    told = [Words(first.pk, first.version, world.canary(name))]
    actions.write(by=world.users["secretariat"], minutes=minutes, words=told)


def build(world: Any) -> None:
    """A draft, minutes open for changes with a wish, locked ones with decision and summary."""
    office, b = world.users["secretariat"], world.users["member_b"]
    world.board = make_body(name="アクセスの運営会議", is_public=True)
    sit(world.board, world.org_a, "2025-04-01", role=BodyRole.OFFICE)
    sit(world.board, world.org_b, "2025-04-01")
    sit(world.board, world.org_x, "2025-04-01")

    world.unwritten = meeting_of(world, "アクセス会議四", 4)
    world.drafted = meeting_of(world, "アクセス会議一", 1)
    draft = actions.begin(by=office, meeting=world.drafted)
    words(world, draft, "minutes.draft")

    world.amended = meeting_of(world, "アクセス会議二", 2)
    open_ones = actions.begin(by=office, meeting=world.amended)
    words(world, open_ones, "minutes.open")
    decisions.decide(
        by=office, meeting=world.amended, text=world.canary("decision.unsettled"), organization=world.org_x
    )
    actions.open_for_changes(
        by=office, minutes=open_ones, until=today() + dt.timedelta(days=3), confirm_by=ConfirmBy.MEETING
    )
    paragraph = open_ones.paragraphs.get()
    world.wish = amendments.propose(
        by=b, paragraph=paragraph, text=world.canary("wish.text"), reason=world.canary("wish.reason")
    )
    world.paragraph = paragraph

    world.locked = meeting_of(world, "アクセス会議三", 3)
    done = actions.begin(by=office, meeting=world.locked)
    words(world, done, "minutes.locked")
    world.decision = decisions.decide(
        by=office, meeting=world.locked, text=world.canary("decision.text"), organization=world.org_x, review_on=today()
    )
    actions.open_for_changes(by=office, minutes=done, until=today(), confirm_by=ConfirmBy.MEETING)
    confirming_minutes.confirm(by=office, minutes=done)
    world.confirmed = done
    confirming_minutes.lock(by=office, minutes=done)
    confirming_minutes.correct(by=office, minutes=done, text=world.canary("erratum.text"))
    decisions.report(by=office, decision=world.decision, state="progress", note=world.canary("decision.note"))
    writer = make_user("secretariat", organization=world.city, email="writer@example.jp", name="書き手")
    world.summary = summaries.write(
        by=writer, meeting=world.locked, text=world.canary("summary.text"), version=0, hand_in=True
    )
    shown = meeting_of(world, "アクセス会議五", 5)
    public = actions.begin(by=office, meeting=shown)
    words(world, public, "minutes.behind_the_summary")
    actions.open_for_changes(by=office, minutes=public, until=today(), confirm_by=ConfirmBy.MEETING)
    confirming_minutes.confirm(by=office, minutes=public)
    told = summaries.write(by=writer, meeting=shown, text="新しい窓口のことを話しました。", version=0, hand_in=True)
    world.shown_summary = summaries.publish(by=office, summary=told, version=told.version)


def pk_of(name: str, **more: Any) -> Any:
    """kwargs of a meeting of the world."""
    return lambda world: {"pk": getattr(world, name).pk, **{key: getattr(world, at).pk for key, at in more.items()}}


DRAFT = {"minutes.draft": KEEPS, "minutes.heading1": SEATS}
OPEN = {
    "minutes.open": KEEPS | CAME,
    "wish.text": KEEPS | CAME,
    "wish.reason": KEEPS | CAME,
    "minutes.heading2": SEATS,
    "decision.unsettled": KEEPS | CAME,
}
LOCKED = {
    "minutes.locked": SEATS,
    "minutes.heading3": SEATS,
    "erratum.text": SEATS,
    "decision.text": SEATS,
    "decision.note": SEATS,
}
SETTLED = {"decision.text": SEATS, "decision.note": SEATS, "decision.unsettled": KEEPS | CAME}
CHOICES = {"section.name": KEEPS}  # departments one may give a decision to
SUMMARY = {"summary.text": SECRETARIAT}
WISH = {"paragraph": "paragraph"}
NO_WISH = {**NONE, "paragraph": 999_999}
OUTCOME = {"state": "done"}

ROWS: list[Row] = [
    Row("members:minutes", kwargs=pk_of("locked"), wrong=NONE, get=all_of(SEATS, 200), shows=LOCKED),
    Row("members:minutes_print", kwargs=pk_of("amended"), wrong=NONE, get=all_of(KEEPS | CAME, 200), shows=OPEN),
    Row("members:minutes_begin", kwargs=pk_of("unwritten"), wrong=NONE, post=all_of(KEEPS, 302), otherwise=405),
    Row(
        "members:minutes_write",
        kwargs=pk_of("drafted"),
        wrong=NONE,
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 422),
        shows=DRAFT,
    ),
    Row(
        "members:minutes_open",
        kwargs=pk_of("drafted"),
        wrong=NONE,
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 422),
        shows=DRAFT,
    ),
    Row(
        "members:minutes_amend",
        kwargs=pk_of("amended", **WISH),
        wrong=NO_WISH,
        get=all_of(CAME, 200),
        post=all_of(CAME, 422),
        shows=OPEN,
    ),
    Row(
        "members:minutes_answer",
        kwargs=pk_of("amended", amendment="wish"),
        wrong={**NONE, "amendment": 999_999},
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 422),
        shows=OPEN,
    ),
    Row(
        "members:minutes_take_back",
        kwargs=pk_of("amended", amendment="wish"),
        wrong={**NONE, "amendment": 999_999},
        post=all_of(CAME, 302),
        otherwise=405,
    ),
    Row("members:minutes_agree", kwargs=pk_of("amended"), wrong=NONE, post=all_of(CAME, 302), otherwise=405),
    Row("members:minutes_confirm", kwargs=pk_of("amended"), wrong=NONE, post=all_of(KEEPS, 302), otherwise=405),
    Row("members:minutes_reopen", kwargs=pk_of("locked"), wrong=NONE, post=all_of(KEEPS, 302), otherwise=405),
    Row("members:minutes_lock", kwargs=pk_of("locked"), wrong=NONE, post=all_of(KEEPS, 302), otherwise=405),
    Row(
        "members:minutes_correct",
        kwargs=pk_of("locked"),
        wrong=NONE,
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 422),
    ),
    Row(
        "members:decision_new",
        kwargs=pk_of("amended"),
        wrong=NONE,
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 422),
        shows=CHOICES,
    ),
    Row("members:decisions", get=all_of(WORKSPACE, 200), shows=SETTLED),
    Row("members:decisions_print", get=all_of(WORKSPACE, 200), shows=SETTLED),
    Row(
        "members:decision",
        kwargs=pk_of("decision"),
        wrong=NONE,
        get=all_of(SEATS, 200),
        post={**all_of(KEEPS | {"excluded"}, 302)},
        data=lambda world: OUTCOME,
        shows=SETTLED,
    ),
    Row(
        "members:decision_edit",
        kwargs=pk_of("decision"),
        wrong=NONE,
        get=all_of(KEEPS, 200),
        post=all_of(KEEPS, 422),
        shows=SETTLED | CHOICES,
    ),
    Row("members:decision_review", kwargs=pk_of("decision"), wrong=NONE, post=all_of(KEEPS, 302), otherwise=405),
    Row(
        "members:office_summary",
        kwargs=pk_of("locked"),
        wrong=NONE,
        get={**all_of(OFFICE, 403), **all_of(SECRETARIAT, 200)},
        post={**all_of(OFFICE, 403), **all_of(SECRETARIAT, 422)},
        shows=SUMMARY,
    ),
    Row(
        "members:office_summary_publish",
        kwargs=pk_of("locked"),
        wrong=NONE,
        post=all_of(SECRETARIAT, 302),
        data=lambda world: {"version": world.summary.version},
        otherwise=405,
    ),
    Row(
        "members:office_summary_take_down",
        kwargs=pk_of("locked"),
        wrong=NONE,
        post=all_of(SECRETARIAT, 302),
        otherwise=405,
    ),
    everyone("workshops:summaries"),
    everyone("workshops:summary", kwargs=lambda world: {"slug": world.shown_summary.slug}),
]
