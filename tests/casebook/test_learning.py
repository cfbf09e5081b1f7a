"""Learning cards: a second pair of eyes, out together, and no way back to case or organisation."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, transaction

from casebook.actions import cases, learning
from casebook.actions.guarding import OpenFindings
from casebook.enums import CardState
from casebook.models import CARD_TEXTS, Case, LearningCard
from casebook.models import TEXTS as TEXTS_OF_CASE
from casebook.queries.learning import GIF, Wanted, as_gif, found_in, library, offered_for
from cms import dates
from cms.models import AuditEvent
from directory.models import Concern, Notification
from tests.factories.cards import CODED, TEXTS, make_card, make_closed, make_ready, make_shown
from tests.factories.cases import make_author, make_released, make_reviewer
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db

FIRST = dt.datetime(2027, 4, 1, 8, 1, tzinfo=dates.JST)


def card_of(case: Any, **changes: Any) -> LearningCard:
    return make_card(case=case, **changes)


# --- who may -------------------------------------------------------------------------------------------


def test_only_the_author_of_a_closed_case_writes_one() -> None:
    closed, running = make_closed(), make_released()
    for by, case in ((make_author(), closed), (running.author, running), (make_reviewer(), closed)):
        with pytest.raises(PermissionDenied):
            learning.hand_in(by=by, case=case, coded=CODED, texts=TEXTS)
    assert LearningCard.objects.count() == 0
    assert make_card(case=closed).state == CardState.WAITING


def test_the_second_pair_of_eyes_is_never_the_author() -> None:
    author = make_user("member", "reviewer", organization=make_organization())
    card = make_card(case=make_closed(author=author))
    assert list(LearningCard.objects.waiting_for(author)) == []
    for verb in (learning.accept, lambda **it: learning.give_back(note="短く", **it)):
        with pytest.raises(PermissionDenied):
            verb(by=author, card=card)
    assert learning.accept(by=make_reviewer(), card=card).state == CardState.READY


def test_given_back_and_handed_in_again() -> None:
    card, reviewer = make_card(), make_reviewer()
    author = card.author
    learning.give_back(by=reviewer, card=card, note="もう少し短く。")
    card.refresh_from_db()
    assert (card.state, card.reviewer_note) == (CardState.RETURNED, "もう少し短く。")
    with pytest.raises(PermissionDenied):
        learning.rewrite(by=make_author(), card=card, coded=CODED, texts=TEXTS)
    again = learning.rewrite(by=author, card=card, coded=CODED, texts={**TEXTS, "title": "短い題"})
    assert (again.state, again.reviewer_note, again.title) == (CardState.WAITING, None, "短い題")


@pytest.mark.parametrize("field", CARD_TEXTS)
def test_every_text_passes_the_guard(field: str) -> None:
    case = make_closed()
    with pytest.raises(OpenFindings):
        learning.hand_in(by=case.author, case=case, coded=CODED, texts={**TEXTS, field: "田中さんは090-1234-5678"})
    assert LearningCard.objects.count() == 0


def test_the_note_passes_the_guard_too() -> None:
    card = make_card()
    with pytest.raises(OpenFindings):
        learning.give_back(by=make_reviewer(), card=card, note="田中さんは090-1234-5678です")
    assert LearningCard.objects.get().state == CardState.WAITING


def test_the_author_takes_it_back_and_nothing_is_left() -> None:
    make_reviewer()
    card = make_card()
    with pytest.raises(PermissionDenied):
        learning.take_back(by=make_author(), card=card)
    assert Notification.objects.filter(target=str(card.pk)).exists()
    learning.take_back(by=card.author, card=card)
    assert (LearningCard.objects.count(), Notification.objects.filter(target=str(card.pk)).count()) == (0, 0)


def test_the_secretariat_takes_a_card_out_with_a_reason() -> None:
    card, secretariat = make_shown(), make_user("secretariat", organization=make_organization())
    for by in (make_author(), make_reviewer()):
        with pytest.raises(PermissionDenied):
            learning.retire(by=by, card=card, reason="outdated")
    learning.retire(by=secretariat, card=card, reason="recognised")
    card.refresh_from_db()
    assert (card.state, card.texts, card.words) == (CardState.RETIRED, dict.fromkeys(CARD_TEXTS, ""), None)
    assert list(library(make_author())) == []


def test_the_library_is_for_members_whose_organisation_stands() -> None:
    card, gone = make_shown(), make_organization()
    readers = [make_user(role, organization=make_organization()) for role in ("member", "partner", "colleague")]
    nobody = [make_user("editor"), make_user("admin"), make_user(), make_user("member", organization=gone)]
    gone.ended_on = dates.today()
    gone.save()
    assert [list(library(user)) for user in readers] == [[card]] * 3
    assert [list(library(user)) for user in nobody] == [[]] * 4
    waiting = make_card()
    assert waiting not in library(readers[0])


# --- together, on the first --------------------------------------------------------------------------------


def ready(number: int, on: dt.date) -> None:
    for _each in range(number):
        make_ready()
    LearningCard.objects.update(goes_out_on=on)


@pytest.mark.parametrize(
    ("number", "at", "shown"),
    [
        (3, dt.datetime(2027, 5, 1, 8, 1, tzinfo=dates.JST), 3),
        (3, dt.datetime(2027, 5, 1, 7, 59, tzinfo=dates.JST), 0),  # before the morning
        (2, dt.datetime(2027, 5, 1, 8, 1, tzinfo=dates.JST), 0),  # too few: they wait for others
        (1, FIRST, 1),  # the first of a quarter takes all
        (3, dt.datetime(2027, 4, 30, 23, 0, tzinfo=dates.JST), 0),
    ],
)
def test_cards_go_out_together(number: int, at: dt.datetime, shown: int) -> None:
    ready(number, dt.date(2027, 5, 1) if at.month != 4 or at.day == 30 else dt.date(2027, 4, 1))
    assert learning.show_due(at=at) == shown
    assert LearningCard.objects.filter(state=CardState.SHOWN).count() == shown
    assert learning.show_due(at=at) == 0


def test_what_is_accepted_on_the_first_waits_a_month() -> None:
    assert learning.first_of_next_month(dt.date(2027, 5, 1)) == dt.date(2027, 6, 1)
    assert learning.first_of_next_month(dt.date(2027, 12, 31)) == dt.date(2028, 1, 1)
    make_ready()
    assert learning.show_due(at=dates.now()) == 0


# --- no way back ----------------------------------------------------------------------------------------------


def everything_about(card: LearningCard) -> list[str]:
    """Every row of every table in which the card's number stands, as text; both spellings of the number."""
    wanted, rows = {str(card.pk), card.pk.hex}, []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                line = json.dumps([str(cell) for cell in row], cls=DjangoJSONEncoder)
                if any(each in line for each in wanted):
                    rows.append(f"{table} {line}")
    return rows


