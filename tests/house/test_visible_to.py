"""Deny by default: taking out one `visible_to` must turn the access matrix red."""

from typing import Any

import pytest

from casebook.models import Case
from cms import dates
from directory.models import CharterVersion, Notification, OpportunityQuestion
from tests.access import casebook as rows
from tests.access.directory import charter, notifications, places
from tests.access.workshops import circulars, minutes, studies
from tests.access.world import World
from tests.house.test_access_matrix import faults_of
from workshops.models import CircularFile, Decision, Minutes, StudySession


@pytest.mark.django_db
def test_without_visible_to_the_matrix_is_red(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in rows.ROWS if row.route == "members:case_detail")
    assert list(faults_of(world, row)) == []
    monkeypatch.setattr(type(Case.objects.all()), "visible_to", lambda self, user: self)
    faults = list(faults_of(world, row))
    assert any("shows case." in fault for fault in faults)
    assert any("200" in fault for fault in faults)


# Where a `visible_to` is taken out → the page that turns red, a word that gets out, to whom.
TAKEN_OUT = [
    (StudySession, studies, "members:study", "study.notes", "partner"),
    (Minutes, minutes, "members:minutes", "minutes.locked", "reviewer"),
    (Decision, minutes, "members:decisions", "decision.text", "reviewer"),
    (CircularFile, circulars, "members:circular_file", None, ""),
    (CharterVersion, charter, "members:rule_edit", None, ""),
    (Notification, notifications, "members:notifications", "", "member_b"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "rows_of", "route", "word", "actor"), TAKEN_OUT, ids=[row[2] for row in TAKEN_OUT])
def test_each_of_the_workspaces_nouns(
    world: World, monkeypatch: pytest.MonkeyPatch, model: Any, rows_of: Any, route: str, word: str | None, actor: str
) -> None:
    # The list shows the latest only, and what the other rooms made came later.
    Notification.objects.filter(pk=world.news.pk).update(created_at=dates.now())
    row = next(each for each in rows_of.ROWS if each.route == route)
    assert list(faults_of(world, row)) == []
    monkeypatch.setattr(type(model.objects.all()), "visible_to", lambda self, user: self)
    faults = list(faults_of(world, row))
    assert faults != []
    if word is not None:  # else other questions still hold the words back, and only the answer gives it away
        assert any(f"as {actor}" in fault and f"shows {word}" in fault for fault in faults)


@pytest.mark.django_db
def test_questions_of_another_organisation_would_be_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in places.ROWS if row.route == "members:opportunities")
    assert list(faults_of(world, row)) == []
    OpportunityQuestion.objects.filter(pk=world.question.pk).update(organization=world.org_b)
    answered = next(row for row in places.ROWS if row.route == "members:question_answered")
    assert [fault for fault in faults_of(world, answered) if "as orgadmin" in fault] != []
    monkeypatch.setattr(type(OpportunityQuestion.objects.all()), "visible_to", lambda self, user: self)
    assert [fault for fault in faults_of(world, answered) if "as orgadmin" in fault] == []
