"""The seeds' councils, entered from the fixture and shown: Ichihara's liaison council, Kasaoka's approval and report."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.actions import departments
from directory.enums import BodyKind, OrganizationKind
from directory.models import Body, Department
from tests.factories.bodies import make_body, sit
from tests.factories.desks import kasaoka
from tests.factories.meetings import make_office
from tests.factories.people import make_organization, make_user
from tests.workshops.seed import SEED, ichihara
from workshops.actions import attendance, meetings
from workshops.enums import AttendanceMode, Outcome
from workshops.models import Attendance, Meeting

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEED.exists(), reason="SHARED_DATA is missing"),
]


def read(page: bytes) -> str:
    """The page as one reads it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def load_liaison(office: Any) -> Meeting:
    """The council of vice-directors with the lecture; the sections that were heard are its departments."""
    seed = ichihara()
    device = seed["devices"][0]
    city = make_organization(name=seed["municipality"]["name"], kind=OrganizationKind.CITY)
    name = re.findall("「(.+?)」", device["body"])[0]
    body = make_body(name=name, kind=BodyKind.LIAISON, rhythm=device["body"].partition("を集めた")[0])
    departments.take_over(by=office, organization=city, table="\n".join(seed["survey"]["hearings"]))
    speaker = device["lecture"].partition("に講演いただき")[0]
    meeting = meetings.write_past(
        by=office,
        body=body,
        happened_on="2022",
        title=name,
        audience="members",
        points=[{"title": "講演", "led_by": speaker, "is_lecture": True, "note": device["lecture"]}],
    )
    attendance.invite(by=office, meeting=meeting, departments=Department.objects.all())
    return meeting


def load_kasaoka(office: Any) -> tuple[Meeting, Meeting]:
    """February: proposed and approved by the members. March: reported, with the press there."""
    council, care = kasaoka()["bodies"]
    reported = Body.objects.create(name=care["name"], kind=BodyKind.COUNCIL, is_public=True)
    body = make_body(
        name=council["name"],
        is_pf=council["pf_role"],
        adopted_on=council["proposed_and_approved"],
        approved_by_text=f"{council['name']}の構成員",
        reports_to=reported,
    )
    for member in council["members"]:
        sit(body, make_organization(name=member), "2023-02-01") if member != "民生委員" else sit(body, member)
    steps = kasaoka()["steps"][2]["bullets"]
    approved = meetings.write_past(
        by=office, body=body, happened_on=council["proposed_and_approved"], title="PF設立の提案", audience="members",
        reported_to=reported, reported_on=care["reported_on"], is_public=True,
        points=[{"title": steps[0], "outcome": Outcome.APPROVED}],
    )  # fmt: skip
    report = meetings.write_past(
        by=office, body=reported, happened_on=care["reported_on"], title="PF立ち上げの報告", audience="members",
        with_press=care["press_present"], is_public=True, points=[{"title": steps[1], "outcome": Outcome.REPORTED}],
    )  # fmt: skip
    return approved, report


def test_ichiharas_liaison_council_shows_the_lecture_and_which_departments_came(login: Any) -> None:
    office = make_office()
    meeting = load_liaison(office)
    rows = list(meeting.attendance.select_related("department").order_by("pk"))
    assert [row.name for row in rows] == ichihara()["survey"]["hearings"]
    for row in rows[:3]:
        Attendance.objects.filter(pk=row.pk).update(mode=AttendanceMode.VENUE, headcount=1)
    Attendance.objects.filter(pk=rows[3].pk).update(mode=AttendanceMode.ABSENT)
    client, _user = login("partner", organization=make_organization())
    page = read(client.get(reverse("members:meeting", kwargs={"pk": meeting.pk})).content)
    assert "大西参与" in page
    assert ichihara()["devices"][0]["lecture"] in page
    assert "庁内の 4課のうち 3課" in page
    keeper, _user = login("secretariat")
    table = read(keeper.get(reverse("members:meeting_coverage", kwargs={"slug": meeting.body.slug})).content)
    assert f"呼んだが、一度も来ていない： {rows[3].name}" in table
    assert "講演 大西参与" in table


def test_kasaokas_approval_and_report_stand_on_the_members_page(login: Any) -> None:
    approved, report = load_kasaoka(make_office())
    client, _user = login("partner", organization=make_organization())
    page = read(client.get(reverse("members:meeting", kwargs={"pk": approved.pk})).content)
    for words in (
        "笠岡市地域づくり連携会議",
        "承認",
        "構成員の承認 2023年（令和5年）2月",
        "報告先 笠岡市地域ケア会議 2023年（令和5年）3月16日",
    ):
        assert words in page
    press = read(client.get(reverse("members:meeting", kwargs={"pk": report.pk})).content)
    assert "報道が入りました" in press
    assert "報告" in press


def test_kasaokas_meetings_stand_in_the_public_history_without_a_word_more() -> None:
    approved, report = load_kasaoka(make_office())
    shown = read(Client().get(approved.body.get_absolute_url()).content)
    assert "2023年（令和5年）2月 PF設立の提案" in shown
    assert kasaoka()["steps"][2]["bullets"][0] not in shown
    reported = read(Client().get(report.body.get_absolute_url()).content)
    assert "PF立ち上げの報告 報道が入りました" in reported


def test_the_seats_of_kasaoka_are_the_printed_members() -> None:
    approved, _report = load_kasaoka(make_office())
    named = [str(seat) for seat in approved.body.seats.select_related("organization").order_by("pk")]
    assert named == kasaoka()["bodies"][0]["members"]
    person = make_user("member", organization=approved.body.seats.exclude(organization=None).first().organization)
    assert Meeting.objects.visible_to(person).filter(pk=approved.pk).exists()
