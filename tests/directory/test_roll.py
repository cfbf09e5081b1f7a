"""The roll behind the finder: its counts are those of a plain search, and nothing written stays unseen."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cms.dates import JST
from directory.enums import BarrierFact, ChannelKind, Whose
from directory.models import Channel, Concern, ConsultationDesk
from directory.models.numbers import NumberHold
from directory.queries import FinderFilters, board_at, find_desks
from directory.queries.committed import look, still
from directory.queries.facets import facets_of
from directory.queries.roll import roll_of, tables
from tests.factories.desks import make_channel, make_desk
from tests.factories.people import make_user

EVENING = dt.datetime(2026, 12, 3, 18, 40, tzinfo=JST)
HOURS = ["24/7", "Mo-Fr 08:30-17:15; PH off", "Mo-Su 16:00-22:00", "Fr,Sa 20:00-02:00", ""]
KINDS = [ChannelKind.PHONE, ChannelKind.VISIT, ChannelKind.LETTER]
AGES = [(0, 17), (18, 29), (65, 150)]
CODES = ["k1", "k2", "k5"]


def town(dice: random.Random, desks: int) -> None:
    """Desks of every colour."""
    for number in range(desks):
        desk = make_desk(
            {"hours": dice.choice(HOURS)},
            concerns=tuple(dice.sample(CODES, dice.randrange(3))),
            kana=f"{dice.randrange(30):02}",
            for_self=dice.random() < 0.7,
            for_family=dice.random() < 0.5,
            age_min=dice.choice([None, 15]),
            age_max=dice.choice([None, 18, 39]),
            live=number % 10 != 9,
        )
        Channel.objects.all().filter(desk=desk).delete()
        for _way in range(dice.randrange(4)):
            facts = {fact.value: dice.random() < 0.5 for fact in BarrierFact}
            make_channel(desk, kind=dice.choice(KINDS), value="189", hours=dice.choice(HOURS), **facts)


def fits(desk: ConsultationDesk, wishes: FinderFilters) -> bool:
    """The plain truth, channel by channel."""
    codes = {concern.code for concern in desk.concerns.all()}
    low, high = wishes.age or (0, 999)
    channels = [each for each in desk.channels.all() if wishes.wants_channel(each)]
    if wishes.now:
        channels = [e for e in channels if e.is_live and (state := e.state(EVENING)) is not None and state.is_open]
    return (
        (not wishes.concerns or bool(codes & set(wishes.concerns)))
        and (not wishes.whose or any(getattr(desk, each.value) for each in wishes.whose))
        and (desk.age_min is None or desk.age_min <= high)
        and (desk.age_max is None or desk.age_max >= low)
        and (bool(channels) or not (wishes.kinds or wishes.facts or wishes.now))
    )


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_counts_are_those_of_a_plain_search(seed: int) -> None:
    dice = random.Random(seed)
    town(dice, 20)
    desks = list(ConsultationDesk.objects.public().prefetch_related("channels", "concerns"))

    def plain(wishes: FinderFilters) -> int:
        return sum(fits(desk, wishes) for desk in desks)

    for _question in range(12):
        concerns, whose = dice.sample(CODES, dice.randrange(3)), dice.sample(list(Whose), dice.randrange(2))
        kinds, facts = dice.sample(KINDS, dice.randrange(2)), dice.sample(list(BarrierFact), dice.randrange(3))
        now, age = dice.random() < 0.4, dice.choice([None, *AGES])
        wishes = FinderFilters(tuple(concerns), tuple(kinds), tuple(facts), tuple(whose), age, now)
        found = find_desks(wishes, EVENING)
        if not found.dropped:
            assert found.total == len(found.items) == plain(wishes)
        facets = facets_of(wishes, found.board, concerns=CODES, ages=AGES)

        def alone(name: str, value: Any, wishes: FinderFilters = wishes) -> int:
            return plain(FinderFilters(**{**vars(wishes), name: value}))

        assert facets.concerns == {code: alone("concerns", (code,)) for code in CODES}
        assert facets.kinds == {kind: alone("kinds", (kind,)) for kind in ChannelKind}
        assert facets.facts == {fact: alone("facts", (*facts, fact)) for fact in BarrierFact}
        assert facets.whose == {each: alone("whose", (each,)) for each in Whose}
        assert facets.ages == {each: alone("age", each) for each in (None, *AGES)}
        assert facets.now == alone("now", True)


def test_an_empty_roll() -> None:
    from directory.queries.roll import Roll, Rows

    roll = Roll(Rows([], [], []))
    assert (roll.local, roll.timed, roll.slots) == (0, 0, [])


def elsewhere(work: Callable[[], Any]) -> None:
    """Does it as another process would: with a connection of its own."""

    def run() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_whatever_another_process_writes_shows_at_once() -> None:
    desk = make_desk({"hours": "24/7"}, concerns=("k1",))
    channel, concern = desk.channels.get(), Concern.objects.get(code="k2")
    through = ConsultationDesk.concerns.through
    changes: list[tuple[Callable[[], Any], Callable[[], Any]]] = [
        (lambda: Channel.objects.update(hours="off"), lambda: len(board_at(EVENING).open_local)),
        (lambda: Channel.objects.update(hours="24/7"), lambda: len(board_at(EVENING).open_local)),
        (
            lambda: through.objects.update(concern=concern),
            lambda: find_desks(FinderFilters(concerns=("k2",)), EVENING).dropped,
        ),
        (
            lambda: NumberHold.objects.create(desk=desk, kind=channel.kind, value=channel.value),
            lambda: len(board_at(EVENING).open_local),
        ),
        (lambda: ConsultationDesk.objects.update(live=False), lambda: find_desks(FinderFilters(), EVENING).total),
    ]
    for write, answer in changes:
        before = answer()
        assert answer() == before
        elsewhere(write)
        assert answer() != before


@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_while_nothing_is_written() -> None:
    make_desk({"hours": "24/7"})
    first = roll_of()
    with CaptureQueriesContext(connection) as caught:
        assert roll_of() is first
    assert len(caught) <= 2  # PostgreSQL is asked for its snapshot; other databases of the server write as well
    make_desk({"hours": "24/7"})
    assert len(roll_of().names) == 2


def test_the_tables_it_rests_on_are_read_from_its_queries() -> None:
    assert {"directory_channel", "directory_concern", "directory_consultationdesk", "directory_numberhold"} < set(
        tables()
    )
    assert {"directory_consultationdesk_concerns", "directory_organization"} < set(tables())
    assert "directory_user" not in tables()


@pytest.mark.django_db(transaction=True)
def test_a_write_elsewhere_in_the_database_is_told_from_one_to_a_desk() -> None:
    desk = make_desk({"hours": "24/7"})
    seen = look(tables())
    assert seen is not None
    assert still(seen, tables()) is not None
    elsewhere(lambda: Concern.objects.filter(code="k9").delete())
    assert still(seen, tables()) is None  # a row less
    seen = look(tables())
    assert seen is not None
    elsewhere(lambda: make_user())
    if connection.vendor == "postgresql":
        name, snapshot = cast(tuple[str, str], seen.sign)
        newest = snapshot.split(":")[1]  # as if no other database of the server had a transaction open just then
        seen = replace(seen, sign=(name, f"{newest}:{newest}:"))
        assert still(seen, tables()) is not None
    elsewhere(lambda: ConsultationDesk.objects.filter(pk=desk.pk).update(name="ほかの名"))
    assert still(seen, tables()) is None
    with transaction.atomic():
        assert look(tables()) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_what_was_begun_before_the_look_and_committed_after_it_shows() -> None:
    desk = make_desk({"hours": "24/7"}, name="まえ")
    began, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            ConsultationDesk.objects.filter(pk=desk.pk).update(name="あと")
            began.set()
            assert go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert began.wait(10)
    assert [named.name for named in roll_of().names] == ["まえ"]
    go_on.set()
    writer.join()
    assert [named.name for named in roll_of().names] == ["あと"]


@pytest.mark.django_db(transaction=True)
def test_another_mans_write_does_not_take_it_apart_again(frozen: Any) -> None:
    make_desk({"hours": "24/7"})
    first = roll_of()
    elsewhere(lambda: Concern.objects.filter(code="k9").update(sort_order=7))
    assert roll_of() is first


@pytest.mark.django_db(transaction=True)
def test_an_organisation_that_ends_goes_without_a_write(frozen: Any) -> None:
    desk = make_desk({"hours": "24/7"})
    type(desk.organization).objects.update(ended_on=dt.date(2026, 12, 4))
    frozen("2026-12-03T23:59+09:00")
    assert len(roll_of().names) == 1
    frozen("2026-12-04T00:01+09:00")
    assert len(roll_of().names) == 0
