"""Whoever guesses addresses learns nothing: same words, same status, same work, and soon no answer at all."""

from __future__ import annotations

import datetime as dt
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from cms import dates
from cms.models import Mail
from tests.access import without_csrf
from tests.factories.people import make_user, satisfy_mfa

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN, RESTING = "known-person@example.jp", "nobody-there@example.jp", "resting-one@example.jp"
PASSWORD = "a-long-pass-phrase"
TOO_MANY = "429"


@pytest.fixture(autouse=True)
def _people() -> None:
    satisfy_mfa(make_user("member", email=KNOWN))
    make_user("member", email=RESTING, is_active=False)


def answer(response: Any, email: str) -> tuple[int, str, bytes]:
    """Status, way on and page, without what was typed and without tokens."""
    body = without_csrf(response.content).replace(email.encode(), b"")
    return response.status_code, response.headers.get("Location", ""), body


def login(email: str, client: Client | None = None, **more: Any) -> Any:
    data = {"login": email, "password": "wrong-pass-phrase"}
    return (client or Client()).post("/accounts/login/", data, **more)


def forgotten(email: str) -> Any:
    return Client().post("/accounts/password/reset/", {"email": email})


def link_of_a_reset(user_part: str) -> Any:
    return Client().get(
        f"/accounts/password/reset/key/{user_part}-d0000-0123456789abcdef0123456789abcdef/", follow=True
    )


class TestWords:
    @pytest.mark.parametrize("ask", [login, forgotten])
    def test_known_unknown_and_resting_addresses_get_the_same_bytes(self, ask: Callable[[str], Any]) -> None:
        answers = {answer(ask(email), email) for email in (KNOWN, UNKNOWN, RESTING)}
        assert len(answers) == 1

    def test_negative_control_another_answer_is_noticed(self) -> None:
        right = Client().post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
        assert answer(right, KNOWN) != answer(login(KNOWN), KNOWN)

    def test_links_of_people_who_are_not_there_look_like_old_ones(self) -> None:
        from allauth.account.utils import user_pk_to_url_str

        from directory.models import User

        there = user_pk_to_url_str(User.objects.get(email=KNOWN))
        pages = {re.sub(rb"key/[^/\"]+", b"", without_csrf(link_of_a_reset(part).content)) for part in (there, "zzzz")}
        assert len(pages) == 1

    def test_the_second_step_is_reached_by_the_right_password_only(self) -> None:
        client = Client()
        login(KNOWN, client)
        assert client.get("/accounts/2fa/authenticate/").url == "/accounts/login/"
        client.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
        assert client.get("/accounts/2fa/authenticate/").status_code == 200  # negative control

    def test_the_second_step_opens_nothing_by_itself(self) -> None:
        client = Client()
        client.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
        paths = ["/members/", "/admin/", "/accounts/sessions/", "/accounts/2fa/", "/accounts/email/"]
        assert {client.get(path).url.split("?")[0] for path in paths} == {"/accounts/login/"}


