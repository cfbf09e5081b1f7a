"""The auditor's page: whole or not, who read what, no word of a case."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casebook.actions import eyes
from casebook.enums import Eye
from casebook.models import Access
from cms import chains
from cms.dates import jst
from tests.factories.cases import make_author, make_case
from tests.factories.chains import drop_triggers, run
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
ADDRESS = "/members/audit/"


@pytest.fixture
def auditor(login: Any) -> Client:
    client, _user = login("auditor")
    return client


@pytest.fixture
def read() -> dict[str, Any]:
    """Two people of two organisations have read two cases; one also saw both in a list."""
    one = make_author(name="岬 一", organization=make_organization(name="なぎさの家"))
    two = make_author(name="浜 二", organization=make_organization(name="とまり木"))
    first, second = make_case(headline="ZZ見出し"), make_case(headline="ZZ見出し")
    eyes.note_reading(by=one, case=first)
    eyes.note_print(by=two, case=second, copy="P-0001-AB")
    eyes.note_list(by=two, cases=[first.pk, second.pk])
    return {"one": one, "two": two, "first": first, "second": second}


def lines(client: Client, **query: Any) -> list[str]:
    """(person, how) of each line shown."""
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    return [f"{line.person} {line.how}" for line in answer.context["lines"]]


def test_every_line_with_names_and_numbers_and_no_word(auditor: Client, read: Any) -> None:
    answer = auditor.get(ADDRESS)
    shown = answer.content.decode()
    labels = [line.how for line in answer.context["lines"]]
    assert labels == [Eye.LIST.label, Eye.PRINT.label, Eye.VIEW.label]
    for words in ("なぎさの家", "とまり木", read["first"].number, "P-0001-AB"):
        assert words in shown
    assert "ZZ見出し" not in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (lambda r: {}, [2, 1, 0]),
        (lambda r: {"number": r["first"].number}, [2, 0]),
        (lambda r: {"number": r["second"].number.lower()}, [2, 1]),
        (lambda r: {"number": "Z9Z-999"}, []),
        (lambda r: {"person": r["one"].pk}, [0]),
        (lambda r: {"organization": r["two"].organization_id}, [2, 1]),
        (lambda r: {"how": "print"}, [1]),
        (lambda r: {"person": r["two"].pk, "how": "list"}, [2]),
        (lambda r: {"day": "2001-01-01"}, []),
        (lambda r: {"person": "x", "day": "yesterday"}, [2, 1, 0]),
    ],
)
def test_narrowed_down(auditor: Client, read: Any, query: Any, found: list[int]) -> None:
    answer = auditor.get(ADDRESS, query(read))
    assert [line.seq - 1 for line in answer.context["lines"]] == found


def test_a_day_is_a_day_in_japan(auditor: Client, read: Any) -> None:

    day = jst(Access.objects.get(seq=1).at).date().isoformat()
    assert len(lines(auditor, day=day)) == 3


def test_pages_keep_what_was_chosen(auditor: Client, read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casebook.members.audit.PAGE_SIZE", 1)
    shown = auditor.get(ADDRESS, {"organization": read["two"].organization_id, "page": 1, "x": "y"}).content.decode()
    assert f"?organization={read['two'].organization_id}&amp;page=2" in shown


def test_whether_the_records_are_whole(auditor: Client, read: Any) -> None:
    assert "まだ確かめていません" in auditor.get(ADDRESS).content.decode()
    head = chains.verify(Access.CHAIN).head
    shown = auditor.get(ADDRESS).content.decode()
    assert "そろっています" in shown
    assert head in shown
    drop_triggers("casebook_access")
    run('UPDATE casebook_access SET "user" = 1 WHERE seq = 2')
    chains.verify(Access.CHAIN)
    shown = auditor.get(ADDRESS).content.decode()
    assert "合わないところがあります" in shown
    assert "2行目から" in shown


def test_questions_do_not_grow_with_the_lines(auditor: Client, read: Any) -> None:
    counts = []
    for _round in range(3):
        eyes.note_reading(by=make_author(), case=make_case())
        with CaptureQueriesContext(connection) as queries:
            auditor.get(ADDRESS)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 20


@pytest.mark.parametrize("role", ["secretariat", "admin", "member", "editor"])
def test_nobody_else(login: Any, role: str) -> None:
    client, _user = login(role, organization=make_organization())
    assert client.get(ADDRESS).status_code == 403


def test_the_trail_of_acts_is_one_step_on(auditor: Client) -> None:
    assert "/members/audit/acts/" in auditor.get(ADDRESS).content.decode()
    assert auditor.get("/members/audit/acts/").status_code == 200
