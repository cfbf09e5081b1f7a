"""Six words open the room; whatever does not, answers alike, and not too often."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from django.views.debug import ExceptionReporter

from cms import throttle
from directory import codes
from directory.actions.consultations import erasing, holding, sending
from directory.actions.consultations.sending import Sent
from directory.enums import ConsultationState, Erased
from directory.models import Consultation, ConsultVisit
from directory.public.consult import cookies
from tests.access import without_csrf
from tests.factories.consultations import delete_as_told, make_counsellor, make_reception, send

pytestmark = pytest.mark.django_db

ROOM = "/consult/reply/"
NOON = "2026-12-03T12:00+09:00"
ELSEWHERE = "198.51.100.7"


def typed(sent: Sent) -> str:
    return " ".join(sent.code)


def enter(client: Client, words: str, **more: Any) -> Any:
    return client.post(ROOM, {"code": words, **more.pop("fields", {})}, **more)


def said(response: Any, words: str) -> tuple[int, bytes, dict[str, str]]:
    """All that a stranger can compare of an answer: without its CSRF token, and without their own words in it."""
    body = without_csrf(response.content).replace(escape(words).encode(), b"")
    headers = {name: value for name, value in response.items() if name not in ("Retry-After", "Content-Length")}
    return response.status_code, body, headers


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What went into the slow hash."""
    seen: list[str] = []
    original = codes.slow_keyed_hash

    def counting(value: str, *, purpose: str) -> str:
        seen.append(value)
        return original(value, purpose=purpose)

    monkeypatch.setattr(codes, "slow_keyed_hash", counting)
    return seen


def gone_in_every_way() -> dict[str, str]:
    """Words that opened a room once, and words that never did."""
    desk = make_reception().desk
    boss = make_counsellor(desk, "supervisor")
    deleted, held, withdrawn, expired = (send(desk) for _each in range(4))
    erasing.delete(consultation=deleted.consultation)
    holding.hold(by=boss, consultation=held.consultation, reason="law", until=dt.date(2027, 6, 1))
    assert delete_as_told(held.consultation) is False
    sending.take_back(consultation=withdrawn.consultation)
    for each, why in ((withdrawn, Erased.TIME), (expired, Erased.TIME)):
        erasing.destroy(each.consultation, why=why)
    assert [each.state for each in Consultation.objects.all()] == [ConsultationState.HELD]
    return {
        "never given": " ".join(codes.new_code()),
        "deleted": typed(deleted),
        "deleted and kept": typed(held),
        "withdrawn and erased": typed(withdrawn),
        "expired": typed(expired),
        "no words of the list": "ん" * 18,
        "too short": "さくら",
        "not even kana": "<script>'\x00;--",
        "nothing": "",
        "endless": "あ" * 100_000,
    }


def test_wrong_deleted_and_expired_answer_alike_after_the_same_work(
    frozen: Any, settings: Any, hashed: list[str]
) -> None:
    frozen(NOON)
    settings.THROTTLE_FACTOR = 100
    words = gone_in_every_way()
    enter(Client(), "まえもって")  # what this process reads once and keeps
    answers, questions = {}, {}
    for name, each in words.items():
        client = Client()
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            answers[name] = said(enter(client, each), each)
        questions[name] = ([query["sql"].split('code_hash" = ')[0] for query in asked], len(hashed))
        assert cookies.NAME not in client.cookies
    first = answers["never given"]
    assert first[0] == 422
    assert "この言葉では、部屋が開きませんでした" in first[1].decode()
    assert {name for name, answer in answers.items() if answer != first} == set()
    assert {name for name, asked in questions.items() if asked != questions["never given"]} == set()
    assert questions["never given"][1] == 1
    assert ConsultVisit.objects.count() == 0


def test_the_comparison_would_notice(frozen: Any, settings: Any) -> None:
    """Negative control: a page with another sentence, and the page without a mistake."""
    frozen(NOON)
    wrong = said(enter(Client(), "さくら"), "さくら")
    assert wrong != said(enter(Client(), "さくら", fields={"text": "x"}), "さくら")
    assert wrong != said(Client().get(ROOM), "")


@pytest.mark.parametrize("guesses", [60, pytest.param(1000, marks=pytest.mark.prove)])
def test_so_many_guesses_and_somebody_who_knows_the_words(frozen: Any, hashed: list[str], guesses: int) -> None:
    frozen(NOON)
    sent = send()
    hashed.clear()
    stranger, answers = Client(), set()
    for _guess in range(guesses):
        words = " ".join(codes.new_code())
        answers.add(said(enter(stranger, words), words)[:2])
    by_status = {status: body.decode() for status, body in answers}
    assert (len(answers), set(by_status)) == (2, {422, 429})
    assert len(hashed) == 10
    for number in ("tel:119", "tel:110", "/help/", ">12時1分</span>をすぎたら"):
        assert number in by_status[429]
    # From elsewhere meanwhile; from the same address when the minute is over, and not before.
    assert enter(Client(REMOTE_ADDR=ELSEWHERE), typed(sent)).status_code == 302
    refused = enter(Client(), typed(sent))
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert said(refused, typed(sent))[1].decode() == by_status[429]
    frozen("2026-12-03T12:01+09:00")
    assert enter(Client(), typed(sent)).status_code == 302


