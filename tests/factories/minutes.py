"""A meeting that was held, the people round it, and its minutes in any phase: made through the actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cms.dates import now, today
from directory.enums import BodyRole
from directory.models import Body, Organization
from tests.factories.bodies import make_body, sit
from tests.factories.meetings import make_held, make_office
from tests.factories.people import make_organization, make_user
from workshops.actions import amendments, confirming_minutes, decisions
from workshops.actions import minutes as actions
from workshops.actions.minutes import Words
from workshops.enums import AttendanceMode, ConfirmBy, MinutesState
from workshops.models import Amendment, Decision, Meeting, Minutes, Paragraph

WORDS = "公民館の和室を、週1回あけられるかを確かめることにした。"
WISH = "公民館の和室を、週2回あけられるかを確かめることにした。"


@dataclass
class Scene:
    """Who is who. `absent` sits in the body and was not there; `outside` has nothing to do with it."""

    body: Body
    meeting: Meeting
    minutes: Minutes
    office: Any
    keeper: Any
    chair: Any
    member: Any
    other: Any
    absent: Any
    outside: Any

    @property
    def paragraph(self) -> Paragraph:
        """The first one, as it is stored."""
        return self.minutes.paragraphs.order_by("order")[0]

    def fresh(self) -> Minutes:
        """The minutes as they are stored."""
        self.minutes = Minutes.objects.get(pk=self.minutes.pk)
        return self.minutes

    def of(self, name: str) -> Any:
        """A person by name; their roles are asked anew."""
        person = getattr(self, name)
        person.forget_roles()
        return person


def make_scene(state: str = "draft", *, points: int = 2, confirm_by: str = ConfirmBy.DAY) -> Scene:
    """Minutes with a first paragraph, brought to that phase."""
    body, office = make_body(), make_office()
    seats: dict[str, Organization] = {}
    for name, role in (
        ("keeper", BodyRole.OFFICE),
        ("chair", BodyRole.CHAIR),
        ("member", BodyRole.MEMBER),
        ("other", BodyRole.MEMBER),
        ("absent", BodyRole.MEMBER),
    ):
        seats[name] = make_organization()
        sit(body, seats[name], "2025-04-01", role=role)
    people = {name: make_user("member", organization=seat, name=f"人{name}") for name, seat in seats.items()}
    outside = make_user("member", organization=make_organization())
    meeting = make_held(body, by=office, number=9)
    for number in range(points):
        meeting.agenda.create(order=number + 1, title=f"議題{number + 1}")
    for name in ("chair", "member", "other"):
        row = meeting.attendance.get(organization=seats[name])
        row.mode = AttendanceMode.VENUE
        row.save()
        row.people.add(people[name])
    minutes = actions.begin(by=office, meeting=meeting)
    scene = Scene(body=body, meeting=meeting, minutes=minutes, office=office, outside=outside, **people)
    write(scene, WORDS)
    bring(scene, state, confirm_by)
    return scene


def write(scene: Scene, text: str) -> None:
    """The first paragraph."""
    words = [Words(scene.paragraph.pk, scene.paragraph.version, text)]
    actions.write(by=scene.office, minutes=scene.minutes, words=words)
    scene.fresh()


def bring(scene: Scene, state: str, confirm_by: str = ConfirmBy.DAY) -> None:
    """Onwards to that phase."""
    if state == MinutesState.DRAFT:
        return
    actions.open_for_changes(
        by=scene.office, minutes=scene.minutes, until=today() + dt.timedelta(days=7), confirm_by=confirm_by
    )
    if state in (MinutesState.CONFIRMED, MinutesState.LOCKED):
        Minutes.objects.filter(pk=scene.minutes.pk).update(amend_until=today() - dt.timedelta(days=1))
        confirming_minutes.confirm(by=scene.office, minutes=scene.fresh())
    if state == MinutesState.LOCKED:
        confirming_minutes.lock(by=scene.office, minutes=scene.fresh())
    scene.fresh()


def make_wish(scene: Scene, *, by: Any = None, text: str = WISH, **fields: Any) -> Amendment:
    """A change somebody who was there would like."""
    return amendments.propose(by=by or scene.member, paragraph=scene.paragraph, text=text, **fields)


def make_decision(scene: Scene, **fields: Any) -> Decision:
    """A decision the other organisation sees to."""
    fields.setdefault("text", "和室を使えるか確かめる")
    fields.setdefault("organization", scene.other.organization)
    return decisions.decide(by=scene.office, meeting=scene.meeting, **fields)


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    """That day at that hour (JST)."""
    return now().replace(year=day.year, month=day.month, day=day.day, hour=hour, minute=0, second=0, microsecond=0)
