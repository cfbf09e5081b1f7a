"""Locked minutes: every road to a change is refused, by the models and once more by the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from tests.factories.minutes import WORDS, Scene, make_scene
from workshops.actions import confirming_minutes
from workshops.enums import MinutesState
from workshops.models import Consent, Erratum, Minutes, Paragraph
from workshops.models.minutes import Locked

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene("locked")


def changed(row: Any, **fields: Any) -> Any:
    """The row with other values, unsaved."""
    for name, value in fields.items():
        setattr(row, name, value)
    return row


#: Every way of writing that Django offers.
WAYS: dict[str, Callable[[Scene], Any]] = {
    "minutes.save": lambda s: changed(s.minutes, state=MinutesState.DRAFT).save(),
    "minutes.save of one field": lambda s: changed(s.minutes, sha256="0" * 64).save(update_fields=["sha256"]),
    "minutes.update": lambda s: Minutes.objects.filter(pk=s.minutes.pk).update(state=MinutesState.DRAFT),
    "minutes.update of all": lambda s: Minutes.objects.update(version=9),
    "minutes.bulk_update": lambda s: Minutes.objects.bulk_update([changed(s.minutes, version=9)], ["version"]),
    "minutes.delete": lambda s: s.minutes.delete(),
    "minutes.delete of many": lambda s: Minutes.objects.all().delete(),
    "minutes.update_or_create": lambda s: Minutes.objects.update_or_create(pk=s.minutes.pk, defaults={"version": 9}),
    "paragraph.save": lambda s: changed(s.paragraph, text="別の文").save(),
    "paragraph.update": lambda s: Paragraph.objects.filter(minutes=s.minutes).update(heading="別"),
    "paragraph.update of the words": lambda s: s.minutes.paragraphs.update(text="別の文"),
    "paragraph.bulk_update": lambda s: Paragraph.objects.bulk_update([changed(s.paragraph, text="別")], ["text"]),
    "paragraph.delete": lambda s: s.paragraph.delete(),
    "paragraph.delete of many": lambda s: s.minutes.paragraphs.all().delete(),
    "paragraph.create": lambda s: s.minutes.paragraphs.create(order=9, heading="足したもの"),
    "paragraph.bulk_create": lambda s: Paragraph.objects.bulk_create([Paragraph(minutes=s.minutes, order=9)]),
    "paragraph moved away": lambda s: changed(s.paragraph, minutes=make_scene().minutes).save(),
    "paragraph moved in": lambda s: changed(make_scene().paragraph, minutes=s.minutes).save(),
    "consent.create": lambda s: Consent.objects.create(minutes=s.minutes, user=s.member, version=1),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_models_refuse(scene: Scene, way: str) -> None:
    with pytest.raises(Locked):
        WAYS[way](scene)
    assert (scene.fresh().state, scene.paragraph.text, scene.minutes.is_intact()) == ("locked", WORDS, True)


#: Past the models, in plain SQL.
STATEMENTS = {
    "state": "UPDATE workshops_minutes SET state = 'draft'",
    "sum": "UPDATE workshops_minutes SET sha256 = 'x'",
    "delete": "DELETE FROM workshops_minutes",
    "heading": "UPDATE workshops_paragraph SET heading = 'x'",
    "order": 'UPDATE workshops_paragraph SET "order" = 77',
    "paragraph gone": "DELETE FROM workshops_paragraph",
    "erratum gone": "DELETE FROM workshops_erratum",
    "erratum's day": "UPDATE workshops_erratum SET written_at = '2020-01-01 00:00:00+00:00'",
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_database_refuses(scene: Scene, name: str) -> None:
    confirming_minutes.correct(by=scene.office, minutes=scene.minutes, text="週2回が正しい。")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name])
    assert scene.fresh().is_intact()


@pytest.mark.parametrize("name", [name for name in STATEMENTS if not name.startswith("erratum")])
def test_before_the_lock_the_same_statements_pass(name: str) -> None:
    """Otherwise the test above could not fail."""
    make_scene("confirmed", points=0)
    with transaction.atomic(), connection.cursor() as cursor:
        if name == "delete":
            cursor.execute("DELETE FROM workshops_paragraph")
        cursor.execute(STATEMENTS[name])
        assert cursor.rowcount == 1
        transaction.set_rollback(True)


def test_other_words_under_the_lock_are_noticed(scene: Scene) -> None:
    """Somebody with the key and the database could seal other words: the sum says so."""
    other = make_scene("confirmed").paragraph
    other.text = "別の文"
    other.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM workshops_paragraph WHERE id = %s", [other.pk])
        token = cursor.fetchone()[0]
        cursor.execute("UPDATE workshops_paragraph SET text = %s WHERE id = %s", [token, scene.paragraph.pk])
    assert scene.fresh().is_intact() is False


def test_keys_are_rotated_under_the_lock(scene: Scene, settings: Any, tmp_path: Any) -> None:
    """Sealed anew the words are the same: neither trigger nor sum minds."""
    call_command("rotate_keys", verbosity=0)
    assert scene.fresh().is_intact()


def test_errata_are_added_and_never_changed(scene: Scene) -> None:
    erratum = confirming_minutes.correct(by=scene.office, minutes=scene.minutes, text="週2回が正しい。")
    for way in (
        lambda: changed(erratum, text="別").save(),
        lambda: erratum.delete(),
        lambda: Erratum.objects.update(text="別"),
        lambda: Erratum.objects.all().delete(),
        lambda: Erratum.objects.bulk_update([changed(erratum, text="別")], ["text"]),
    ):
        with pytest.raises(Locked):
            way()
    assert [row.text for row in Erratum.objects.all()] == ["週2回が正しい。"]
