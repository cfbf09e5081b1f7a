"""Programme and questions: rows without JavaScript, errors beside their fields, answers never pulled away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories.events import make_event, make_occurrence, make_registration
from tests.workshops.staff.test_events import text
from workshops.actions.answers import keep_answers
from workshops.models import Answer, Event, Question, Session, Speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(login: Callable[..., Any]) -> Client:
    client: Client = login("publisher")[0]
    return client


@pytest.fixture
def event() -> Event:
    return make_event()


def posted(prefix: str, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Rows as the browser posts them; a row's "speakers" are rows within it."""
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": str(len(rows)),
        f"{prefix}-INITIAL_FORMS": str(sum("pk" in row for row in rows)),
    }
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name == "speakers":
                data |= posted(f"{prefix}-{number}-speakers", *value)
            else:
                data[f"{prefix}-{number}-{name}"] = value
    return data | more


def programme(client: Client, event: Event, *rows: dict[str, Any], **more: Any) -> Any:
    return client.post(f"/admin/events/{event.pk}/programme/", posted("parts", *rows, **more))


def questions(client: Client, event: Event, *rows: dict[str, Any], **more: Any) -> Any:
    return client.post(f"/admin/events/{event.pk}/questions/", posted("questions", *rows, **more))


TALK = {
    "title": "トークセッション", "begins": "13:30", "ends": "15:00", "subthemes": "一つめ\n二つめ", "order": "2",
    "speakers": [
        {"name": "野沢", "honorific": "氏", "affiliation": "植草学園大学"},
        {"name": "室井", "honorific": "さん", "bio": "経験のある人"},
        {"name": "", "honorific": "氏"},
    ],
}  # fmt: skip


def test_a_programme_with_speakers_is_kept_in_its_order(staff: Client, event: Event) -> None:
    door = {"title": "開場", "order": "1"}
    assert programme(staff, event, TALK, door, {"title": ""}).status_code == 302
    assert list(event.sessions.values_list("title", flat=True)) == ["開場", "トークセッション"]
    talk = Session.objects.get(title="トークセッション")
    assert (str(talk.begins), talk.subthemes) == ("13:30:00", ["一つめ", "二つめ"])
    assert [(str(each), each.affiliation, each.bio) for each in talk.speakers.all()] == [
        ("野沢氏", "植草学園大学", ""),
        ("室井さん", "", "経験のある人"),
    ]
    shown = staff.get(f"/admin/events/{event.pk}/programme/")
    assert "植草学園大学" in text(shown)
    assert programme(staff, event, TALK | {"pk": str(talk.pk), "remove": "on"}).status_code == 302
    assert not Session.objects.exists()
    assert not Speaker.objects.exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (TALK | {"title": ""}, "この部分の題を"),
        (TALK | {"ends": "12:00"}, "終わりが、始まりより前"),
        (TALK | {"begins": "ひる"}, "時刻"),
        (TALK | {"speakers": [{"name": "", "affiliation": "のこる文字"}]}, "お名前を"),
        (TALK | {"title": "あ" * 300}, "255"),
    ],
)
def test_a_broken_part_comes_back_whole(staff: Client, event: Event, row: dict[str, Any], sentence: str) -> None:
    answer = programme(staff, event, row | {"body": "のこる文字"})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "のこる文字" in text(answer)
    assert not Session.objects.exists()


def test_more_rows_and_a_part_of_another_event(staff: Client, event: Event) -> None:
    answer = programme(staff, event, {"title": "", "body": "のこる文字"}, more="1")
    assert answer.status_code == 200
    assert "parts-3-title" in text(answer)
    assert "のこる文字" in text(answer)
    foreign = Session.objects.create(event=make_event(), title="よその部")
    assert programme(staff, event, {"pk": str(foreign.pk), "title": "とった"}).status_code == 422
    foreign.refresh_from_db()
    assert foreign.title == "よその部"


def test_questions_are_kept_and_choices_are_lines(staff: Client, event: Event) -> None:
    rows = (
        {"text": "何色が好きですか", "kind": "choice", "choices": "あか\nあお", "required": "on", "kept_days": "0"},
        {"text": "ひとこと", "hint": "席をえらぶため", "kind": "short", "choices": "いらない\n行"},
    )
    assert questions(staff, event, *rows, {"text": ""}).status_code == 302
    names = ("text", "hint", "kind", "choices", "required", "kept_days")
    assert list(event.questions.values_list(*names)) == [
        ("何色が好きですか", "", "choice", ["あか", "あお"], True, 0),
        ("ひとこと", "席をえらぶため", "short", [], False, 30),
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"text": "色", "kind": "choice", "choices": "あか"}, "2行以上"),
        ({"text": "", "hint": "なぜ"}, "質問を書いて"),
        ({"text": "色", "kept_days": "400"}, "365"),
    ],
)
def test_a_broken_question_comes_back_whole(staff: Client, event: Event, row: dict[str, Any], sentence: str) -> None:
    answer = questions(staff, event, row)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Question.objects.exists()


def test_an_answered_question_is_retired_and_its_promise_cannot_change(staff: Client, event: Event) -> None:
    questions(staff, event, {"text": "色", "kept_days": "10"}, {"text": "形"})
    colour, shape = event.questions.all()
    registration = make_registration(make_occurrence(event)).registration
    keep_answers(registration, {colour.pk: "あか"})
    longer = {"pk": str(colour.pk), "text": "色", "kept_days": "99"}
    answer = questions(staff, event, longer)
    assert answer.status_code == 422
    assert "残す日数は変えられません" in text(answer)
    gone = [{"pk": str(each.pk), "text": each.text, "kept_days": "10", "remove": "on"} for each in (colour, shape)]
    assert questions(staff, event, *gone).status_code == 302
    assert list(Question.objects.values_list("text", "is_retired")) == [("色", True)]
    assert Answer.objects.count() == 1
    assert "もう聞いていない質問" in text(staff.get(f"/admin/events/{event.pk}/questions/"))


@pytest.mark.parametrize("role", ["secretariat", "member", "orgadmin", "admin"])
def test_only_communications_staff_come_here(login: Callable[..., Any], role: str, event: Event) -> None:
    client, _user = login(role)
    date = make_occurrence(event)
    for path in ("programme/", "questions/", "copy/", f"dates/{date.pk}/put-off/"):
        assert client.post(f"/admin/events/{event.pk}/{path}").status_code == 403
