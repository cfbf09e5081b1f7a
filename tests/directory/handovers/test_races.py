"""Two people at one moment: one of them wins, the other hears that it is too late."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from cms.models import Mail
from directory.actions import handovers
from directory.actions.handovers import AlreadyAsked, TooLate
from directory.models import Handover
from tests.directory.handovers.scene import make_scene, registered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _matters() -> Iterator[None]:
    with registered():
        yield


def together(*deeds: Callable[[], Any]) -> Counter[str]:
    """All at one moment; how each ended."""
    gate = threading.Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> str:
        try:
            gate.wait()
            deed()
            return "done"
        except (TooLate, AlreadyAsked) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(one, deeds))


def test_taken_on_and_taken_back_at_once_one_wins() -> None:
    scene = make_scene()
    for _round in range(6):
        row = scene.propose()
        ended = together(
            lambda row=row: handovers.decline(by=scene.receiver, handover=row, reason="full"),  # type: ignore[misc]
            lambda row=row: handovers.withdraw(by=scene.asker, handover=row),  # type: ignore[misc]
        )
        assert ended == {"done": 1, "TooLate": 1}
        row.refresh_from_db()
        assert (row.state == "declined") is (row.answered_at is not None)


def test_accepted_and_withdrawn_at_once_the_end_is_always_whole() -> None:
    """Taken on first, it may still be taken back, with its reason; taken back first, it can no longer be taken on."""
    scene = make_scene()
    seen = Counter[tuple[str, bool]]()
    for _round in range(6):
        row = scene.propose()
        ended = together(
            lambda row=row: handovers.accept(by=scene.receiver, handover=row),  # type: ignore[misc]
            lambda row=row: handovers.withdraw(by=scene.asker, handover=row, reason="changed"),  # type: ignore[misc]
        )
        row.refresh_from_db()
        assert row.state == "withdrawn"
        assert (row.answered_at is not None) is (ended == {"done": 2}) is (row.reason == "changed")
        seen[(row.reason, row.answered_at is None)] += 1
    assert sum(seen.values()) == 6


def test_two_colleagues_answer_at_once() -> None:
    scene = make_scene()
    row = scene.propose()
    deeds = [lambda: handovers.accept(by=scene.receiver, handover=row)] * 4
    assert together(*deeds) == {"done": 1, "TooLate": 3}


def test_asked_twice_at_once_is_asked_once() -> None:
    scene = make_scene()
    assert together(scene.propose, scene.propose, scene.propose) == {"done": 1, "AlreadyAsked": 2}
    assert Handover.objects.count() == 1


def test_two_processes_remind_once(frozen: Callable[[str], Any]) -> None:
    frozen("2026-12-01T10:00+09:00")
    scene = make_scene()
    scene.propose()
    frozen("2026-12-08T10:00+09:00")
    deeds = [lambda: handovers.remind(timezone.now())] * 3
    assert together(*deeds) == {"done": 3}
    assert Mail.objects.filter(key__contains=":due:").count() == 1
    assert scene.receiver.notifications.filter(key__endswith=":due").count() == 1
