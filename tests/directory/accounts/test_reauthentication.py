"""Once more, before something important; and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from cms import dates
from directory.models import Invitation, RoleAssignment
from directory.reauthentication import local
from directory.roles import ROLES
from tests.factories.events import make_event, make_occurrence
from tests.factories.people import make_user, sign_in

pytestmark = pytest.mark.django_db

REGISTER = "/members/office/register/csv/"
OFFICE_ROLES = {"counsellor", "supervisor", "secretariat", "editor", "publisher", "auditor", "admin"}
PASSWORD = "a-long-pass-phrase"


def to_the_question(response: Any) -> str:
    """The address asked for after the answer."""
    assert response.status_code == 302
    assert response.url.startswith("/accounts/reauthenticate/?next=")
    return str(response.url.split("next=")[1])


def export_of() -> str:
    event = make_event()
    make_occurrence(event)
    return f"/members/office/events/{event.pk}/registrations.csv"


class TestWhatIsAsked:
    """Negative control: the same requests from somebody who has just signed in are answered."""

    def ways(self) -> list[tuple[str, str, dict[str, str], int]]:
        role = RoleAssignment.objects.get(user=make_user("member"))
        return [
            ("get", REGISTER, {}, 200),
            ("get", f"/members/office/people/roles/{role.pk}/end/", {}, 200),
            ("post", f"/members/office/people/roles/{role.pk}/end/", {}, 302),
            ("post", "/members/office/people/", {"email": "a@example.jp", "role": "secretariat"}, 302),
        ]

    def test_after_an_hour_they_ask(self, login: Callable[..., Any]) -> None:
        client, _ = login("secretariat", recent=False)
        for method, url, data, _status in self.ways():
            to_the_question(getattr(client, method)(url, data))
        assert (Invitation.objects.count(), RoleAssignment.objects.active().count()) == (0, 2)

    def test_a_moment_after_signing_in_they_do_not(self, login: Callable[..., Any]) -> None:
        client, _ = login("secretariat")
        for method, url, data, status in self.ways():
            response = getattr(client, method)(url, data)
            assert (response.status_code, "reauth" in response.headers.get("Location", "")) == (status, False)

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_an_invitation_asks_when_it_hands_out_a_key_to_more_than_the_members_rooms(
        self, login: Callable[..., Any], role: str
    ) -> None:
        client, _ = login("secretariat", recent=False)
        response = client.post("/members/office/people/", {"email": "a@example.jp", "role": role})
        assert ("reauthenticate" in response.url) == (role in OFFICE_ROLES)

    def test_ten_minutes_are_ten_minutes(self, login: Callable[..., Any], frozen: Callable[[str], Any]) -> None:
        start = dates.now().replace(microsecond=0)
        frozen(start.isoformat())
        client, _ = login("secretariat")
        frozen((start + dt.timedelta(seconds=599)).isoformat())
        assert client.get(REGISTER).status_code == 200
        frozen((start + dt.timedelta(seconds=600)).isoformat())
        to_the_question(client.get(REGISTER))

    def test_who_may_not_is_refused_and_not_asked(self, login: Callable[..., Any]) -> None:
        assert login("member", recent=False)[0].get(REGISTER).status_code == 403


class TestNothingIsLost:
    def test_a_posted_form_waits_and_is_sent_by_one_press(self, login: Callable[..., Any]) -> None:
        client, _ = login("secretariat", recent=False)
        data = {"email": "nagi@example.jp", "name": "水野 なぎ", "role": "auditor", "organization": ""}
        assert to_the_question(client.post("/members/office/people/", data)) == "%2Faccounts%2Funsent%2F"
        assert client.post("/accounts/reauthenticate/", {"password": "wrong-wrong"}).status_code == 200
        answer = client.post("/accounts/reauthenticate/?next=/accounts/unsent/", {"password": PASSWORD})
        assert (answer.status_code, answer.url) == (302, "/accounts/unsent/")
        page = client.get("/accounts/unsent/").content.decode()
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        fields.pop("csrfmiddlewaretoken")
        assert ('action="/members/office/people/"' in page, fields) == (True, data)
        assert Invitation.objects.count() == 0  # looking at it sends nothing
        assert client.post("/members/office/people/", fields).status_code == 302
        assert Invitation.objects.get().name == "水野 なぎ"

    def test_what_waits_cannot_be_read_in_the_database(self, login: Callable[..., Any]) -> None:
        client, _ = login("secretariat", recent=False)
        client.post("/members/office/people/", {"email": "nagi@example.jp", "name": "水野", "role": "auditor"})
        stored = json.dumps([session.get_decoded() for session in Session.objects.all()], ensure_ascii=False)
        assert ("unsent" in stored, "nagi@example.jp" in stored, "水野" in stored) == (True, False, False)

    def test_somebody_elses_and_old_words_are_thrown_away(
        self, login: Callable[..., Any], frozen: Callable[[str], Any]
    ) -> None:
        client, _ = login("secretariat", recent=False)
        data = {"email": "nagi@example.jp", "name": "水野", "role": "auditor"}
        client.post("/members/office/people/", data)
        sealed = client.session["unsent"]
        other = Client()
        sign_in(other, make_user("secretariat"))
        session = other.session
        session["unsent"] = sealed
        session.save()
        assert (other.get("/accounts/unsent/").status_code, "unsent" in other.session) == (302, False)
        frozen((timezone.now() + dt.timedelta(minutes=29)).isoformat())
        assert client.get("/accounts/unsent/").status_code == 200
        frozen((timezone.now() + dt.timedelta(minutes=2)).isoformat())
        assert (client.get("/accounts/unsent/").status_code, "unsent" in client.session) == (302, False)

    def test_a_table_is_saved_from_a_page_afterwards(self, login: Callable[..., Any]) -> None:
        client, _ = login("secretariat", recent=False)
        response = client.get(REGISTER + "?all=1", headers={"Referer": "http://testserver/members/office/register/"})
        client.post(response.url, {"password": PASSWORD})
        page = client.get("/accounts/file/?file=/members/office/register/csv/%3Fall%3D1&back=/members/office/register/")
        words = page.content.decode()
        assert (f'href="{REGISTER}?all=1"' in words, 'href="/members/office/register/"' in words) == (True, True)
        assert client.get(REGISTER + "?all=1").headers["Content-Type"] == "text/csv; charset=utf-8"

    def test_an_export_by_post_waits_like_any_form(self, login: Callable[..., Any]) -> None:
        client, _ = login("secretariat", recent=False)
        url = export_of()
        assert to_the_question(client.post(url)) == "%2Faccounts%2Funsent%2F"
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        assert f'action="{url}"' in client.get("/accounts/unsent/").content.decode()
        assert client.post(url).status_code == 200


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/members/office/", "/members/office/"),
        ("https://evil.example/", "/members/"),
        ("//evil.example/", "/members/"),
        ("/\\evil.example/", "/members/"),
        ("javascript:alert(1)", "/members/"),
        ("", "/members/"),
    ],
)
def test_addresses_of_other_sites_lead_home(asked: str, answer: str) -> None:
    assert local(asked) == answer
