"""How it was: a face or words, without a name, once a registration."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from cms.models import AuditEvent
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops import keys
from workshops.actions import events
from workshops.models import Feedback, Occurrence, Registration

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def over(frozen: Any) -> tuple[Occurrence, str, str]:
    """(occurrence that ended yesterday, address of the feedback form, link of the registration)."""
    occurrence = make_occurrence(make_event(title="灯りの会"))
    receipt = make_registration(occurrence, name="ひみつの人")
    token = keys.feedback_token(occurrence.pk, receipt.registration.pk)
    frozen((occurrence.starts_at + DAY).isoformat())
    return occurrence, f"/registrations/{token}/feedback/", f"/registrations/{receipt.token}/"


def test_a_face_and_words_are_kept_without_a_way_back_to_the_person(client: Client, over: Any) -> None:
    occurrence, page, _link = over
    assert "ひみつの人" not in text(client.get(page))
    answer = client.post(page, {"mood": "4", "words": "また来たい", "may_quote": "on"})
    assert answer.status_code == 200
    assert "/places/" in text(answer)
    assert "/volunteer/" in text(answer)
    said = Feedback.objects.get()
    assert (said.occurrence, said.mood, said.words, said.may_quote) == (occurrence, 4, "また来たい", True)
    registration = Registration.objects.get()
    assert str(registration.pk) not in page + said.once
    row = AuditEvent.objects.get(action="feedback.given")
    assert row.target == f"workshops.occurrence:{occurrence.pk}"


def test_a_second_answer_is_thanked_and_not_kept(client: Client, over: Any) -> None:
    _occurrence, page, _link = over
    client.post(page, {"mood": "4"})
    assert "ありがとう" in text(client.post(page, {"mood": "1"}))
    assert "ありがとう" in text(client.get(page))
    assert [said.mood for said in Feedback.objects.all()] == [4]


def test_looking_keeps_nothing(client: Client, over: Any) -> None:
    answer = client.get(over[1])
    assert answer["Cache-Control"] == "private, no-store"
    assert Feedback.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "顔を一つえらぶか"),
        ({"mood": "9", "words": "のこる文字"}, "四つの中から"),
        ({"words": "あ" * 1001}, "1000文字まで"),
    ],
)
def test_bad_input_is_said_and_loses_nothing(client: Client, over: Any, fields: dict[str, str], sentence: str) -> None:
    answer = client.post(over[1], fields)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert fields.get("words", "")[:5] in text(answer)
    assert Feedback.objects.count() == 0


def test_who_left_no_address_finds_the_form_on_their_own_page(client: Client, over: Any) -> None:
    _occurrence, page, link = over
    assert page in text(client.get(link))


def test_before_the_end_and_a_month_later_there_is_no_form(client: Client, frozen: Any) -> None:
    occurrence = make_occurrence()
    receipt = make_registration(occurrence)
    page = f"/registrations/{keys.feedback_token(occurrence.pk, receipt.registration.pk)}/feedback/"
    assert "催しが終わってから" in text(client.get(page))
    assert "/feedback/" not in text(client.get(f"/registrations/{receipt.token}/"))
    client.post(page, {"mood": "4"})
    frozen((occurrence.starts_at + 31 * DAY).isoformat())
    assert "期間は終わりました" in text(client.get(page))
    client.post(page, {"mood": "4"})
    assert Feedback.objects.count() == 0


def test_nobody_says_how_it_was_when_it_was_called_off(client: Client, over: Any) -> None:
    occurrence, page, link = over
    events.call_off_date(occurrence=occurrence, by=None)
    client.post(page, {"mood": "4"})
    assert Feedback.objects.count() == 0
    assert "/feedback/" not in text(client.get(link))


@pytest.mark.parametrize("token", ["x", "1.abc:forged", "a" * 300, "あ"])
def test_forged_addresses_open_nothing(client: Client, over: Any, token: str) -> None:
    assert client.get(f"/registrations/{token}/feedback/").status_code == 404
    assert client.post(f"/registrations/{token}/feedback/", {"mood": "4"}).status_code == 404


def test_the_link_of_a_registration_is_no_key_to_the_form_nor_the_other_way_round(client: Client, over: Any) -> None:
    _occurrence, page, link = over
    assert client.get(link + "feedback/").status_code == 404
    assert client.get(page.removesuffix("feedback/")).status_code == 404
