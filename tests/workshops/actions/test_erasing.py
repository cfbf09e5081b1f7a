"""What was promised is kept: thirty days after the last day nothing personal is left."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories.events import make_occurrence, make_registration
from workshops import keys
from workshops.actions import feedback, links
from workshops.actions.capacity import recount
from workshops.actions.erasing import erase_due, erase_words
from workshops.actions.registrations import Receipt
from workshops.models import Answer, Occurrence, Question, Registration, RegistrationLink

pytestmark = pytest.mark.django_db


def test_on_its_day_a_registration_forgets_the_person_and_keeps_the_count(client: Client) -> None:
    occurrence = make_occurrence(unit="person")
    receipt = make_registration(
        occurrence, name="なぎ", people=2, companions=["そら"], supports=["edge"], note="静かな席", email="a@example.jp",
        phone="0000-00-0009",
    )  # fmt: skip
    day = receipt.registration.erase_on
    assert erase_due(on=day - dt.timedelta(days=1)) == 0
    assert Registration.objects.get().name == "なぎ"
    assert erase_due(on=day) == 1
    assert erase_due(on=day) == 0
    stored = Registration.objects.get()
    personal = (stored.name, stored.email, stored.phone, stored.companions, stored.supports, stored.note)
    assert personal == ("", None, None, None, None, None)
    assert (stored.email_hash, stored.party_size, recount(occurrence=occurrence)) == ("", 2, (2, 2))
    assert client.get(f"/registrations/{receipt.token}/").status_code == 404
    assert not Registration.objects.by_code(receipt.code).exists()


def test_the_nightly_purge_does_it(capsys: Any, frozen: Any) -> None:
    registration = make_registration().registration
    frozen(f"{registration.erase_on}T03:00+09:00")
    call_command("purge")
    assert '"registrations": 1' in capsys.readouterr().out
    assert Registration.objects.get().name == ""


def with_answers(occurrence: Occurrence, *kept_days: int) -> Receipt:
    """A registration that answered one question for each time of keeping."""
    asked = [Question.objects.create(event=occurrence.event, text=f"{days}日", kept_days=days) for days in kept_days]
    return make_registration(occurrence, answers={question.pk: question.text for question in asked})


def test_each_answer_goes_on_its_own_day_before_or_after_the_registration(frozen: Any) -> None:
    occurrence = make_occurrence()
    with_answers(occurrence, 0, 10, 60)
    left = {}
    for days in (0, 9, 10, 30, 60):
        frozen(f"{occurrence.ends_on + dt.timedelta(days=days)}T03:00+09:00")
        call_command("purge", stdout=StringIO())
        left[days] = sorted(answer.value for answer in Answer.objects.all())
    assert left == {0: ["10日", "60日"], 9: ["10日", "60日"], 10: ["60日"], 30: ["60日"], 60: []}
    assert Registration.objects.get().name == ""


def test_links_of_later_mails_go_with_the_registration(client: Client) -> None:
    registration = make_registration().registration
    path = links.new_link(registration).split("localhost", 1)[-1]
    path = path[path.index("/registrations/") :]
    assert client.get(path).status_code == 200
    visit = f"/registrations/{keys.visit(registration.pk)}/"
    assert client.get(visit).status_code == 200
    erase_due(on=registration.erase_on)
    assert RegistrationLink.objects.count() == 0
    assert client.get(path).status_code == 404
    assert client.get(visit).status_code == 404


def test_words_of_feedback_go_after_a_year_and_the_face_stays(frozen: Any, capsys: Any) -> None:
    occurrence = make_occurrence()
    frozen((occurrence.starts_at + dt.timedelta(days=1)).isoformat())
    said = feedback.say(occurrence=occurrence, once="o" * 40, mood=4, words="あたたかかった", may_quote=True)
    assert said.erase_on == occurrence.ends_on + dt.timedelta(days=365)
    assert erase_words(on=said.erase_on - dt.timedelta(days=1)) == 0
    frozen(f"{said.erase_on}T03:00+09:00")
    call_command("purge")
    assert '"feedback_words": 1' in capsys.readouterr().out
    said.refresh_from_db()
    assert (said.words, said.may_quote, said.mood) == (None, False, 4)


def test_who_came_is_still_counted(frozen: Any) -> None:
    occurrence = make_occurrence(unit="person")
    registration = make_registration(occurrence, people=3).registration
    Registration.objects.update(attended=2, checked_in_at=occurrence.starts_at)
    erase_due(on=registration.erase_on)
    stored = Registration.objects.get()
    assert (stored.attended, stored.checked_in_at, stored.seats) == (2, occurrence.starts_at, 3)


def test_nothing_personal_is_left_in_the_database_after_the_purge(frozen: Any) -> None:
    """A word is looked for in every column of the room, after proving that the search finds it before."""
    occurrence = make_occurrence()
    with_answers(occurrence, 5)
    make_registration(occurrence, name="みつかる名前", email="mitsukaru@example.jp", note="みつかるメモ")

    def found() -> bool:
        rows = [str(row) for model in (Registration, Answer) for row in model.objects.values_list()]
        return any("みつかる" in row or "mitsukaru" in row for row in rows)

    assert found()
    frozen(f"{occurrence.ends_on + dt.timedelta(days=31)}T03:00+09:00")
    call_command("purge", stdout=StringIO())
    assert not found()
    assert Answer.objects.count() == 0
