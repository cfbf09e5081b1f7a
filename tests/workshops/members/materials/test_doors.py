"""The access matrix would notice if somebody forgot to ask who may see a material."""

from __future__ import annotations

import pytest

from tests.access import Row
from tests.access.workshops import materials as rows
from tests.access.world import World
from tests.house.test_access_matrix import faults_of
from workshops.models import Material, MaterialFile


def row(name: str) -> Row:
    return next(each for each in rows.ROWS if each.route == name)


@pytest.mark.django_db
def test_without_visible_to_the_matrix_is_red(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    monkeypatch.setattr(type(Material.objects.all()), "visible_to", lambda self, user: self)
    faults = list(faults_of(world, row("members:material")))
    assert any("shows material.purpose" in fault for fault in faults)
    assert any("shows material.title" in fault for fault in faults_of(world, row("members:materials")))


@pytest.mark.django_db
def test_without_visible_to_of_files_the_matrix_is_red(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    monkeypatch.setattr(type(MaterialFile.objects.all()), "visible_to", lambda self, user: self)
    assert any("as partner shows material.content" in fault for fault in faults_of(world, row("members:material_file")))
