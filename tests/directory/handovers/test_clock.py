"""The day of the answer: a reminder to both, three days later the secretariat; once each, in the morning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from cms import outbox
from cms.models import AuditEvent, Mail
from cms.signals import ticking
from directory.actions import handovers
from directory.models import Handover, Pledge
from directory.queries.handovers import figures, overdue_at_the_office
from tests.directory.handovers.scene import KIND, lines, make_scene, registered
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
Clock = Callable[[str], Any]


@pytest.fixture(autouse=True)
def _matters() -> Iterator[None]:
    with registered():
        yield


def tick() -> int:
    return handovers.remind(timezone.now())


def test_reminders_come_once_each_and_never_at_night(frozen: Clock) -> None:
    frozen("2026-12-01T10:00+09:00")
    scene = make_scene()
    office = make_user("secretariat", organization=make_organization())
    row = scene.propose()
    moments = [
        ("2026-12-07T23:59+09:00", 0),  # six days later
        ("2026-12-08T03:00+09:00", 0),  # the day has come, but it is night
        ("2026-12-08T08:00+09:00", 1),
        ("2026-12-08T08:01+09:00", 0),
        ("2026-12-10T23:00+09:00", 0),
        ("2026-12-11T07:59+09:00", 0),
        ("2026-12-11T08:00+09:00", 1),
        ("2026-12-20T12:00+09:00", 0),
    ]
    for at, told in moments:
        frozen(at)
        assert (at, tick()) == (at, told)
    assert lines(scene.receiver) == [
        "Z9：引きつぎの返事の期限になりました。",
        "Z9：別の団体から、引きつぎの相談が届いています。",
    ]
    assert lines(scene.asker) == [
        "Z9：引きつぎの返事が、まだありません。取り下げて、別の団体にお願いすることもできます。",
        "Z9：引きつぎの返事がまだありません。電話でたずねてみてもよいころです。",
    ]
    assert lines(office) == ["Z9：引きつぎの返事が、長くとまっています。相手の団体にたずねてください。"]
    assert list(overdue_at_the_office(office)) == [row]
    assert not Handover.objects.visible_to(office).exists()
    late = Mail.objects.get(key__contains=":office:")
    assert outbox.may_still_send(late)
    handovers.accept(by=scene.receiver, handover=row)
    assert (outbox.may_still_send(late), lines(office), list(overdue_at_the_office(office))) == (False, [], [])
    assert AuditEvent.objects.filter(action__in=["handover.reminded", "handover.escalated"]).count() == 2


def test_an_answer_in_time_is_not_followed_by_anything(frozen: Clock) -> None:
    frozen("2026-12-01T10:00+09:00")
    scene = make_scene()
    handovers.accept(by=scene.receiver, handover=scene.propose())
    frozen("2026-12-20T10:00+09:00")
    assert tick() == 0


def test_somebody_of_the_secretariat_who_may_not_see_the_thing_is_told_nothing(frozen: Clock) -> None:
    frozen("2026-12-01T10:00+09:00")
    scene = make_scene()
    office = make_user("secretariat", organization=make_organization())
    scene.matter.organization = office.organization
    scene.matter.save()
    scene.propose()
    frozen("2026-12-12T10:00+09:00")
    assert tick() == 2
    assert (office.notifications.count(), list(overdue_at_the_office(office))) == (0, [])
    assert not Mail.objects.filter(key__contains=":office:").exists()


def test_while_nobody_may_see_the_thing_the_reminder_waits(frozen: Clock) -> None:
    frozen("2026-12-01T10:00+09:00")
    scene = make_scene()
    scene.propose()
    pledges = list(Pledge.objects.all())
    Pledge.objects.all().delete()
    frozen("2026-12-12T10:00+09:00")
    assert (tick(), Handover.objects.get().reminded_at) == (0, None)
    Pledge.objects.bulk_create(pledges)
    assert (tick(), tick()) == (2, 0)


def test_it_hangs_on_the_tick(frozen: Clock) -> None:
    frozen("2026-12-01T10:00+09:00")
    make_scene().propose()
    frozen("2026-12-08T10:00+09:00")
    done = [answer for _receiver, answer in ticking.send(sender=None, at=timezone.now())]
    assert {"handovers_reminded": 1} in done


def test_a_tick_asks_two_questions_when_nothing_is_due(
    frozen: Clock, django_assert_num_queries: Callable[[int], Any]
) -> None:
    frozen("2026-12-01T10:00+09:00")
    make_scene().propose()
    with django_assert_num_queries(2):
        assert tick() == 0


def test_how_well_things_are_taken_on(frozen: Clock) -> None:
    frozen("2026-12-01T10:00+09:00")
    scenes = [make_scene() for _ in range(5)]
    rows = [scene.propose() for scene in scenes]
    frozen("2026-12-01T12:00+09:00")
    handovers.accept(by=scenes[0].receiver, handover=rows[0])
    frozen("2026-12-01T20:00+09:00")
    handovers.accept(by=scenes[1].receiver, handover=rows[1])
    handovers.done(by=scenes[1].receiver, handover=rows[1])
    frozen("2026-12-02T10:00+09:00")
    handovers.decline(by=scenes[2].receiver, handover=rows[2], reason="full")
    handovers.withdraw(by=scenes[3].asker, handover=rows[3])
    first, end = dt.date(2026, 12, 1), dt.date(2027, 1, 1)
    early = figures(first, end, kind=KIND)
    assert (early.asked, early.accepted, early.declined, early.late, early.done) == (5, 2, 1, 0, 1)
    assert (early.median_hours, early.rate) == (10.0, 2 / 3)
    frozen("2026-12-10T10:00+09:00")
    assert (figures(first, end).late, figures(first, end).rate) == (1, 2 / 4)
    none = figures(dt.date(2026, 11, 1), first)
    assert (none.asked, none.rate, none.median_hours) == (0, None, None)
    assert figures(first, end, kind="other").asked == 0