def test_sixty_an_hour(frozen: Any, hashed: list[str]) -> None:
    noon = dt.datetime.fromisoformat(NOON)
    answers = []
    for guess in range(80):
        frozen((noon + dt.timedelta(seconds=20 * guess)).isoformat())
        answers.append(enter(Client(), "さくら").status_code)
    assert (answers, len(hashed)) == ([422] * 60 + [429] * 20, 60)
    refused = enter(Client(), "さくら")
    assert ">13時</span>をすぎたら" in refused.content.decode()
    assert int(refused["Retry-After"]) == 60 * 60 - 79 * 20


def test_without_a_cache_the_door_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError

    sent = send()
    monkeypatch.setattr(throttle.cache, "add", down)
    assert [enter(Client(), "さくら").status_code for _each in range(12)] == [422] * 12
    assert enter(Client(), typed(sent)).status_code == 302


def test_the_words_open_the_room_however_they_are_typed(client: Client) -> None:
    sent = send(text="六つの言葉で読めるもの")
    katakana = "".join(sent.code).translate({n: n + 0x60 for n in range(ord("ぁ"), ord("ゖ") + 1)})
    for words in (typed(sent), "".join(sent.code), katakana):
        window = Client()
        response = enter(window, words)
        assert (response.status_code, response["Location"]) == (302, ROOM)
        cookie = response.cookies[cookies.NAME]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
            "/consult/",
            True,
            "Lax",
            "",
        )
        page = window.get(ROOM)
        assert "六つの言葉で読めるもの" in page.content.decode()
        assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("private, no-store", "noindex")
        assert "<title>返事を見る｜" in page.content.decode()


def test_another_room_in_the_same_browser_takes_the_place_of_the_first(client: Client) -> None:
    one, two = send(text="一つめの相談"), send(text="二つめの相談")
    enter(client, typed(one))
    first = client.cookies[cookies.NAME].value
    enter(client, typed(two))
    page = client.get(ROOM).content.decode()
    assert ("二つめの相談" in page, "一つめの相談" in page) == (True, False)
    assert ConsultVisit.objects.count() == 1
    old = Client()
    old.cookies[cookies.NAME] = first  # somebody who knew the cookie from before sees nothing
    assert "相談" not in old.get(ROOM).content.decode().split("<main")[1].split("</main")[0].replace("相談したい", "")


def test_an_hour_without_a_touch_and_the_room_is_closed(client: Client, frozen: Any) -> None:
    frozen(NOON)
    sent = send(text="閉じた部屋の中")
    enter(client, typed(sent))
    frozen("2026-12-03T12:50+09:00")
    assert "閉じた部屋の中" in client.get(ROOM).content.decode()
    frozen("2026-12-03T13:45+09:00")  # the hour began anew
    assert "閉じた部屋の中" in client.get(ROOM).content.decode()
    frozen("2026-12-03T14:46+09:00")
    assert "閉じた部屋の中" not in client.get(ROOM).content.decode()


def test_no_address_holds_words_or_a_consultation() -> None:
    names = ("reply", "more", "take_back", "delete", "close")
    assert [reverse(f"directory:consult_{name}") for name in names] == [
        ROOM, f"{ROOM}more/", f"{ROOM}take-back/", f"{ROOM}delete/", f"{ROOM}close/",
    ]  # fmt: skip


def test_neither_words_nor_text_reach_a_log_or_an_error_report(
    client: Client, caplog: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, reports = send(text="だれにも見せない文"), []

    def report(sender: Any, request: Any, **kwargs: Any) -> None:
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())

    got_request_exception.connect(report)
    client.raise_request_exception = False
    try:
        with caplog.at_level(logging.DEBUG):
            enter(client, typed(sent))
            monkeypatch.setattr("directory.queries.consultations.reply.piece_of", lambda *args: 1 / 0)
            assert client.get(ROOM).status_code == 500
            assert enter(client, typed(sent), fields={"text": "まだ送っていない文"}).status_code == 500
    finally:
        got_request_exception.disconnect(report)
    told = caplog.text + "".join(reports)
    assert len(reports) == 2
    assert [words for words in ("だれにも見せない文", "まだ送っていない文", *sent.code) if words in told] == []
