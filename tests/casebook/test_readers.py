"""Who has read a case: names for the organisation that asks, a number for everybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from casebook.actions import eyes
from casebook.enums import Eye
from casebook.queries.eyes import eyes_on, readers
from tests.factories.cases import make_author, make_case, make_released
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Any:
    return make_released()


def shown(user: Any, case: Any) -> str:
    return render_to_string("casebook/members/case_readers.html", eyes_on(user, case))


def test_names_kinds_prints_and_when(case: Any, frozen: Any) -> None:
    one = make_author(name="岬 一", organization=make_organization(name="なぎさの家"))
    two = make_author(name="浜 二", organization=make_organization(name="とまり木"))
    clock = frozen("2026-11-23T15:50+09:00")
    eyes.note_reading(by=one, case=case)
    eyes.note_reading(by=two, case=case)
    clock.move_to("2026-11-24T18:41+09:00")
    eyes.note_print(by=two, case=case)
    eyes.note_print(by=two, case=case)
    eyes.note_reading(by=case.author, case=case)
    first, second = readers(case)
    assert (first.organization, first.name, first.prints) == ("とまり木", "浜 二", 2)
    assert first.kinds == [Eye.PRINT.label, Eye.VIEW.label]
    assert (second.organization, second.name, second.prints, second.more) == ("なぎさの家", "岬 一", 0, [])
    words = shown(case.author, case)
    for part in (
        'なぎさの家　<span class="nb">岬 一</span>',
        "きのう 15時50分",
        "きょう 18時41分",
        "印刷 2回。記録は消せません。",
    ):
        assert part in words


def test_nobody_yet(case: Any) -> None:
    words = shown(case.author, case)
    assert "印刷 0回。記録は消せません。" in words
    assert "まだ" in words


def test_a_colleague_of_the_author_sees_them_too(case: Any) -> None:
    reader = make_author(name="岬 一")
    eyes.note_reading(by=reader, case=case)
    assert "岬 一" in shown(make_user("member", organization=case.organization), case)


def test_others_see_a_number_and_that_they_are_seen(case: Any, frozen: Any) -> None:
    frozen("2026-11-24T18:41+09:00")
    one, two = make_author(name="岬 一"), make_author(name="浜 二")
    for reader in (one, two, two, case.author):
        eyes.note_reading(by=reader, case=case)
    words = shown(one, case)
    assert "<strong>2団体</strong>が読みました。あなたが読んだことも、きょう 18時41分の記録に残り" in words
    assert "岬 一" not in words
    assert "浜 二" not in words
    assert case.organization.name not in words
    assert "あなたが読んだことも" not in shown(make_author(), case)


def test_an_emergency_names_the_office_alone(case: Any) -> None:
    admin = make_user("admin", name="高瀬 学", organization=make_organization(name="みなも市"))
    eyes.note_reading(by=admin, case=case, how=Eye.GLASS)
    words = shown(case.author, case)
    assert "システム管理者（緊急の閲覧）" in words
    assert "高瀬 学" not in words


def test_nothing_before_it_is_shared() -> None:
    draft = make_case()
    assert eyes_on(draft.author, draft) == {}


def test_questions_do_not_grow(case: Any) -> None:
    counts: dict[str, list[int]] = {"own": [], "other": []}
    other = make_author()
    for _round in range(3):
        eyes.note_reading(by=make_author(), case=case)
        for name, user in (("own", case.author), ("other", other)):
            user.active_roles()
            with CaptureQueriesContext(connection) as queries:
                eyes_on(user, case)
            counts[name].append(len(queries))
    assert len(set(counts["own"][1:])) == len(set(counts["other"][1:])) == 1
