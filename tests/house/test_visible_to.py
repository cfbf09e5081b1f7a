"""Deny by default: taking out one `visible_to` must turn the access matrix red."""

import pytest

from casebook.models import Case
from tests.access import casebook as rows
from tests.access.world import World
from tests.house.test_access_matrix import faults_of


@pytest.mark.django_db
def test_without_visible_to_the_matrix_is_red(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    row = next(row for row in rows.ROWS if row.route == "members:case_detail")
    assert list(faults_of(world, row)) == []
    monkeypatch.setattr(type(Case.objects.all()), "visible_to", lambda self, user: self)
    faults = list(faults_of(world, row))
    assert any("shows case." in fault for fault in faults)
    assert any("200" in fault for fault in faults)
