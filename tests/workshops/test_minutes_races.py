"""Two people at one moment: one change goes in, nothing is confirmed over a change that has just come."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections

from tests.factories.minutes import WISH, make_scene, make_wish
from workshops.actions import amendments, confirming_minutes
from workshops.actions.minutes import Stale
from workshops.enums import AmendmentState, ConfirmBy, MinutesState
from workshops.models import Amendment, Minutes, Paragraph

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds: Callable[[], Any]) -> Counter[str]:
    """All at one moment; how each ended."""
    gate = threading.Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> str:
        try:
            gate.wait()
            deed()
            return "done"
        except (Stale, ValidationError, PermissionDenied) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(one, deeds))


def test_of_two_changes_to_one_paragraph_one_goes_in() -> None:
    scene = make_scene("amending")
    first, second = make_wish(scene), make_wish(scene, by=scene.other, text="まったく別の文。")
    version = scene.paragraph.version
    ended = together(
        lambda: amendments.take(by=scene.chair, amendment=first, text=WISH, version=version),
        lambda: amendments.take(by=scene.office, amendment=second, text="まったく別の文。", version=version),
    )
    assert ended == {"done": 1, "Stale": 1}
    taken = Amendment.objects.get(state=AmendmentState.TAKEN)
    row = Paragraph.objects.get(pk=scene.paragraph.pk)
    assert (row.text, row.version) == (taken.text, version + 1)


def test_confirmed_or_changed_never_both() -> None:
    for _round in range(4):
        scene = make_scene("amending", confirm_by=ConfirmBy.MEETING)
        together(
            lambda scene=scene: make_wish(scene),  # type: ignore[misc]
            lambda scene=scene: confirming_minutes.confirm(by=scene.office, minutes=scene.minutes),  # type: ignore[misc]
        )
        confirmed = Minutes.objects.get(pk=scene.minutes.pk).state == MinutesState.CONFIRMED
        waits = Amendment.objects.filter(minutes=scene.minutes, state=AmendmentState.OPEN).exists()
        assert confirmed is not waits
