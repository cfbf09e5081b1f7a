"""Departments: pasted from a spreadsheet, renamed, ended; never deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cms.dates import today
from directory.actions import departments as actions
from directory.models import Department
from directory.roles import ROLES, Permission
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["福祉総務課,ふくしそうむか\n住宅課\n", "福祉総務課\tふくしそうむか\r\n\r\n住宅課\t"])
def test_lines_become_departments_in_their_order(table: str) -> None:
    office, city = make_user("secretariat"), make_organization(kind="city")
    assert actions.take_over(by=office, organization=city, table=table) == (2, 0)
    assert [(each.name, each.kana) for each in city.departments.all()] == [
        ("福祉総務課", "ふくしそうむか"),
        ("住宅課", ""),
    ]


def test_pasting_again_keeps_rows_and_readings_and_sets_the_order() -> None:
    office, city = make_user("secretariat"), make_organization()
    actions.take_over(by=office, organization=city, table="一課,いちか\n二課,にか")
    before = {each.name: each.pk for each in Department.objects.all()}
    assert actions.take_over(by=office, organization=city, table="二課\n一課\n三課") == (1, 2)
    assert [(each.name, each.kana) for each in city.departments.all()] == [
        ("二課", "にか"),
        ("一課", "いちか"),
        ("三課", ""),
    ]
    assert {
        name: pk for each in Department.objects.all() for name, pk in [(each.name, each.pk)] if name in before
    } == before


@pytest.mark.parametrize("table", ["", "一課\n一課", ",よみ", "長" * 81])
def test_what_is_no_list_is_refused_and_changes_nothing(table: str) -> None:
    with pytest.raises(ValidationError):
        actions.take_over(by=make_user("secretariat"), organization=make_organization(), table=table)
    assert not Department.objects.exists()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_who_keeps_the_register_keeps_departments(role: str) -> None:
    person = make_user(role, organization=make_organization())
    section = Department.objects.create(organization=person.organization, name="一課")
    if Permission.MEMBERSHIPS_KEEP in ROLES[role].permissions:
        assert actions.end(by=person, department=section, on=today()).ended_on == today()
        return
    for wrong in (
        lambda: actions.end(by=person, department=section, on=today()),
        lambda: actions.rename(by=person, department=section, name="二課", kana=""),
        lambda: actions.take_over(by=person, organization=person.organization, table="三課"),
    ):
        with pytest.raises(PermissionDenied):
            wrong()


def test_the_screens_take_a_list_and_an_end_and_bring_mistakes_back(login: Any) -> None:
    client, user = login("secretariat", organization=make_organization(kind="city"))
    url = reverse("members:office_departments")
    wrong = client.post(url, {"organization": user.organization.pk, "table": "一課\n一課"})
    assert wrong.status_code == 422
    assert "2行目" in wrong.content.decode()
    assert "一課\n一課" in wrong.content.decode().replace("\r", "")
    client.post(url, {"organization": user.organization.pk, "table": "一課"})
    section = Department.objects.get()
    one = reverse("members:office_department", kwargs={"pk": section.pk})
    client.post(one, {"name": "新しい課", "kana": "あたらしいか", "ended_on": "2026-03-31"})
    section.refresh_from_db()
    assert (section.name, str(section.ended_on)) == ("新しい課", "2026-03-31")
    assert "2026年3月31日" in client.get(url).content.decode()
