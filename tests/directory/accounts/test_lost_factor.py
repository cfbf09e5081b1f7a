"""A lost second factor: who may take it away, what ends, who hears of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from cms import outbox
from cms.models import AuditEvent, Mail
from directory.actions import accounts
from directory.models import User
from directory.roles import ROLES
from tests.factories.people import make_user, satisfy_mfa

pytestmark = pytest.mark.django_db

CHOSEN = {"reason": "lost", "proof": "met"}
PASSWORD = "a-long-pass-phrase"


def path_of(person: User) -> str:
    return f"/members/office/people/{person.pk}/factors/"


@pytest.fixture
def person() -> User:
    user = make_user("member", name="水野 なぎ")
    satisfy_mfa(user)
    RecoveryCodes.activate(user)
    return user


def told() -> list[tuple[str, str]]:
    return sorted((mail.context["what"], mail.recipient) for mail in Mail.objects.filter(kind="account"))


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_the_secretariat_may(person: User, role: str) -> None:
    by = make_user(role)
    if role == "secretariat":
        assert accounts.reset_factors(user=person, by=by, **CHOSEN) == 1
    else:
        with pytest.raises(PermissionDenied):
            accounts.reset_factors(user=person, by=by, **CHOSEN)
    assert Authenticator.objects.filter(user=person).exists() == (role != "secretariat")


@pytest.mark.parametrize("roles", [("secretariat",), ("secretariat", "admin")])
def test_nobody_does_it_for_themselves(login: Callable[..., Any], roles: tuple[str, ...]) -> None:
    client, user = login(*roles)
    assert "ご自分のものは取り消せません" in client.get(path_of(user)).content.decode()
    assert client.post(path_of(user), CHOSEN).status_code == 403
    assert Authenticator.objects.filter(user=user).count() == 1


def test_everything_ends_and_everybody_concerned_hears_of_it(login: Callable[..., Any], person: User) -> None:
    colleague = make_user("secretariat")
    there = Client()
    there.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert there.get("/members/").status_code == 200
    client, by = login("secretariat")
    page = client.get(path_of(person)).content.decode()
    assert ("水野 なぎ" in page, "認証アプリ" in page, "予備の番号" in page) == (True, True, True)
    assert client.post(path_of(person), CHOSEN).status_code == 302
    person.refresh_from_db()
    assert (Authenticator.objects.filter(user=person).count(), person.has_usable_password()) == (0, False)
    assert there.get("/members/").status_code == 302
    assert told() == [("factors_reset", person.email), ("factors_reset_elsewhere", colleague.email)]
    event = AuditEvent.objects.get(action="account.factors_reset")
    assert (event.actor, event.target) == (str(by.pk), f"directory.user:{person.pk}")
    assert event.codes == {"reason": "lost", "proof": "met", "factors": 1, "sessions": 0}


def test_the_old_password_opens_nothing_and_the_mail_leads_back(person: User) -> None:
    accounts.reset_factors(user=person, by=make_user("secretariat"), **CHOSEN)  # a secretariat of one: one mail
    client = Client()
    assert client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}).status_code == 200
    path = Mail.objects.get(kind="account").context["path"]
    form = client.get(path, follow=True)
    new = {"password1": "another-pass-phrase", "password2": "another-pass-phrase"}
    assert client.post(form.request["PATH_INFO"], new).status_code == 302
    answer = client.post("/accounts/login/", {"login": person.email, "password": "another-pass-phrase"})
    assert (answer.status_code, client.get("/members/").url) == (302, "/accounts/almost/")
    assert "token_fail" in client.get(path, follow=True).context  # once


def test_what_is_missing_is_said_and_nothing_happens(login: Callable[..., Any], person: User) -> None:
    client, _ = login("secretariat")
    for data, fields in (({}, ["reason", "proof"]), ({"reason": "lost", "proof": "mail"}, ["proof"])):
        response = client.post(path_of(person), data)
        assert (response.status_code, list(response.context["form"].errors)) == (200, fields)
    assert (Authenticator.objects.filter(user=person).count(), told()) == (2, [])
    with pytest.raises(ValidationError):
        accounts.reset_factors(user=person, by=make_user("secretariat"), reason="because", proof="met")


def test_it_asks_once_more(login: Callable[..., Any], person: User) -> None:
    client, _ = login("secretariat", recent=False)
    assert client.get(path_of(person)).url.startswith("/accounts/reauthenticate/?next=")
    assert client.post(path_of(person), CHOSEN).url.endswith("unsent%2F")
    assert Authenticator.objects.filter(user=person).count() == 2


def test_missing_and_resting_people_look_alike(login: Callable[..., Any], person: User) -> None:
    client, _ = login("secretariat")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert [client.get(f"/members/office/people/{pk}/factors/").status_code for pk in (person.pk, 999_999)] == [
        404,
        404,
    ]


def test_the_mail_names_nobody_and_says_the_way(person: User, mailoutbox: list[Any]) -> None:
    make_user("secretariat", name="見えない名前")
    accounts.reset_factors(user=person, by=make_user("secretariat"), **CHOSEN)
    outbox.deliver_due()
    letters = {letter.to[0]: letter for letter in mailoutbox}
    own = letters.pop(person.email)
    assert own.subject == "新しいパスワードのご案内"
    assert "/accounts/password/reset/key/" in own.body
    (other,) = letters.values()
    assert other.subject == "アカウントのお知らせ"
    assert [name in letter.body for letter in (own, other) for name in (person.name, "見えない名前")] == [False] * 4
    assert person.email not in other.body


class TestCommands:
    def test_the_first_person_gets_a_link_that_works(self, capsys: Any, client: Client) -> None:
        call_command("invite_first", email="Hajime@City.example.jp", name="はじめ")
        link = capsys.readouterr().out.strip()
        assert link.startswith("http://testserver/accounts/invitation/")
        password = {"password": "ながい合言葉の文です", "repeated": "ながい合言葉の文です"}
        assert client.post(link.removeprefix("http://testserver"), {"name": "はじめ", **password}).status_code == 302
        assert User.objects.get(email="hajime@city.example.jp").active_roles() == {"secretariat"}

    def test_once_there_is_a_secretariat_it_refuses(self, capsys: Any) -> None:
        make_user("secretariat")
        with pytest.raises(CommandError) as refused:
            call_command("invite_first", email="a@example.jp", name="はじめ")
        assert (refused.value.returncode, capsys.readouterr().out) == (1, "")
        assert str(refused.value) == "事務局の人がすでにいます。新しい人は、事務局の画面から招いてください。"

    def test_what_is_no_address_is_refused(self) -> None:
        with pytest.raises(CommandError) as refused:
            call_command("invite_first", email="hajime@", name="はじめ")
        assert refused.value.returncode == 2

    def test_a_second_call_before_the_first_was_used_ends_the_first_link(self, capsys: Any, client: Client) -> None:
        for _n in range(2):
            call_command("invite_first", email="a@example.jp", name="はじめ")
        first, second = capsys.readouterr().out.split()
        assert [client.get(link.removeprefix("http://testserver")).status_code for link in (first, second)] == [
            404,
            200,
        ]

    def test_a_secretariat_of_one_is_helped_from_the_server(self, capsys: Any) -> None:
        alone = make_user("secretariat")
        satisfy_mfa(alone)
        call_command("reset_factors", email=alone.email, proof="met")
        assert (capsys.readouterr().out, told()) == ("1\n", [("factors_reset", alone.email)])
        assert AuditEvent.objects.get(action="account.factors_reset").actor == ""
        with pytest.raises(CommandError):
            call_command("reset_factors", email="nobody@example.jp", proof="met")
