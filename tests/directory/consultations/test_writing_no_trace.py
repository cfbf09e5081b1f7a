"""What somebody writes stands in no address, log line, session, cache or table in the clear: begun, refused, sent, failed."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.views.debug import SafeExceptionReporterFilter

from cms.logs import LineFormatter
from directory.models import Consultation, ConsultVisit, Message
from directory.public.consult import posting
from tests.directory.consultations.test_writing import form_of, words_on
from tests.factories.consultations import make_reception
from tests.traces import dump, elsewhere, rows_as_they_lie

pytestmark = pytest.mark.django_db
CANARY = "ぬばたま七三九一"
TEXT = f"もう死にたい、{CANARY}"


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Any:
    """All that was logged, as it was meant and as our formatter writes it."""
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(f"{each.getMessage()} {LineFormatter().format(each)}" for each in caplog.records)


def holding_it(said: Any, *more: str) -> list[str]:
    """The places where the planted word is."""
    places = {
        "log": said(),
        "rows": rows_as_they_lie(),
        "dump": dump(),
        "elsewhere": elsewhere(),
        "more": " ".join(more),
    }
    return [name for name, text in places.items() if CANARY in text or quote(CANARY) in text]


def test_from_the_first_saving_to_the_six_words(client: Client, said: Any, settings: Any) -> None:
    settings.THROTTLE_FACTOR = 1000
    make_reception(people=2, receiving=True)
    form = {**form_of(client), "text": TEXT}
    client.post("/consult/save/", form)
    assert ConsultVisit.objects.get().draft["text"] == TEXT
    answers = [client.post("/consult/desk/", form), client.post("/consult/desk/", {"to": ""})]
    answers.append(client.post("/consult/", {**form, "text": TEXT * 1000}))
    assert holding_it(said) == []
    answers.append(client.post("/consult/", form))
    assert [answer.status_code for answer in answers] == [302, 302, 422, 302]
    words = words_on(client)
    addresses = [answer.headers.get("Location", "") for answer in answers]
    cookies = str(client.cookies)
    assert holding_it(said, *addresses, cookies) == []
    assert (Message.objects.get().text, Session.objects.count()) == (TEXT, 0)
    pair = " ".join(words[:2])
    assert pair not in rows_as_they_lie() + said() + elsewhere() + cookies  # nor do the words that lead back
    cache.set("x", CANARY)
    assert holding_it(said, CANARY) == ["elsewhere", "more"]  # the search finds what is there


def test_a_failure_tells_nothing(said: Any, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Even when the failure itself carries the words. Nothing is acknowledged, nothing lies there."""
    settings.THROTTLE_FACTOR = 1000
    make_reception(receiving=True)
    client = Client(raise_request_exception=False)
    form = {**form_of(client), "text": TEXT}
    seen: list[Any] = []

    def fail(**keywords: Any) -> None:
        raise RuntimeError(keywords["text"])

    def note(request: Any, *args: Any) -> Any:
        seen.append(request)
        return real(request, *args)

    real = posting.sent
    monkeypatch.setattr(posting.sending, "send", fail)
    monkeypatch.setattr(posting, "sent", note)
    answer = client.post("/consult/", form)
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert 'href="tel:119"' in answer.content.decode()
    assert holding_it(said) == []
    assert CANARY not in str(SafeExceptionReporterFilter().get_post_parameters(seen[0]))
    assert not Consultation.objects.exists()
