"""The city's own login (OpenID Connect), over real HTTP against a small provider."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.messages import get_messages
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from cms.models import AuditEvent
from cms.settings import env
from directory.actions import people
from directory.models import Invitation, User
from tests.directory.accounts import provider as city
from tests.factories.people import make_organization, make_user, satisfy_mfa

pytestmark = pytest.mark.django_db

START = "/accounts/oidc/city/login/"
NAGI = {"sub": "emp-0042", "email": "Nagi@city.example.jp", "name": "職員名簿の名前", "email_verified": True}


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[city.Provider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with city.running() as running:
        for name, value in {
            "OIDC_URL": running.url,
            "OIDC_CLIENT_ID": city.CLIENT,
            "OIDC_CLIENT_SECRET": city.SECRET,
            "OIDC_NAME": "市の共通ログインで入る",
        }.items():
            monkeypatch.setenv(name, value)
        settings.SOCIALACCOUNT_PROVIDERS = env.openid_connect()
        settings.OIDC_EMAIL_DOMAINS = ["city.example.jp"]
        running.claims = NAGI
        yield running


def through(client: Client, start: str = START) -> Any:
    """To the provider, as a browser goes there, and back with what it gave."""
    response = client.get(start)
    assert response.status_code == 302, response.content
    parts = urlsplit(response.url)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = connection.getresponse()
    back.read()
    connection.close()
    return client.get(back.headers["Location"].removeprefix("http://testserver"))


def words(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


REFUSAL = ["市の共通ログインでは入れませんでした。招待を受けたメールアドレスか、確かめてください。"]


class TestWhoGetsIn:
    def test_a_known_person_is_linked_and_comes_in(self, provider: city.Provider, client: Client) -> None:
        user = make_user("member", email="nagi@city.example.jp", name="水野 なぎ")
        response = through(client, START + "?next=/members/%3Fa%3D1")
        assert (response.status_code, response.url) == (302, "/members/?a=1")
        assert client.session["_auth_user_id"] == str(user.pk)
        user.refresh_from_db()
        assert (user.name, user.check_password("a-long-pass-phrase")) == ("水野 なぎ", True)
        assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [(user.email, True)]
        account = SocialAccount.objects.get()
        assert (account.user, account.uid, account.extra_data) == (user, "emp-0042", {})
        assert AuditEvent.objects.filter(action="account.linked", target=f"directory.user:{user.pk}").count() == 1

    def test_next_time_the_link_counts_and_not_the_address(self, provider: city.Provider) -> None:
        user = make_user("member", email="nagi@city.example.jp")
        through(Client())
        provider.claims = {**NAGI, "email": "married-name@city.example.jp"}
        client = Client()
        through(client)
        assert client.session["_auth_user_id"] == str(user.pk)
        assert SocialAccount.objects.get().extra_data == {}

    def test_an_invited_person_comes_in_without_a_password(self, provider: city.Provider, client: Client) -> None:
        organization = make_organization()
        by = make_user("secretariat")
        people.invite(by=by, email="nagi@city.example.jp", name="水野 なぎ", organization=organization, role="member")
        assert through(client).status_code == 302
        user = User.objects.get(email="nagi@city.example.jp")
        assert (user.name, user.active_roles(), user.has_usable_password()) == ("水野 なぎ", {"member"}, False)
        assert Invitation.objects.get().is_open is False

    @pytest.mark.parametrize(
        "claims",
        [
            {**NAGI, "email": "stranger@city.example.jp"},
            {**NAGI, "email": "elsewhere@example.jp"},  # known here, but the city does not speak for that domain
            {**NAGI, "email": "x@evil-city.example.jp"},
            {**NAGI, "email_verified": False},
            {**NAGI, "email": "resting@city.example.jp"},
            {"sub": "emp-0042"},
            None,
        ],
    )
    def test_nobody_else_and_all_get_one_answer(self, provider: city.Provider, client: Client, claims: Any) -> None:
        make_user("member", email="nagi@city.example.jp")
        make_user("member", email="elsewhere@example.jp")
        make_user("member", email="x@evil-city.example.jp")
        make_user("member", email="resting@city.example.jp", is_active=False)
        people_before = User.objects.count()
        provider.claims = claims
        response = through(client)
        assert (response.status_code, response.url, words(response)) == (302, "/accounts/login/", REFUSAL)
        assert ("_auth_user_id" in client.session, User.objects.count()) == (False, people_before)
        assert SocialAccount.objects.count() == 0

    def test_a_linked_person_who_left_does_not_come_back(self, provider: city.Provider) -> None:
        user = make_user("member", email="nagi@city.example.jp")
        through(Client())
        User.objects.filter(pk=user.pk).update(is_active=False)
        client = Client()
        through(client)
        assert client.get("/members/").status_code == 302

    def test_nobody_links_another_login_to_their_account(
        self, provider: city.Provider, login: Callable[..., Any]
    ) -> None:
        client, _ = login("member")
        provider.claims = {**NAGI, "email": "attacker@city.example.jp"}
        through(client, START + "?process=connect")
        assert SocialAccount.objects.count() == 0
        assert [client.get(f"/accounts/3rdparty/{rest}").status_code for rest in ("", "signup/")] == [404, 404]


class TestSecondFactor:
    @pytest.mark.parametrize(
        ("counts", "claims", "status"),
        [
            (False, {}, 302),
            (False, {"amr": ["pwd", "mfa"]}, 302),
            (True, {}, 200),
            (True, {"amr": ["pwd", "otp"]}, 200),
            (True, {"amr": ["pwd"]}, 302),
        ],
    )
    def test_the_citys_counts_only_if_the_settings_say_so(
        self, provider: city.Provider, settings: Any, client: Client, counts: bool, claims: Any, status: int
    ) -> None:
        settings.OIDC_COUNTS_AS_MFA = counts
        make_user("member", email="nagi@city.example.jp")
        provider.claims = {**NAGI, **claims}
        through(client)
        response = client.get("/members/")
        assert response.status_code == status
        assert status == 200 or response.url == "/accounts/almost/"

    def test_it_counts_for_that_session_and_not_for_a_password(
        self, provider: city.Provider, settings: Any, client: Client
    ) -> None:
        settings.OIDC_COUNTS_AS_MFA = True
        user = make_user("member", email="nagi@city.example.jp")
        through(client)
        other = Client()
        other.post("/accounts/login/", {"login": user.email, "password": "a-long-pass-phrase"})
        assert [c.get("/members/").status_code for c in (client, other)] == [200, 302]

    def test_an_own_device_is_asked_for_all_the_same(self, provider: city.Provider, client: Client) -> None:
        satisfy_mfa(make_user("member", email="nagi@city.example.jp"))
        assert through(client).url == "/accounts/2fa/authenticate/"


class TestOnceMore:
    def test_without_a_password_the_city_is_asked_again_and_nothing_typed_is_lost(
        self, provider: city.Provider, settings: Any, client: Client
    ) -> None:
        settings.OIDC_COUNTS_AS_MFA = True
        by = make_user("secretariat")
        people.invite(by=by, email="nagi@city.example.jp", name="なぎ", organization=None, role="secretariat")
        through(client)
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
        data = {"email": "next@example.jp", "name": "つぎの人", "role": "auditor", "organization": ""}
        asked = client.post("/members/office/people/", data)
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
        assert asked.url == f"{START}?auth_params=prompt%3Dlogin&next=%2Faccounts%2Funsent%2F"
        assert through(client, asked.url).url == "/accounts/unsent/"
        assert [query.get("prompt") for path, query in provider.asked if path == "/authorize"] == [None, "login"]
        assert "つぎの人" in client.get("/accounts/unsent/").content.decode()


class TestSettings:
    def test_without_the_variable_there_is_no_such_door(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("OIDC_URL", raising=False)
        assert env.openid_connect() == {}
        assert client.get(START).status_code == 404
        assert "oidc" not in client.get("/accounts/login/").content.decode()

    def test_with_it_the_login_page_shows_it(self, provider: city.Provider, client: Client) -> None:
        page = client.get("/accounts/login/?next=/members/").content.decode()
        assert ("市の共通ログインで入る" in page, f'href="{START}?next=%2Fmembers%2F"' in page) == (True, True)

    def test_half_a_configuration_stops_the_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OIDC_URL", "https://login.city.example.jp")
        monkeypatch.delenv("OIDC_CLIENT_ID", raising=False)
        with pytest.raises(ImproperlyConfigured, match="OIDC_CLIENT_ID"):
            env.openid_connect()

    def test_the_check_before_going_on_the_net_wants_https_and_domains(
        self, provider: city.Provider, settings: Any
    ) -> None:
        def found() -> set[str]:
            return {str(m.id) for m in run_checks(include_deployment_checks=True)} & {"cms.E017", "cms.E018"}

        assert found() == {"cms.E017"}
        settings.OIDC_EMAIL_DOMAINS = []
        assert found() == {"cms.E017", "cms.E018"}
        settings.SOCIALACCOUNT_PROVIDERS = {}
        assert found() == set()
