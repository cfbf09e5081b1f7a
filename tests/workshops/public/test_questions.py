"""The host's questions: every kind, checked beside its field, kept for as long as each one says, and changeable."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.events import make_event, make_registration
from tests.workshops.public.test_registrations import opened, send, text
from workshops.models import Answer, Event, Question, Registration

pytestmark = pytest.mark.django_db


def ask(event: Event, kind: str, **fields: Any) -> Question:
    fields.setdefault("text", f"質問{kind}")
    return Question.objects.create(event=event, kind=kind, order=event.questions.count(), **fields)


def one_of_each(event: Event, **fields: Any) -> dict[str, Question]:
    choices = {"choices": ["和室", "洋室"]}
    return {
        kind: ask(event, kind, **fields, **(choices if kind in ("choice", "multiple") else {}))
        for kind in ("short", "long", "choice", "multiple", "yes_no", "number")
    }


def test_every_kind_is_asked_kept_shown_and_changed(client: Client) -> None:
    event = make_event()
    asked = one_of_each(event, hint="席の用意のために", kept_days=10)
    page = text(client.get(f"/events/{event.slug}/register/"))
    assert page.count("席の用意のために。このこたえは、催しの10日後に消えます。") == 6
    said = {"short": "りんご", "long": "一行目\n二行目", "choice": "和室", "multiple": ["和室", "洋室"],
            "yes_no": "no", "number": "３人"}  # fmt: skip
    fields = {f"q{asked[kind].pk}": value for kind, value in said.items()}
    assert send(client, event, opened(client, event), **fields).status_code == 200
    kept = {answer.question.kind: answer.value for answer in Answer.objects.select_related("question")}
    assert kept == said | {"yes_no": False, "number": 3}
    registration = Registration.objects.select_related("occurrence").get()
    assert {answer.erase_on for answer in Answer.objects.all()} == {
        registration.occurrence.ends_on + dt.timedelta(days=10)
    }


def test_answers_are_edited_on_the_change_page(client: Client) -> None:
    event = make_event()
    asked = one_of_each(event)
    receipt = make_registration(
        event.occurrences.select_related("event").get(),
        answers={asked["short"].pk: "りんご", asked["choice"].pk: "和室", asked["yes_no"].pk: True},
    )
    page = f"/registrations/{receipt.token}/"
    assert "りんご" in text(client.get(page))
    form = text(client.get(page + "change/"))
    assert 'value="りんご"' in form
    fields = {f"q{asked['short'].pk}": "", f"q{asked['choice'].pk}": "洋室", f"q{asked['yes_no'].pk}": "no"}
    client.post(page + "change/", {"name": "なぎ", "people": "1", **fields})
    kept = {answer.question.kind: answer.value for answer in Answer.objects.select_related("question")}
    assert kept == {"choice": "洋室", "yes_no": False}


def test_a_choice_taken_away_and_a_retired_question_stay_for_who_answered(client: Client) -> None:
    event = make_event()
    choice = ask(event, "choice", choices=["和室", "洋室"])
    retired = ask(event, "short")
    receipt = make_registration(
        event.occurrences.select_related("event").get(), answers={choice.pk: "和室", retired.pk: "りんご"}
    )
    Question.objects.filter(pk=choice.pk).update(choices=["洋室"])
    Question.objects.filter(pk=retired.pk).update(is_retired=True)
    change = f"/registrations/{receipt.token}/change/"
    assert "りんご" in text(client.get(change))
    fields = {f"q{choice.pk}": "和室", f"q{retired.pk}": "みかん"}
    assert client.post(change, {"name": "なぎ", "people": "1", **fields}).status_code == 302
    assert sorted(str(answer.value) for answer in Answer.objects.all()) == ["みかん", "和室"]
    assert f'name="q{retired.pk}"' not in text(client.get(f"/events/{event.slug}/register/"))


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("short", "", "こたえが必要です"),
        ("short", "あ" * 201, "200文字まで"),
        ("long", "あ" * 1001, "1000文字まで"),
        ("choice", "", "どれかをえらんでください"),
        ("choice", "屋根裏", "もうえらべません"),
        ("multiple", [], "どれかをえらんでください"),
        ("multiple", ["屋根裏"], "もうえらべません"),
        ("yes_no", "maybe", "もうえらべません"),
        ("number", "たくさん", "0から9999までの数字"),
        ("number", "-1", "0から9999までの数字"),
        ("number", "10000", "0から9999までの数字"),
    ],
)
def test_a_wrong_answer_is_said_beside_the_field_and_loses_nothing(
    client: Client, kind: str, value: Any, sentence: str
) -> None:
    event = make_event()
    question = one_of_each(event)[kind]
    Question.objects.filter(pk=question.pk).update(required=True)
    answer = send(client, event, opened(client, event), note="のこる文字", **{f"q{question.pk}": value})
    assert answer.status_code == 422
    page = text(answer)
    assert sentence in page
    assert "のこる文字" in page
    if isinstance(value, str) and kind in ("short", "long", "number"):
        assert value[:20] in page
    assert Registration.objects.count() == 0


def test_a_question_of_another_event_is_not_answered(client: Client) -> None:
    event, other = make_event(), make_event()
    foreign = ask(other, "short")
    send(client, event, opened(client, event), **{f"q{foreign.pk}": "りんご"})
    assert Answer.objects.count() == 0


def test_asking_costs_the_same_however_many_questions(client: Client) -> None:
    few, many = make_event(), make_event()
    ask(few, "short")
    for _ in range(12):
        ask(many, "short")
    client.get(f"/events/{few.slug}/register/")
    counts = []
    for event in (few, many):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/events/{event.slug}/register/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
