"""No text without a line: whatever page shows somebody else's case, the log has grown by a line that names it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from casebook.models import Access, Case
from tests.access import Row
from tests.access import casebook as rows
from tests.access.world import World
from tests.house.test_access_matrix import words_seen

WORDS = ("headline", "situation", "tried", "asked")


def case_of(world: World, word: str) -> Case | None:
    """The case of the world in which that canary stands; None for other words (offers, notes, cards)."""
    parts = word.split(".")
    found = getattr(world, parts[1], None) if parts[0] == "case" and parts[-1] in WORDS else None
    return found if isinstance(found, Case) else None


def named(lines: Any) -> set[str]:
    """Ids of the cases that these lines name."""
    return {str(line.case) for line in lines if line.case} | {pk for line in lines for pk in line.cases}


def unseen(world: World, row: Row) -> Iterator[str]:
    """Pages of this route that show a case without a line."""
    url = reverse(row.route, kwargs=row.kwargs(world))
    for actor, status in row.get.items():
        if status != 200:
            continue
        with transaction.atomic():
            last = Access.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
            response = world.clients[actor].get(url)
            shown = {case for word in words_seen(world, response) if (case := case_of(world, word))}
            lines = list(Access.objects.filter(seq__gt=last, user=world.users[actor].pk))
            transaction.set_rollback(True)
        for case in shown:
            if case.author_id != world.users[actor].pk and str(case.pk) not in named(lines):
                yield f"{row.route} shows {case.number} to {actor} without a line"


@pytest.mark.django_db
def test_no_text_without_a_line() -> None:
    world = World()
    faults = [fault for row in rows.ROWS for fault in unseen(world, row)]
    assert "\n".join(faults) == ""


@pytest.mark.django_db
def test_it_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    row = next(row for row in rows.ROWS if row.route == "members:case_detail")
    assert list(unseen(world, row)) == []
    monkeypatch.setattr("casebook.actions.eyes.note_reading", lambda **kwargs: None)
    assert list(unseen(world, row)) != []
