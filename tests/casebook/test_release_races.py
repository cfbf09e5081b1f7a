"""Two people, or two clocks, at one moment: a case never goes out past its author, and its news goes out once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from casebook.actions import cases, release
from casebook.enums import CaseState
from casebook.models import ReviewDecision
from cms.models import AuditEvent
from directory.models import Notification
from tests.factories.cases import all_said, make_approved, make_author, make_reviewer, make_submitted

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def together(*deeds: Callable[[], Any]) -> Counter[str]:
    """All at one moment; how each ended."""
    gate = threading.Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> str:
        try:
            gate.wait()
            deed()
            return "done"
        except PermissionDenied:
            return "too late"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(one, deeds))


def test_released_and_taken_back_at_once_it_is_a_draft_or_goes_out_and_nothing_between() -> None:
    for _round in range(ROUNDS):
        case, reviewer = make_submitted(), make_reviewer()
        said = all_said(case)
        ended = together(
            lambda case=case, reviewer=reviewer, said=said: release.release(by=reviewer, case=case, said=said),  # type: ignore[misc]
            lambda case=case: cases.take_back_to_draft(by=case.author, case=case),  # type: ignore[misc]
        )
        case.refresh_from_db()
        assert ended["done"] >= 1
        assert case.state == CaseState.DRAFT  # taking back is also possible after the release, until the morning
        assert (case.released_by, case.opens_at, case.reviewer) == (None, None, None)


def test_two_reviewers_at_once_one_decides() -> None:
    case, one, other = make_submitted(), make_reviewer(), make_reviewer()
    said = all_said(case)
    ended = together(
        lambda: release.release(by=one, case=case, said=said),
        lambda: release.give_back(by=other, case=case, note="もう少し、おおまかに。"),
    )
    assert ended == {"done": 1, "too late": 1}
    assert ReviewDecision.objects.count() == 1


def test_two_clocks_open_a_case_once() -> None:
    reader = make_author()
    approved = [make_approved() for _number in range(3)]
    at = max(case.opens_at for case in approved if case.opens_at)
    together(*[lambda: release.open_due(at=at)] * 3)
    assert AuditEvent.objects.filter(action="case.opened").count() == len(approved)
    assert Notification.objects.filter(kind="case_shared", user=reader).count() == len(approved)


def test_taken_back_while_the_clock_strikes_it_opens_or_is_a_draft() -> None:
    for _round in range(ROUNDS):
        case = make_approved()
        at = case.opens_at
        assert at is not None
        together(
            lambda at=at: release.open_due(at=at),  # type: ignore[misc]
            lambda case=case: cases.take_back_to_draft(by=case.author, case=case),  # type: ignore[misc]
        )
        case.refresh_from_db()
        assert case.state in {CaseState.DRAFT, CaseState.RELEASED}
        assert (case.released_at is None) is (case.state == CaseState.DRAFT)
