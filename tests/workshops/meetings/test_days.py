"""Looking for a day: one press a row, the table, the reminder of who is silent, the choice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cms.dates import now
from cms.models import Mail
from directory.models import Notification
from tests.factories.bodies import make_body, sit
from tests.factories.meetings import make_meeting, make_office
from tests.factories.people import make_organization, make_user
from workshops.actions import meeting_days as actions
from workshops.enums import Asked, Mark, MeetingState
from workshops.models import DayMark, DayReply, Meeting
from workshops.queries.meeting_days import day_table
from workshops.queries.meetings import meetings_waiting_for

pytestmark = pytest.mark.django_db


class Round:
    """A body with three organisations, and a meeting whose day is looked for."""

    def __init__(self, asked: str = Asked.ORGANIZATION, days: int = 2) -> None:
        self.body, self.office = make_body(), make_office()
        self.people = []
        for number in range(3):
            organization = make_organization(name=f"団体{number}", kana=f"だんたい{number}")
            sit(self.body, organization, "2025-04-01")
            self.people.append(make_user("member", organization=organization, name=f"人{number}"))
        self.meeting = make_meeting(self.body, by=self.office, starts_at=None)
        start = (now() + dt.timedelta(days=30)).replace(hour=18, minute=0, second=0, microsecond=0)
        times = [(start + dt.timedelta(days=n), start + dt.timedelta(days=n, minutes=90)) for n in range(days)]
        actions.propose(by=self.office, meeting=self.meeting, times=times, answers_until=None, asked=asked)
        self.meeting.refresh_from_db()
        self.options = list(self.meeting.options.all())

    def say(self, person: Any, *marks: str) -> None:
        for option, mark in zip(self.options, marks, strict=False):
            actions.mark(by=person, meeting=self.meeting, option=option.pk, mark=mark)


def test_everybody_who_belongs_is_asked_once_with_a_mail_that_names_nothing() -> None:
    found = Round()
    assert found.meeting.state == MeetingState.POLL
    mails = list(Mail.objects.filter(kind="meeting"))
    assert sorted(mail.recipient for mail in mails) == sorted(person.email for person in found.people)
    assert found.meeting.title not in repr([mail.context for mail in mails])
    assert Notification.objects.filter(kind="meeting").count() == 3


def test_the_table_counts_and_names_the_best_day() -> None:
    found = Round()
    first, second, third = found.people
    found.say(first, Mark.MAYBE, Mark.YES)
    found.say(second, Mark.YES, Mark.YES)
    table = day_table(found.meeting, first)
    assert [row.marks for row in table.rows] == [["maybe", "yes"], ["yes", "yes"], ["", ""]]
    assert [(each.yes, each.maybe, each.no) for each in table.columns] == [(1, 1, 0), (2, 0, 0)]
    assert (table.best, table.silent, table.answered) == (table.columns[1], 1, 2)
    assert [row.is_own for row in table.rows] == [True, False, False]
    assert day_table(found.meeting, third).columns[0].own == ""


def test_an_organisation_has_one_answer_a_person_their_own() -> None:
    found = Round()
    colleague = make_user("orgadmin", organization=found.people[0].organization)
    found.say(found.people[0], Mark.YES)
    found.say(colleague, Mark.NO)
    assert [each.mark for each in DayMark.objects.all()] == [Mark.NO]
    single = Round(Asked.PERSON)
    partner = make_user("orgadmin", organization=single.people[0].organization)
    single.say(single.people[0], Mark.YES)
    single.say(partner, Mark.NO)
    assert DayReply.objects.filter(meeting=single.meeting).count() == 2


def test_only_the_silent_are_reminded_and_only_once_a_day() -> None:
    found = Round()
    found.say(found.people[0], Mark.YES, Mark.NO)
    found.say(found.people[1], Mark.YES)  # half an answer is none
    Mail.objects.all().delete()
    assert actions.remind(by=found.office, meeting=found.meeting) == 2
    assert {mail.recipient for mail in Mail.objects.all()} == {person.email for person in found.people[1:]}
    with pytest.raises(ValidationError):
        actions.remind(by=found.office, meeting=found.meeting)


def test_choosing_the_day_calls_the_meeting_and_tells_everybody() -> None:
    found = Round()
    Mail.objects.all().delete()
    actions.choose(by=found.office, meeting=found.meeting, option=found.options[1].pk)
    meeting = Meeting.objects.get(pk=found.meeting.pk)
    assert (meeting.state, meeting.starts_at) == (MeetingState.CALLED, found.options[1].starts_at)
    assert {row.organization_id for row in meeting.attendance.all()} == {p.organization_id for p in found.people}
    mails = list(Mail.objects.all())
    assert len(mails) == 3
    assert all(meeting.title not in str(mail.attachments) and "SUMMARY" in str(mail.attachments) for mail in mails)


def test_who_is_not_asked_may_not_answer_and_who_does_not_keep_may_not_choose() -> None:
    found = Round()
    stranger = make_user("member", organization=make_organization())
    for wrong in (
        lambda: found.say(stranger, Mark.YES),
        lambda: actions.choose(by=found.people[0], meeting=found.meeting, option=found.options[0].pk),
        lambda: actions.remind(by=found.people[0], meeting=found.meeting),
        lambda: actions.mark(
            by=found.people[0], meeting=found.meeting, option=found.options[0].pk, mark=Mark.YES,
            instead_of=found.people[1].organization,
        ),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            wrong()
    assert DayMark.objects.count() == 0


def test_the_office_writes_down_what_was_said_by_telephone() -> None:
    found = Round()
    organization = found.people[2].organization
    option = found.options[0].pk
    actions.mark(by=found.office, meeting=found.meeting, option=option, mark=Mark.YES, instead_of=organization)
    assert DayReply.objects.get().organization == organization


def test_one_press_works_without_script_and_bad_days_come_back(login: Any) -> None:
    found = Round()
    client, _user = login("member", organization=found.people[0].organization)
    url = reverse("members:meeting_days", kwargs={"pk": found.meeting.pk})
    client.post(url, {"do": "mark", "option": found.options[0].pk, "mark": "maybe"})
    assert DayMark.objects.get().mark == "maybe"
    assert 'aria-pressed="true"' in client.get(url).content.decode()
    office, _user = login("secretariat")
    answer = office.post(url, {"do": "propose", "time1": "2020-01-01T10:00", "minutes": "90", "asked": "org"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "もう過ぎ" in page or "過ぎ" in page
    assert "2020-01-01T10:00" in page


def test_what_waits_for_me_goes_when_i_have_answered(django_assert_num_queries: Any) -> None:
    found = Round()
    person = found.people[0]
    person.active_roles()
    assert [(each.meeting.pk, each.what) for each in meetings_waiting_for(person)] == [(found.meeting.pk, "days")]
    found.say(person, Mark.YES, Mark.NO)
    assert meetings_waiting_for(person) == []
    actions.choose(by=found.office, meeting=found.meeting, option=found.options[0].pk)
    assert [each.what for each in meetings_waiting_for(person)] == ["coming"]


@pytest.mark.parametrize("days", [1, 6])
def test_the_page_asks_the_same_number_of_questions(login: Any, django_assert_max_num_queries: Any, days: int) -> None:
    found = Round(days=days)
    client, _user = login("member", organization=found.people[0].organization)
    url = reverse("members:meeting_days", kwargs={"pk": found.meeting.pk})
    client.get(url)
    with django_assert_max_num_queries(45) as asked:
        client.get(url)
    counts.add(len(asked.captured_queries))
    assert len(counts) == 1


counts: set[int] = set()