def shown_the_whole_way(frozen: Callable[[str], Any]) -> tuple[LearningCard, Any]:
    reviewer, case = make_reviewer(), make_closed()
    card = make_card(case=case)
    learning.give_back(by=reviewer, card=card, note="短く。")
    card.refresh_from_db()
    learning.rewrite(by=case.author, card=card, coded=CODED, texts=TEXTS)
    learning.accept(by=reviewer, card=card)
    learning.show_due(at=FIRST.replace(year=dates.today().year + 1))
    return LearningCard.objects.get(), case


def test_a_card_in_the_library_stands_in_its_own_row_alone(frozen: Callable[[str], Any]) -> None:
    card, case = shown_the_whole_way(frozen)
    found = everything_about(card)
    assert [line.split(" ")[0] for line in found] == ["casebook_learningcard"]
    for secret in (str(case.pk), case.pk.hex, case.number, case.organization.name, case.author.email):
        assert secret not in found[0]
    assert card.author_id is None
    times = {type(field).__name__ for field in LearningCard._meta.fields} & {"DateTimeField", "TimeField"}
    assert (times, card.goes_out_on) == (set(), None)


def test_control_while_it_waits_the_trace_is_there() -> None:
    make_reviewer()
    assert {line.split(" ")[0] for line in everything_about(make_card())} > {"casebook_learningcard"}