class TestWork:
    @pytest.fixture
    def hashed(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Counts every password hash that is worked out."""
        work: list[int] = []
        encode = MD5PasswordHasher.encode

        def counted(self: Any, password: str, salt: str) -> str:
            work.append(1)
            return encode(self, password, salt)

        monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
        return work

    def test_a_wrong_login_hashes_as_often_for_everybody(self, hashed: list[int]) -> None:
        def times(email: str) -> int:
            hashed.clear()
            login(email)
            return len(hashed)

        assert times(KNOWN) == times(UNKNOWN) == times(RESTING) == 2  # Django's backend and allauth's

    def test_a_forgotten_password_writes_one_mail_for_everybody(self) -> None:
        def writes(email: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                forgotten(email)
            return sum(query["sql"].startswith("INSERT") for query in queries)

        assert writes(KNOWN) == writes(UNKNOWN) == writes(RESTING)
        assert sorted(mail.context["what"] for mail in Mail.objects.all()) == [
            "password_reset_key", "unknown_account", "unknown_account",
        ]  # fmt: skip

    def test_no_mail_is_sent_while_the_person_waits(self, mailoutbox: list[Any]) -> None:
        forgotten(KNOWN)
        assert (mailoutbox, Mail.objects.count()) == ([], 1)

    @pytest.mark.prove
    @pytest.mark.parametrize("ask", [login, forgotten])
    def test_the_time_tells_nothing(self, ask: Callable[[str], Any], settings: Any) -> None:
        """200 tries each, in turns, with the real hasher: the medians differ by less than a fifth."""
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        settings.ACCOUNT_RATE_LIMITS = False
        satisfy_mfa(make_user("member", email="argon@example.jp"))
        assert hashers.get_hasher().algorithm == "argon2"
        taken: dict[str, list[float]] = {"argon@example.jp": [], UNKNOWN: []}
        for _try in range(200):
            for email, times in taken.items():
                start = time.perf_counter()
                ask(email)
                times.append(time.perf_counter() - start)
        known, unknown = (statistics.median(times) for times in taken.values())
        print(f"{ask.__name__}: known {known * 1000:.1f} ms, unknown {unknown * 1000:.1f} ms")
        assert abs(known - unknown) / max(known, unknown) < 0.2


# How a request of one sender looks behind n proxies of ours; the first entries are what the sender wrote himself.
CHAINS: dict[int, Callable[[int], dict[str, str]]] = {
    0: lambda n: {"REMOTE_ADDR": "198.51.100.7", "HTTP_X_FORWARDED_FOR": f"10.0.0.{n}"},
    1: lambda n: {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": f"10.0.0.{n}, 198.51.100.7"},
    2: lambda n: {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": f"10.0.0.{n}, 198.51.100.7, 10.9.9.9"},
}


class TestRates:
    def wrong(self, proxies: int, email: str, n: int) -> bool:
        """Whether a wrong login was still looked at (and not refused for being one too many)."""
        page = login(email, **CHAINS[proxies](n)).content.decode()
        return "ちがうようです" in page

    @pytest.mark.parametrize("proxies", [0, 1, 2])
    def test_one_sender_gets_ten_tries_a_minute_whatever_he_claims(self, settings: Any, proxies: int) -> None:
        settings.TRUSTED_PROXIES = proxies
        looked_at = [self.wrong(proxies, f"guess{n}@example.jp", n) for n in range(60)]
        assert looked_at == [True] * 10 + [False] * 50

    @pytest.mark.parametrize("proxies", [0, 1, 2])
    def test_a_right_person_gets_in_from_elsewhere_and_later_from_there(
        self, settings: Any, proxies: int, frozen: Callable[[str], Any]
    ) -> None:
        settings.TRUSTED_PROXIES = proxies
        start = dates.now().replace(microsecond=0)
        frozen(start.isoformat())
        for n in range(20):
            self.wrong(proxies, f"guess{n}@example.jp", n)
        right = {"login": KNOWN, "password": PASSWORD}
        elsewhere = {name: value.replace("198.51.100.7", "203.0.113.5") for name, value in CHAINS[proxies](1).items()}
        assert Client().post("/accounts/login/", right, **CHAINS[proxies](1)).status_code == 200
        assert Client().post("/accounts/login/", right, **elsewhere).url == "/accounts/2fa/authenticate/"
        frozen((start + dt.timedelta(seconds=61)).isoformat())
        assert Client().post("/accounts/login/", right, **CHAINS[proxies](1)).url == "/accounts/2fa/authenticate/"

    def test_one_account_gets_five_tries_from_wherever(self, frozen: Callable[[str], Any]) -> None:
        start = dates.now().replace(microsecond=0)
        frozen(start.isoformat())
        looked_at = ["ちがうようです" in login(KNOWN, REMOTE_ADDR=f"203.0.113.{n}").content.decode() for n in range(8)]
        assert looked_at == [True] * 5 + [False] * 3
        frozen((start + dt.timedelta(minutes=5, seconds=1)).isoformat())
        right = Client().post("/accounts/login/", {"login": KNOWN, "password": PASSWORD}, REMOTE_ADDR="203.0.113.9")
        assert right.url == "/accounts/2fa/authenticate/"

    def test_digits_cannot_be_guessed(self) -> None:
        client = Client()
        client.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
        pages = [
            client.post("/accounts/2fa/authenticate/", {"code": f"{n:06d}"}, REMOTE_ADDR=f"203.0.113.{n}")
            for n in range(8)
        ]
        words = [page.context["form"].errors["code"][0] for page in pages]
        assert (len(set(words[:5])), len(set(words[5:])), words[0] == words[7]) == (1, 1, False)

    @override_settings(TRUSTED_PROXIES=2)
    def test_a_chain_that_is_too_short_is_no_error(self) -> None:
        response = login(KNOWN, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="10.0.0.1")
        assert response.status_code == 200

    def test_too_many_questions_get_a_page_in_plain_words(self) -> None:
        for _n in range(10):
            forgotten(UNKNOWN)
        response = forgotten(UNKNOWN)
        assert (response.status_code, "少し時間をおいて" in response.content.decode()) == (429, True)
        cache.clear()
        assert forgotten(UNKNOWN).status_code == 302
