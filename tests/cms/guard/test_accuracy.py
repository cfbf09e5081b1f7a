"""Floors under what the guard finds, a little below what was measured, so that no rule is lost unnoticed."""

from __future__ import annotations

import pytest
from django.conf import settings

from benchmarks.guard_accuracy import documents, halves, score

FLOORS = {  # (recall, precision of characters, share of clean texts with a false alarm)
    "pii_second_set.jsonl": ((0.97, 0.95, 0.08), (0.97, 0.95, 0.08)),
    "pii_third_set.jsonl": ((0.96, 0.93, 0.20), (0.96, 0.93, 0.20)),
    "pii_fourth_set.jsonl": ((0.96, 0.92, 0.13), (0.92, 0.93, 0.15)),
    "pii_fifth_set.jsonl": ((0.86, 0.88, 0.40), (0.72, 0.90, 0.30)),
}


def test_the_evaluation_set() -> None:
    path = settings.SHARED_DATA / "eval" / "pii.jsonl"
    if not path.exists():
        pytest.skip("no evaluation set at hand")
    found = score(documents(path))
    assert (found["recall"] >= 0.98, found["precision"] >= 0.95, found["false_alarms"] <= 1) == (True, True, True)


@pytest.mark.parametrize("name", FLOORS)
@pytest.mark.parametrize("half", [0, 1], ids=["first half", "second half"])
def test_the_further_sets(name: str, half: int) -> None:
    recall, precision, alarms = FLOORS[name][half]
    found = score(halves(name)[half])
    assert found["recall"] >= recall
    assert found["precision"] >= precision
    assert found["false_alarms"] <= alarms * found["clean"]