def test_the_trail_names_no_card(frozen: Callable[[str], Any]) -> None:
    shown_the_whole_way(frozen)
    rows = AuditEvent.objects.filter(action__startswith="card")
    assert list(rows.order_by("pk").values_list("action", "target")) == [
        ("card.handed_in", ""), ("card.given_back", ""), ("card.handed_in", ""), ("card.accepted", ""),
        ("cards.shown", ""),
    ]  # fmt: skip
    assert [row.codes for row in rows.exclude(action="cards.shown")] == [{}] * 4


def test_a_card_outlives_its_case_unchanged() -> None:
    case = make_closed()
    make_ready(case=case)
    before = LearningCard.objects.values().get()
    cases.withdraw(by=case.author, case=case)
    assert LearningCard.objects.values().get() == before


@pytest.mark.parametrize(
    "wrong",
    [{"state": CardState.SHOWN}, {"life_stage": "l4"}, {"state": CardState.READY}, {"author": None}],
)
def test_the_database_keeps_it_so(wrong: dict[str, Any]) -> None:
    card = make_card()
    with pytest.raises(IntegrityError), transaction.atomic():
        LearningCard.objects.filter(pk=card.pk).update(**wrong)


def test_texts_are_sealed_in_the_database() -> None:
    card = make_card(title="ひみつの題")
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, learned, tried, worked, hard, schemes, words FROM casebook_learningcard")
        sealed = cursor.fetchone()
    assert [value[:3] for value in sealed] == ["v1."] * 7
    assert str(card) == str(card.pk)


# --- what is offered, found, handed on ------------------------------------------------------------------------


def test_a_new_card_is_offered_coarse_codes_and_no_word() -> None:
    case = Case(
        life_stage="l4",
        concerns=["k3"],
        involved=["b0", "b3"],
        outcome="found",
        **dict.fromkeys(TEXTS_OF_CASE, "ことば"),
    )
    assert offered_for(case) == {
        "concerns": ["k3"],
        "life_stage": "m1",
        "bodies": ["b3"],
        "outcome": "found",
        "fiscal_year": dates.fiscal_year(dates.today()),
    }


def test_names_of_the_framework() -> None:
    """GIF 事例: every field of a card has its name there, and none is invented."""
    official = {
        "タイトル", "実施年", "場所", "対象組織", "テーマ", "取り組み理由", "目的", "挑戦したこと", "内容", "学んだこと", "成果",
        "導入での工夫", "制約条件", "普及", "持続させる仕組み", "評価の方法", "利用した制度", "協力者",
    }  # fmt: skip
    assert set(GIF) < official
    assert set(GIF.values()) == {*CARD_TEXTS, "fiscal_year", "concerns", "outcome", "bodies"}
    Concern.objects.get_or_create(code="k3", defaults={"name": "外に出にくい"})
    said = as_gif(make_shown(hard="", concerns=["k3"]))
    assert said["学んだこと"] == TEXTS["learned"]
    assert said["協力者"] == ["NPO・市民団体"]
    assert "制約条件" not in said


def test_the_search_opens_what_one_may_see() -> None:
    reader = make_author()
    found, other = (
        make_shown(),
        make_shown(title="朝の電話", learned="声をかわすこと。", tried="電話。", worked="", hard="", schemes=""),
    )
    make_card(title="手伝いの手前")
    assert found_in(library(reader), "手伝い") == [found.pk]
    assert found_in(library(reader), "てつだい") == [found.pk]
    assert found_in(library(reader), "電話") == [other.pk]
    assert found_in(library(reader), "手伝い 電話") == []
    assert set(found_in(library(reader), "")) == {found.pk, other.pk}
    assert found_in(library(make_user()), "手伝い") == []


def test_codes_narrow_it_down() -> None:
    reader, one = make_author(), make_shown()
    other = make_shown(concerns=["k1"], bodies=["b1", "b9"], life_stage="", outcome="none")
    assert list(library(reader, Wanted(concern="k3"))) == [one]
    assert list(library(reader, Wanted(body="b9"))) == [other]
    assert list(library(reader, Wanted(stage="m1", outcome="found"))) == [one]
    assert list(library(reader, Wanted(stage="m1", outcome="none"))) == []
