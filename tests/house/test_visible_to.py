"""Deny by default: taking out one `visible_to` must turn the access matrix red."""

import pytest

from casebook.models import Case
from directory.models import OpportunityQuestion
from tests.access import casebook as rows
from tests.access.directory import places
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


@pytest.mark.django_db
def test_questions_of_another_organisation_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    row = next(row for row in places.ROWS if row.route == "members:opportunities")
    assert list(faults_of(world, row)) == []
    world.question.organization = world.org_b
    world.question.save()
    answered = next(row for row in places.ROWS if row.route == "members:question_answered")
    assert [fault for fault in faults_of(world, answered) if "as orgadmin" in fault] != []
    monkeypatch.setattr(type(OpportunityQuestion.objects.all()), "visible_to", lambda self, user: self)
    assert [fault for fault in faults_of(world, answered) if "as orgadmin" in fault] == []
