"""Who sees a meeting, who prepares it: audience × role × seat, and its drafts."""

from __future__ import annotations

from typing import Any

import pytest

from directory.enums import BodyRole, Tier
from directory.roles import ROLES
from tests.factories.bodies import make_body, make_member, sit
from tests.factories.meetings import make_called, make_meeting, make_office
from tests.factories.people import make_organization, make_user
from workshops.actions import meetings
from workshops.models import Attendance, Meeting
from workshops.queries.meetings import asking, people_of

pytestmark = pytest.mark.django_db
WORKING = {"member", "partner", "colleague", "orgadmin", "counsellor", "supervisor", "reviewer"}


def seen(user: Any, meeting: Meeting) -> bool:
    return Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("seated", [True, False])
@pytest.mark.parametrize("audience", ["body", "core", "members"])
def test_audience_role_and_seat_decide(role: str, seated: bool, audience: str) -> None:
    body, organization = make_body(), make_organization()
    if seated:
        sit(body, organization, "2025-04-01")
    person = make_user(role, organization=organization)
    meeting = make_called(body, audience=audience)
    Attendance.objects.all().delete()  # a line on its list would let the organisation see it
    wanted = {
        "body": role in WORKING and seated,
        "core": role == "member",
        "members": role in WORKING,
    }[audience]
    assert seen(person, meeting) is (wanted or role == "secretariat")


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("seat", [BodyRole.OFFICE, BodyRole.CHAIR, BodyRole.MEMBER])
def test_the_office_of_the_body_and_the_secretariat_prepare(role: str, seat: str) -> None:
    body, organization = make_body(), make_organization()
    sit(body, organization, "2025-04-01", role=seat)
    person = make_user(role, organization=organization)
    draft = make_meeting(body)
    keeps = role == "secretariat" or (role in {"member", "orgadmin"} and seat == BodyRole.OFFICE)
    assert Meeting.objects.kept_by(person).filter(pk=draft.pk).exists() is keeps
    assert seen(person, draft) is keeps


def test_a_draft_that_was_put_away_stays_unseen_and_one_that_was_called_is_seen_called_off() -> None:
    body, office = make_body(), make_office()
    organization = make_organization()
    sit(body, organization, "2025-04-01")
    person = make_user("member", organization=organization)
    draft, called = make_meeting(body, by=office), make_called(body, by=office)
    for meeting in (draft, called):
        meetings.call_off(by=office, meeting=meeting)
    assert (seen(person, draft), seen(person, called)) == (False, True)


def test_a_seat_that_has_ended_shows_nothing_any_more() -> None:
    body, organization = make_body(), make_organization()
    seat = sit(body, organization, "2025-04-01")
    person = make_user("member", organization=organization)
    meeting = make_called(body)
    Attendance.objects.all().delete()
    assert seen(person, meeting)
    seat.until = seat.since
    seat.save()
    assert not seen(person, meeting)


@pytest.mark.parametrize("audience", ["body", "core", "members"])
def test_whoever_is_told_may_see_it(audience: str) -> None:
    body = make_body()
    core, partner = make_member(tier=Tier.CORE).organization, make_member(tier=Tier.PARTNER).organization
    sit(body, core, "2025-04-01")
    people = [make_user(role, organization=each) for role in sorted(ROLES) for each in (core, partner)]
    meeting = make_called(body, audience=audience)
    told = people_of(meeting)
    assert told
    assert [person for person in told if not seen(person, meeting)] == []
    asked = {person.pk for person in people if asking(person).filter(pk=meeting.pk).exists()}
    assert {person.pk for person in told} == asked


def test_without_login_or_role_nothing_is_seen() -> None:
    from django.contrib.auth.models import AnonymousUser

    meeting = make_called(audience="members")
    assert not seen(AnonymousUser(), meeting)
    assert not seen(make_user(is_superuser=True, is_staff=True), meeting)
    assert seen(make_user("partner", organization=make_organization()), meeting)
