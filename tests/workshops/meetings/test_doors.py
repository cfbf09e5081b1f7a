"""The access matrix would notice if the `visible_to` of meetings were taken out."""

from __future__ import annotations

import pytest

from tests.access.workshops import meetings as rows
from tests.access.world import World
from tests.house.test_access_matrix import faults_of
from workshops.models import Meeting

pytestmark = pytest.mark.django_db


def test_without_visible_to_or_kept_by_the_matrix_is_red(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    page, bench = (next(row for row in rows.ROWS if row.route == name) for name in NAMES)
    monkeypatch.setattr(type(Meeting.objects.all()), "visible_to", lambda self, user: self)
    assert any("shows meeting." in fault for fault in faults_of(world, page))
    assert list(faults_of(world, bench)) == []
    monkeypatch.setattr(type(Meeting.objects.all()), "kept_by", lambda self, user: self)
    assert any("shows wanted.why" in fault for fault in faults_of(world, bench))


NAMES = ("members:meeting", "members:meeting_agenda")
