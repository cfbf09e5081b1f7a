"""The gate: who gets through, and what every answer behind it carries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings

from directory.gate import door_of
from directory.models import Organization, RoleAssignment
from directory.roles import ROLES, Door, doors_of
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


def headers(response: Any) -> dict[str, str]:
    return {name: response.headers.get(name) for name in PRIVATE}


def test_a_stranger_is_sent_to_the_login_and_keeps_the_way(client: Client) -> None:
    response = client.get("/members/?page=2")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/members/%3Fpage%3D2"
    assert headers(response) == PRIVATE


def test_a_login_without_a_role_is_refused(login: Callable[..., Any]) -> None:
    response = login()[0].get("/members/")
    assert response.status_code == 403
    assert headers(response) == PRIVATE


def test_an_address_that_leads_nowhere_is_not_kept_either(login: Callable[..., Any]) -> None:
    response = login("member")[0].get("/members/nowhere/at/all/")
    assert response.status_code == 404
    assert headers(response) == PRIVATE


def test_superuser_opens_no_door(login: Callable[..., Any]) -> None:
    client, _ = login(is_superuser=True, is_staff=True)
    assert client.get("/members/").status_code == 403
    assert client.get("/admin/").status_code == 403


def test_without_a_second_factor_there_is_one_more_step_and_then_the_way_on(login: Callable[..., Any]) -> None:
    client, _ = login("member", mfa=False)
    response = client.get("/members/?a=1")
    assert (response.status_code, response.url) == (302, "/accounts/almost/")
    assert client.get("/accounts/go-on/").url == "/members/?a=1"


def test_staff_of_the_admin_need_the_second_factor_too(login: Callable[..., Any]) -> None:
    assert login("publisher", mfa=False)[0].get("/admin/").url == "/accounts/almost/"
    assert login("publisher")[0].get("/admin/").status_code == 200


@override_settings(MFA_REQUIRED=False)
def test_a_demo_may_leave_the_second_factor_out(login: Callable[..., Any]) -> None:
    assert login("member", mfa=False)[0].get("/members/").status_code == 200


def test_a_role_that_ended_today_is_refused_at_the_next_request(login: Callable[..., Any]) -> None:
    client, user = login("member")
    assert client.get("/members/").status_code == 200
    RoleAssignment.objects.filter(user=user).update(until="2001-01-02", since="2001-01-01")
    assert client.get("/members/").status_code == 403


def test_an_organisation_that_ended_takes_its_people_along(login: Callable[..., Any]) -> None:
    organization = make_organization()
    client, _ = login("member", organization=organization)
    Organization.objects.filter(pk=organization.pk).update(ended_on="2001-01-01")
    assert client.get("/members/").status_code == 403


def test_a_deactivated_person_is_a_stranger(login: Callable[..., Any]) -> None:
    client, user = login("member")
    user.is_active = False
    user.save()
    assert client.get("/members/").status_code == 302


@pytest.mark.parametrize(
    ("module", "door"),
    [
        ("home.members.views", Door.WORKSPACE),
        ("casebook.members.views", Door.CASEBOOK),
        ("workshops.members.office", Door.OFFICE),
        ("directory.members.office.people", Door.OFFICE),
        ("directory.members.audit", Door.AUDIT),
        ("directory.members.consultations.inbox", Door.CONSULTATIONS),
    ],
)
def test_the_door_is_told_by_the_module_of_the_view(module: str, door: Door) -> None:
    class Match:
        @staticmethod
        def func() -> None: ...

    Match.func.__module__ = module
    assert door_of(Match) == door  # type: ignore[arg-type]


def test_roles_add_up() -> None:
    user = make_user("editor", "secretariat")
    assert doors_of(user.active_roles()) == {Door.WAGTAIL, Door.WORKSPACE, Door.CASEBOOK, Door.OFFICE}


def test_no_role_of_communications_opens_a_members_door() -> None:
    assert {name: role.doors for name, role in ROLES.items() if role.wagtail_groups} == {
        "editor": {Door.WAGTAIL},
        "publisher": {Door.WAGTAIL},
    }


def test_signing_up_is_closed(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert client.post("/accounts/signup/", {"email": "a@example.jp"}).status_code == 404


def test_the_admin_has_no_login_of_its_own(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/pages/")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/admin/pages/")


@pytest.mark.parametrize("path", ["/admin/users/", "/admin/users/new/", "/admin/groups/"])
def test_screens_about_people_are_not_in_the_admin(login: Callable[..., Any], path: str) -> None:
    assert login("publisher")[0].get(path).status_code == 404


def test_the_admins_account_page_is_the_one_account_page(login: Callable[..., Any]) -> None:
    response = login("publisher")[0].get("/admin/account/")
    assert (response.status_code, response.url) == (302, "/accounts/password/change/")
