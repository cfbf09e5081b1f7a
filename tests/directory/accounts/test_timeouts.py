"""Sessions end by themselves, say so, and lose nothing that was typed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms import dates
from directory.models import Invitation, RoleAssignment
from tests.factories.people import make_organization, make_user, satisfy_mfa, sign_in

pytestmark = pytest.mark.django_db

IDLE = "/accounts/login/?next="


class Clock:
    """A clock that is moved by hand."""

    def __init__(self, frozen: Callable[[str], Any]) -> None:
        self.frozen, self.now = frozen, dates.now().replace(microsecond=0)
        frozen(self.now.isoformat())

    def forward(self, **by: float) -> None:
        self.now += dt.timedelta(**by)
        self.frozen(self.now.isoformat())


@pytest.fixture
def clock(frozen: Callable[[str], Any]) -> Clock:
    return Clock(frozen)


def words(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestPause:
    @pytest.mark.parametrize(
        ("roles", "path", "minutes"),
        [
            (("member",), "/members/", 30),
            (("secretariat",), "/members/office/people/", 30),
            (("publisher",), "/admin/", 15),
            (("editor", "secretariat"), "/members/", 15),  # whoever may enter /admin/, wherever they are
        ],
    )
    def test_the_last_second_is_inside_and_the_next_is_not(
        self, login: Callable[..., Any], clock: Clock, roles: tuple[str, ...], path: str, minutes: int
    ) -> None:
        client, _ = login(*roles)
        assert client.get(path).status_code == 200
        clock.forward(minutes=minutes, seconds=-1)
        assert client.get(path).status_code == 200
        clock.forward(minutes=minutes)
        response = client.get(path + "?a=1")
        assert (response.status_code, response.url) == (302, IDLE + quote(f"{path}?a=1", safe=""))
        assert words(response) == ["しばらく操作がなかったので、いったん外に出ました。もう一度お入りください。"]
        assert client.get(path).url.startswith("/accounts/login/?next=")  # and stays a stranger

    def test_a_days_work_ends_after_twelve_hours(self, login: Callable[..., Any], clock: Clock) -> None:
        client, _ = login("member")
        for _quarter in range(47):
            clock.forward(minutes=15)
            assert client.get("/members/").status_code == 200
        clock.forward(minutes=15)
        assert client.get("/members/").status_code == 302

    def test_signing_in_again_starts_both_clocks(self, login: Callable[..., Any], clock: Clock) -> None:
        client, user = login("member")
        clock.forward(hours=13)
        assert client.get("/members/").status_code == 302
        sign_in(client, user)
        clock.forward(minutes=29)
        assert client.get("/members/").status_code == 200

    def test_the_login_page_says_it(self, login: Callable[..., Any], clock: Clock) -> None:
        client, _ = login("member")
        clock.forward(minutes=31)
        page = client.get("/members/", follow=True).content.decode()
        assert "しばらく操作がなかったので、いったん外に出ました。" in page

    def test_public_pages_just_see_a_stranger(self, login: Callable[..., Any], clock: Clock) -> None:
        client, _ = login("member")
        clock.forward(minutes=31)
        response = client.get("/help/")
        assert (response.status_code, words(response), "_auth_user_id" in client.session) == (200, [], False)

    def test_the_editors_call_home_keeps_nobody_signed_in(self, login: Callable[..., Any], clock: Clock) -> None:
        client, _ = login("publisher")
        client.get("/admin/")
        clock.forward(minutes=14)
        client.post("/admin/editing-sessions/ping/wagtailcore/page/2/1/")
        clock.forward(minutes=2)
        assert client.get("/admin/").status_code == 302

    def test_sessions_from_before_there_were_clocks_begin_now(self, login: Callable[..., Any], clock: Clock) -> None:
        client, _ = login("member")
        session = client.session
        del session["session_began"], session["session_seen"]
        session.save()
        assert client.get("/members/").status_code == 200
        clock.forward(minutes=31)
        assert client.get("/members/").status_code == 302


class TestWhatWasTyped:
    def test_a_form_waits_and_is_offered_after_signing_in(self, login: Callable[..., Any], clock: Clock) -> None:
        organization = make_organization()
        client, user = login("orgadmin", organization=organization)
        clock.forward(minutes=31)
        data = {"email": "nagi@example.jp", "name": "水野 なぎ", "role": "member"}
        response = client.post("/members/people/", data)
        assert (response.status_code, response.url) == (302, "/accounts/login/?next=%2Faccounts%2Funsent%2F")
        assert words(response) == [
            "しばらく操作がなかったので、いったん外に出ました。書いたものはとってあります。もう一度お入りください。"
        ]
        sign_in(client, user)
        page = client.get("/accounts/unsent/").content.decode()
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        client.post("/members/people/", fields)
        assert Invitation.objects.get().name == "水野 なぎ"

    def test_another_person_on_the_same_device_sees_none_of_it(self, login: Callable[..., Any], clock: Clock) -> None:
        client, _ = login("orgadmin", organization=make_organization())
        clock.forward(minutes=31)
        client.post("/members/people/", {"email": "nagi@example.jp", "name": "水野", "role": "member"})
        sign_in(client, make_user("member"))
        assert client.get("/accounts/unsent/").status_code == 302
        assert "unsent" not in client.session

    def test_passwords_do_not_wait(self, login: Callable[..., Any], clock: Clock) -> None:
        client, _ = login("member")
        clock.forward(minutes=31)
        response = client.post(
            "/accounts/password/change/",
            {"oldpassword": "a-long-pass-phrase", "password1": "x" * 12, "password2": "x" * 12},
        )
        assert (response.url, "unsent" in client.session) == ("/accounts/login/?next=%2Fmembers%2F", False)
        assert words(response)[0].endswith("お手数ですが、もう一度入ってからお願いします。")

    def test_a_part_of_a_page_is_led_as_a_whole(self, login: Callable[..., Any], clock: Clock) -> None:
        client, _ = login("member")
        clock.forward(minutes=31)
        headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/members/people/?p=2"}
        response = client.get("/members/", headers=headers)
        assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fmembers%2Fpeople%2F%3Fp%3D2"


class TestWork:
    def test_reading_writes_the_session_once_a_minute_at_most(self, login: Callable[..., Any], clock: Clock) -> None:
        client, _ = login("member")
        client.get("/members/")

        def writes() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get("/members/")
            return sum('UPDATE "django_session"' in query["sql"] for query in queries)

        assert [writes() for _n in range(3)] == [0, 0, 0]
        clock.forward(seconds=60)
        assert [writes(), writes()] == [1, 0]

    def test_a_stranger_costs_nothing(self, client: Client, django_assert_num_queries: Any) -> None:
        client.get("/healthz")
        with django_assert_num_queries(0):
            assert client.get("/healthz").status_code == 200

    def test_every_night_what_has_run_out_is_deleted(self, client: Client, clock: Clock) -> None:
        sign_in(client, make_user("member"))
        assert Session.objects.count() == 1
        clock.forward(hours=25)
        call_command("purge", stdout=None)
        assert Session.objects.count() == 0


class TestSessions:
    """allauth's own login, so that the list of devices is kept."""

    @pytest.fixture
    def two_devices(self) -> tuple[Any, Client, Client]:
        user = make_user("member")
        clients = Client(), Client()
        for one in clients:
            one.post("/accounts/login/", {"login": user.email, "password": "a-long-pass-phrase"})
        satisfy_mfa(user)
        return user, *clients

    def test_ending_the_others_refuses_their_next_request(self, two_devices: Any) -> None:
        _, here, there = two_devices
        assert [c.get("/members/").status_code for c in (here, there)] == [200, 200]
        assert here.post("/accounts/sessions/").status_code == 302
        assert [c.get("/members/").status_code for c in (here, there)] == [200, 302]

    def test_a_new_password_ends_the_others(self, two_devices: Any) -> None:
        _, here, there = two_devices
        new = {"password1": "another-pass-phrase", "password2": "another-pass-phrase"}
        here.post("/accounts/password/change/", {"oldpassword": "a-long-pass-phrase", **new})
        assert [c.get("/members/").status_code for c in (here, there)] == [200, 302]

    def test_after_logging_out_the_old_cookie_opens_nothing(self, two_devices: Any) -> None:
        _, here, there = two_devices
        cookie = here.cookies["tsunagari_session"].value
        here.post("/accounts/logout/")
        thief = Client()
        thief.cookies["tsunagari_session"] = cookie
        assert thief.get("/members/").status_code == 302
        assert there.get("/members/").status_code == 200  # negative control: only this device

    def test_a_session_that_was_deleted_is_a_strangers(self, two_devices: Any) -> None:
        _, here, there = two_devices
        Session.objects.filter(session_key=there.session.session_key).delete()
        assert [c.get("/members/").status_code for c in (here, there)] == [200, 302]

    def test_a_role_that_ended_closes_every_device(self, two_devices: Any) -> None:
        user, here, there = two_devices
        RoleAssignment.objects.filter(user=user).update(since="2001-01-01", until="2001-01-02")
        assert [c.get("/members/").status_code for c in (here, there)] == [403, 403]
