"""The access log: one line for each reading, in one chain; hands laid on it are found; a budget for each reader."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from casebook.actions import eyes
from casebook.actions.eyes import BudgetSpent
from casebook.enums import Eye
from casebook.models import Access
from cms import chains
from cms.models import AuditEvent, BrokenChain, ChainHead
from directory.models import Notification
from tests.factories.cases import make_author, make_case, make_released
from tests.factories.chains import drop_triggers, run
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
LOG, HEADS, CHECKS = "casebook_access", "cms_chainhead", "cms_chaincheck"


@pytest.fixture
def reader() -> Any:
    return make_author()


@pytest.fixture
def log(reader: Any) -> list[Access]:
    """Six readings, and the triggers are gone."""
    case = make_case()
    rows = [eyes.note_reading(by=reader, case=case) for _number in range(6)]
    drop_triggers(LOG, HEADS, CHECKS)
    return rows


def found() -> tuple[str, int | None]:
    verdict = chains.verify(Access.CHAIN)
    return verdict.why, verdict.first_bad


def test_lines_say_who_what_how_and_when(reader: Any) -> None:
    case, ids = make_case(), [uuid.uuid4(), uuid.uuid4()]
    eyes.note_reading(by=reader, case=case)
    eyes.note_print(by=reader, case=case, copy="P-0001-AB")
    eyes.note_list(by=reader, cases=ids)
    eyes.note_list(by=reader, cases=ids[:1], how=Eye.SEARCH)
    eyes.note_export(by=reader)
    assert eyes.note_list(by=reader, cases=[]) is None
    lines = Access.objects.order_by("seq").values_list("seq", "how", "case", "cases", "copy")
    assert list(lines) == [
        (1, "view", case.pk, [], ""),
        (2, "print", case.pk, [], "P-0001-AB"),
        (3, "list", None, [str(pk) for pk in ids], ""),
        (4, "search", None, [str(ids[0])], ""),
        (5, "export", None, [], ""),
    ]
    assert set(Access.objects.values_list("user", "organization")) == {(reader.pk, reader.organization_id)}
    assert found() == ("", None)


def test_a_line_costs_four_questions(reader: Any) -> None:
    case = make_case()
    eyes.note_reading(by=reader, case=case)
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as queries:
            eyes.note_reading(by=reader, case=case)
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts == [4, 4]


def test_a_sound_log(log: list[Access]) -> None:
    """The negative control of all that follows."""
    assert found() == ("", None)


def test_a_changed_line(log: list[Access]) -> None:
    run(f'UPDATE {LOG} SET "user" = %s WHERE seq = 3', log[0].user + 1)
    assert found() == ("seal", 3)


@pytest.mark.parametrize(
    ("column", "value"),
    [("case", uuid.UUID(int=1).hex), ("organization", 9), ("how", "list"), ("at", "2026-01-01 00:00:00+00:00"),
     ("cases", '["x"]'), ("seal", "a" * 64)],
)  # fmt: skip
def test_every_column_is_sealed(log: list[Access], column: str, value: Any) -> None:
    run(f'UPDATE {LOG} SET "{column}" = %s WHERE seq = 3', value)
    assert found() == ("seal", 3)


@pytest.mark.parametrize(("place", "why"), [(1, "gap"), (3, "gap"), (6, "end")])
def test_a_line_taken_out(log: list[Access], place: int, why: str) -> None:
    run(f"DELETE FROM {LOG} WHERE seq = %s", place)
    assert found() == (why, place)


def test_a_line_taken_out_and_the_others_moved_up(log: list[Access]) -> None:
    run(f"DELETE FROM {LOG} WHERE seq = 3")
    for place in (4, 5, 6):
        run(f"UPDATE {LOG} SET seq = %s WHERE seq = %s", place - 1, place)
    assert found() == ("previous", 3)


def test_all_lines_taken_out(log: list[Access]) -> None:
    run(f"DELETE FROM {LOG}")
    assert found() == ("end", 1)


def test_a_line_put_in(log: list[Access]) -> None:
    columns = '"case", cases, "user", organization, how, copy, at, previous, seal'
    run(f"INSERT INTO {LOG} (seq, {columns}) SELECT 7, {columns} FROM {LOG} WHERE seq = 6")
    assert found() == ("beyond", 7)
    run(f"UPDATE {HEADS} SET seq = 7")
    assert chains.verify(Access.CHAIN).why == "previous"


def test_a_line_put_in_between(log: list[Access]) -> None:
    for place in (6, 5, 4):
        run(f"UPDATE {LOG} SET seq = %s WHERE seq = %s", place + 1, place)
    columns = '"case", cases, "user", organization, how, copy, at, previous, seal'
    run(f"INSERT INTO {LOG} (seq, {columns}) SELECT 4, {columns} FROM {LOG} WHERE seq = 3")
    assert found() == ("previous", 4)


def test_two_lines_swapped(log: list[Access]) -> None:
    for old, new in ((2, 99), (5, 2), (99, 5)):
        run(f"UPDATE {LOG} SET seq = %s WHERE seq = %s", new, old)
    assert found() == ("previous", 2)


def test_an_old_head_put_back(log: list[Access], reader: Any) -> None:
    old = ChainHead.objects.get(name=Access.CHAIN)
    eyes.note_reading(by=reader, case=make_case())
    assert found() == ("", None)
    run(f"UPDATE {HEADS} SET seq = %s, seal = %s, proof = %s WHERE name = %s", old.seq, old.seal, old.proof, old.name)
    assert found() == ("beyond", 7)
    run(f"DELETE FROM {LOG} WHERE seq = 7")
    assert found() == ("shorter", 7)  # an earlier check had seen seven


def test_on_a_broken_chain_nothing_is_shown(log: list[Access], reader: Any) -> None:
    run(f"UPDATE {HEADS} SET proof = %s", "a" * 64)
    with pytest.raises(BrokenChain):
        eyes.note_reading(by=reader, case=make_case())
    assert Access.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain() -> None:
    """No fork, no gap: each writer waits for the head."""
    readers = [make_user("member", email=f"r{number}@example.jp") for number in range(4)]
    case = make_case()

    def read(number: int) -> None:
        try:
            eyes.note_reading(by=readers[number % 4], case=case)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(read, range(24)))
    assert list(Access.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 25))
    assert found() == ("", None)


# --- the budget -------------------------------------------------------------------------------------


@pytest.fixture
def small(settings: Any) -> None:
    """Three are many, five are the end."""
    settings.CASES_AN_HOUR_ALARM, settings.CASES_AN_HOUR_STOP = 3, 5


def test_the_numbers_of_the_house(settings: Any) -> None:
    assert (settings.CASES_AN_HOUR_ALARM, settings.CASES_AN_HOUR_STOP) == (60, 200)


def news() -> list[str]:
    return list(Notification.objects.filter(kind__startswith="reading_").order_by("pk").values_list("kind", flat=True))


def test_many_readings_are_news_to_the_keepers_once_an_hour(small: None, frozen: Any, reader: Any) -> None:
    keeper, case = make_user("secretariat"), make_case()
    clock = frozen("2026-11-24T10:00+09:00")
    eyes.note_reading(by=reader, case=case)
    eyes.note_reading(by=reader, case=case)
    assert news() == []
    eyes.note_reading(by=reader, case=case)
    eyes.note_reading(by=reader, case=case)
    assert news() == ["reading_many"]
    row = Notification.objects.get(kind="reading_many")
    assert (row.user, row.target, row.codes) == (keeper, str(reader.pk), {"count": 3})
    clock.move_to("2026-11-24T11:30+09:00")
    for _number in range(3):
        eyes.note_reading(by=reader, case=case)
    assert news() == ["reading_many", "reading_many"]
    acts = AuditEvent.objects.filter(action="reading.many")
    assert list(acts.values_list("actor", flat=True)) == [str(reader.pk)] * 2


def test_at_the_limit_nothing_more_is_shown_or_written(small: None, reader: Any) -> None:
    make_user("secretariat")
    case = make_case()
    for _number in range(5):
        eyes.note_reading(by=reader, case=case)
    for _number in range(2):
        with pytest.raises(BudgetSpent):
            eyes.note_reading(by=reader, case=case)
    with pytest.raises(BudgetSpent):
        eyes.note_list(by=reader, cases=[case.pk])
    assert Access.objects.count() == 5
    assert news() == ["reading_many", "reading_stopped"]
    eyes.note_reading(by=make_author(), case=case)  # it is each person's own


def test_after_an_hour_it_goes_on(small: None, frozen: Any, reader: Any) -> None:
    clock, case = frozen("2026-11-24T10:00+09:00"), make_case()
    for _number in range(5):
        eyes.note_reading(by=reader, case=case)
    clock.move_to("2026-11-24T10:59:59+09:00")
    with pytest.raises(BudgetSpent):
        eyes.note_reading(by=reader, case=case)
    clock.move_to("2026-11-24T11:00+09:00")
    assert eyes.note_reading(by=reader, case=case).seq == 6


def test_a_page_of_a_list_counts_one(small: None, reader: Any) -> None:
    for _number in range(5):
        eyes.note_list(by=reader, cases=[uuid.uuid4() for _case in range(20)])
    with pytest.raises(BudgetSpent):
        eyes.note_list(by=reader, cases=[uuid.uuid4()])


def test_the_page_is_calm_and_shows_no_word(small: None, login: Any) -> None:
    client, user = login("member", organization=make_author().organization)
    case = make_released(headline="ZZ見出し")
    for _number in range(5):
        eyes.note_reading(by=user, case=case)
    answer = client.get(f"/members/cases/{case.pk}/")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "1時間に開ける数をこえました" in answer.content.decode()
    assert "ZZ見出し" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_below_the_limit_the_same_page_shows_it(login: Any) -> None:
    client, _user = login("member", organization=make_author().organization)
    assert "ZZ見出し" in client.get(f"/members/cases/{make_released(headline='ZZ見出し').pk}/").content.decode()


def test_a_log_that_cannot_be_written_shows_a_calm_page_and_no_word(login: Any) -> None:
    client, user = login("member", organization=make_author().organization)
    case = make_released(headline="ZZ見出し")
    eyes.note_reading(by=user, case=case)
    run(f"UPDATE {HEADS} SET proof = %s WHERE name = %s", "a" * 64, Access.CHAIN)
    answer = client.get(f"/members/cases/{case.pk}/")
    assert answer.status_code == 503
    assert "いまは、事例を開けません" in answer.content.decode()
    assert "ZZ見出し" not in answer.content.decode()
