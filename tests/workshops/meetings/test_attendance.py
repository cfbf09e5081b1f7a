"""出欠 beforehand and on the day; coverage by department; the CSV; what residents may read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from cms.dates import today
from directory.actions import departments
from directory.models import Department
from tests.factories.bodies import make_body, sit
from tests.factories.meetings import make_called, make_held, make_meeting, make_office
from tests.factories.people import make_organization, make_user
from workshops.actions import attendance, meetings
from workshops.enums import AttendanceMode, MeetingState
from workshops.models import Attendance, Meeting
from workshops.queries.coverage import coverage_of
from workshops.queries.meetings import next_meetings

pytestmark = pytest.mark.django_db


def seated() -> tuple[Any, Any]:
    """A body, and a person of an organisation in it."""
    body, organization = make_body(), make_organization()
    sit(body, organization, "2025-04-01")
    return body, make_user("member", organization=organization)


def test_an_answer_beforehand_and_the_own_state_for_the_home() -> None:
    body, person = seated()
    meeting = make_called(body)
    row = meeting.attendance.get(organization=person.organization)
    assert [each.answer for each in next_meetings(person)] == ["asked"]
    attendance.reply(by=person, meeting=meeting, row=row.pk, mode="online", expected=2)
    row.refresh_from_db()
    assert (row.reply, row.expected, row.mode, row.headcount) == ("online", 2, "asked", None)
    assert [(each.meeting, each.answer) for each in next_meetings(person)] == [(meeting, "online")]
    stranger = make_user("member", organization=make_organization())
    with pytest.raises(PermissionDenied):
        attendance.reply(by=stranger, meeting=meeting, row=row.pk, mode="venue")
    with pytest.raises(ValidationError):
        attendance.reply(by=person, meeting=meeting, row=row.pk, mode="asked")


def test_a_department_is_answered_for_by_its_own_organisation() -> None:
    body, person = seated()
    section = Department.objects.create(organization=person.organization, name="福祉総務課")
    office = make_office()
    meeting = make_meeting(body, by=office)
    attendance.invite(by=office, meeting=meeting, departments=[section])
    meeting = meetings.call(by=office, meeting=meeting)
    row = meeting.attendance.get()
    assert (row.department, row.organization) == (section, person.organization)
    attendance.reply(by=person, meeting=meeting, row=row.pk, mode="venue", expected=1)


def test_when_it_was_held_answers_count_where_nobody_entered_anything() -> None:
    body, person = seated()
    office = make_office()
    meeting = make_called(body, by=office)
    row = meeting.attendance.get()
    attendance.reply(by=person, meeting=meeting, row=row.pk, mode="venue", expected=3)
    with pytest.raises(ValidationError):
        meetings.hold(by=office, meeting=meeting)
    begun = meeting.starts_at - dt.timedelta(days=8) if meeting.starts_at else None
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=begun, ends_at=None)
    meetings.hold(by=office, meeting=meeting)
    row.refresh_from_db()
    assert (row.mode, row.headcount) == ("venue", 3)


def test_the_list_is_entered_on_one_screen_and_a_wrong_number_comes_back(login: Any) -> None:
    body, _person = seated()
    meeting = make_held(body)
    row = meeting.attendance.get()
    client, _user = login("secretariat")
    url = reverse("members:meeting_attendance", kwargs={"pk": meeting.pk})
    wrong = client.post(url, {"do": "enter", f"a{row.pk}-mode": "online", f"a{row.pk}-headcount": "たくさん"})
    assert wrong.status_code == 422
    assert "たくさん" in wrong.content.decode()
    client.post(url, {"do": "enter", f"a{row.pk}-mode": "online", f"a{row.pk}-headcount": "2"})
    row.refresh_from_db()
    assert (row.mode, row.headcount) == ("online", 2)


def test_press_and_民生委員_are_counted_under_a_title() -> None:
    office = make_office()
    meeting = make_held()
    row = attendance.add_people(by=office, meeting=meeting, title="報道", role="press", headcount=3)
    attendance.add_people(by=office, meeting=meeting, title="民生委員", role="member", headcount=6)
    meeting.refresh_from_db()
    assert (row.mode, row.headcount, meeting.with_press) == ("venue", 3, True)
    assert [each.name for each in coverage_of(meeting.body).rows] == ["民生委員"]


def sections(organization: Any, names: list[str]) -> list[Department]:
    return [
        Department.objects.create(organization=organization, name=name, sort_order=n) for n, name in enumerate(names)
    ]


def held_with(body: Any, rows: dict[Department, str], number: int) -> Meeting:
    """A held meeting at which those departments did that."""
    meeting = make_held(body, number=number)
    meeting.attendance.all().delete()
    for section, mode in rows.items():
        Attendance.objects.create(meeting=meeting, organization=section.organization, department=section, mode=mode)
    return meeting


def test_coverage_names_who_never_came_and_whom_nobody_asked(django_assert_num_queries: Any) -> None:
    body, city = make_body(), make_organization(kind="city")
    first, second, third, gone = sections(city, ["一課", "二課", "三課", "旧課"])
    held_with(body, {first: "venue", second: "absent", gone: "absent"}, 1)
    held_with(body, {first: "online", second: "asked"}, 2)
    gone.ended_on = today()
    gone.save()
    with django_assert_num_queries(3):
        table = coverage_of(body)
    assert table.by_department
    assert [(row.name, [cell.code for cell in row.cells], row.came, row.asked) for row in table.rows] == [
        ("一課", ["came", "online"], 2, 2),
        ("二課", ["absent", "unknown"], 0, 2),
        ("三課", ["", ""], 0, 0),
        ("旧課", ["absent", ""], 0, 1),
    ]
    assert [row.name for row in table.never] == ["二課"]
    assert [row.name for row in table.not_asked] == ["三課"]
    assert table.sums == [1, 1]
    assert third.ended_on is None


def test_the_csv_runs_nothing(login: Any) -> None:
    body = make_body()
    (section,) = sections(make_organization(), ["=HYPERLINK(1)"])
    held_with(body, {section: "venue"}, 1)
    client, _user = login("secretariat")
    text = client.get(reverse("members:meeting_coverage_csv", kwargs={"slug": body.slug})).content.decode("utf-8-sig")
    assert "\r\n'=HYPERLINK(1),出席,1,1" in text


def test_the_next_meeting_asks_the_same_departments_without_those_that_ended() -> None:
    body = make_body()
    first, second = sections(make_organization(), ["一課", "二課"])
    held_with(body, {first: "venue", second: "venue"}, 1)
    departments.end(by=make_office(), department=second, on=today())
    assert [row.department for row in make_meeting(body).attendance.all()] == [first]


@pytest.mark.parametrize(("is_public", "shown"), [(True, True), (False, False)])
def test_residents_read_day_title_and_press_only_when_it_is_named(is_public: bool, shown: bool) -> None:
    meeting = make_held(title="ZZ公開の会議", purpose="ZZ目的", place="ZZ場所")
    Meeting.objects.filter(pk=meeting.pk).update(is_public=is_public, with_press=True)
    page = Client().get(meeting.body.get_absolute_url()).content.decode()
    assert ("ZZ公開の会議" in page, "報道が入りました" in page) == (shown, shown)
    assert "ZZ目的" not in page
    assert "ZZ場所" not in page


def test_what_is_only_called_is_not_in_public() -> None:
    meeting = make_called(title="ZZまだの会議")
    Meeting.objects.filter(pk=meeting.pk).update(is_public=True)
    assert "ZZまだの会議" not in Client().get(meeting.body.get_absolute_url()).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    assert "ZZまだの会議" in Client().get(meeting.body.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", [1, 5])
def test_list_and_page_ask_the_same_number_of_questions(login: Any, number: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    body, person = seated()
    made = [make_called(body) for _ in range(number)]
    for meeting in made:
        for n in range(number):
            meeting.agenda.create(order=n, title="議題")
            Attendance.objects.create(meeting=meeting, title=f"来た人{n}", mode=AttendanceMode.VENUE)
    client, _user = login("member", organization=person.organization)
    for url in (reverse("members:meetings"), reverse("members:meeting", kwargs={"pk": made[0].pk})):
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url).status_code == 200
        counts.setdefault(url.count("/"), set()).add(len(asked.captured_queries))
    assert all(len(each) == 1 for each in counts.values()), counts


counts: dict[int, set[int]] = {}
