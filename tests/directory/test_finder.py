"""The finder: filters, order, who answers meanwhile, dead ends, a constant number of queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.dates import JST
from directory.enums import BarrierFact, ChannelKind, Whose
from directory.hours import Light
from directory.queries import FinderFilters, board_at, find_desks
from directory.queries.finder import PAGE
from tests.factories.desks import make_desk, make_national
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

EVENING = dt.datetime(2026, 12, 3, 18, 40, tzinfo=JST)
NIGHT = dt.datetime(2026, 12, 3, 23, 30, tzinfo=JST)
CHAT = {"kind": ChannelKind.CHAT, "value": "https://chat.example.jp/", "no_voice": True, "anonymous": True}


def phone(hours: str, **more: Any) -> dict[str, Any]:
    return {"value": "0865-63-8515", "hours": hours, **more}


def names(filters: FinderFilters | None = None, at: dt.datetime = EVENING) -> list[str]:
    return [item.desk.name for item in find_desks(filters or FinderFilters(), at).items]


@pytest.fixture
def town() -> None:
    make_desk(phone("Mo-Fr 08:30-17:15; PH off"), name="昼", kana="あ", concerns=("k1",), for_family=True)
    make_desk(phone("Mo-Su 16:00-22:00", anonymous=True), name="夕", kana="い", concerns=("k1", "k2"))
    make_desk(phone("24/7"), name="いつも", kana="う", concerns=("k5",))
    make_desk({**CHAT, "hours": "Mo-Fr 13:00-19:00"}, name="文字", kana="え", age_min=15, age_max=30)
    make_desk(
        {"kind": ChannelKind.MAIL, "value": "a@example.jp", "no_voice": True}, name="手紙", kana="お", concerns=("k1",)
    )
    make_desk(phone("Mo-Su 09:00-21:00"), name="子ども", kana="か", age_max=18)


@pytest.mark.usefixtures("town")
def test_who_can_be_reached_now_comes_first_then_who_opens_next() -> None:
    assert names() == ["夕", "子ども", "いつも", "文字", "昼", "手紙"]
    lights = [item.light for item in find_desks(FinderFilters(), EVENING).items]
    assert lights == [Light.OPEN, Light.OPEN, Light.ALWAYS, Light.SOON, Light.CLOSED, Light.CLOSED]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (FinderFilters(now=True), ["夕", "子ども", "いつも", "文字"]),
        (FinderFilters(concerns=("k1",)), ["夕", "昼", "手紙"]),
        (FinderFilters(concerns=("k1", "k5")), ["夕", "いつも", "昼", "手紙"]),
        (FinderFilters(concerns=("k1",), now=True), ["夕"]),
        (FinderFilters(kinds=(ChannelKind.CHAT, ChannelKind.MAIL)), ["文字", "手紙"]),
        (FinderFilters(facts=(BarrierFact.NO_VOICE,)), ["文字", "手紙"]),
        (FinderFilters(facts=(BarrierFact.NO_VOICE, BarrierFact.ANONYMOUS)), ["文字"]),
        (FinderFilters(facts=(BarrierFact.NO_VOICE,), now=True), ["文字"]),
        (FinderFilters(whose=(Whose.FAMILY,)), ["昼"]),
        (FinderFilters(age=(65, 150)), ["夕", "いつも", "昼", "手紙"]),
        (FinderFilters(age=(0, 17)), ["子ども", "夕", "いつも", "文字", "昼", "手紙"]),
    ],
)
@pytest.mark.usefixtures("town")
def test_filters(filters: FinderFilters, expected: list[str]) -> None:
    assert names(filters) == expected


def test_wishes_hold_for_one_channel_and_its_hours() -> None:
    make_desk(phone("24/7"), {**CHAT, "hours": "Mo-Fr 10:00-12:00"}, name="電話は夜も、文字は昼だけ")
    found = find_desks(FinderFilters(facts=(BarrierFact.NO_VOICE,)), EVENING)
    assert [(item.desk.name, item.light) for item in found.items] == [("電話は夜も、文字は昼だけ", Light.CLOSED)]
    assert find_desks(FinderFilters(facts=(BarrierFact.NO_VOICE,), now=True), EVENING).dropped == ("facts",)
    assert find_desks(FinderFilters(), EVENING).items[0].light is Light.ALWAYS


def test_facts_of_two_channels_do_not_add_up() -> None:
    make_desk(phone("24/7", anonymous=True), {**CHAT, "anonymous": False, "hours": "24/7"}, name="別々")
    assert find_desks(FinderFilters(facts=(BarrierFact.NO_VOICE, BarrierFact.ANONYMOUS)), EVENING).dropped == ("facts",)


@pytest.mark.usefixtures("town")
def test_a_letter_box_lights_no_window() -> None:
    letters = next(item for item in find_desks(FinderFilters(), EVENING).items if item.desk.name == "手紙")
    assert (letters.state, letters.is_open, letters.main) == (None, False, None)
    assert [each.channel.href for each in letters.others] == ["mailto:a@example.jp"]


@pytest.mark.usefixtures("town")
def test_a_closed_card_names_who_answers_until_then() -> None:
    closed = next(item for item in find_desks(FinderFilters(), EVENING).items if item.desk.name == "昼")
    assert [desk.name for desk in closed.meanwhile] == ["夕", "いつも"]  # for everybody, not the children's line


@pytest.mark.usefixtures("town")
def test_no_dead_end_the_least_important_wish_goes_first() -> None:
    found = find_desks(FinderFilters(concerns=("k5",), age=(0, 17), whose=(Whose.FAMILY,), now=True), EVENING)
    assert (found.dropped, [item.desk.name for item in found.items]) == (("age", "whose"), ["いつも"])
    assert find_desks(FinderFilters(concerns=("k1",)), EVENING).dropped == ()


def test_nobody_local_is_open() -> None:
    make_desk(phone("Mo-Fr 08:30-17:15; PH off"), name="昼", concerns=("k1",))
    make_desk(phone("Mo-Su 16:00-22:00"), name="夕")
    make_national(by=make_user(), name="全国24時間")
    make_national(by=make_user(), confirmed=False, name="未確認")
    found = find_desks(FinderFilters(concerns=("k1",), now=True), NIGHT)
    assert found.nobody_here
    assert found.dropped == ("now",)  # the worry is kept: at night no other wish is to blame
    assert [item.desk.name for item in found.national] == ["全国24時間"]
    assert [item.desk.name for item in found.items] == ["昼"]
    assert found.bar is not None
    assert found.bar.desk.name == "全国24時間"
    nearest = found.board.next_opening
    assert nearest is not None
    assert (nearest.name, nearest.state.opens) == ("昼", dt.datetime(2026, 12, 4, 8, 30, tzinfo=JST))


@pytest.mark.usefixtures("town")
def test_the_board_counts_lit_windows() -> None:
    board = board_at(EVENING)
    assert [desk.name for desk in board.open_local] == ["夕", "いつも", "子ども", "文字"]
    assert (board.closed_local, board.always, board.open_national) == (1, True, [])
    assert [desk.name for desk in board_at(NIGHT).open_local] == ["いつも"]


def test_an_empty_city() -> None:
    found = find_desks(FinderFilters(now=True, concerns=("k1",)), EVENING)
    assert (found.items, found.total, found.page, found.bar, found.nobody_here) == ([], 0, 1, None, True)
    assert board_at(EVENING).next_opening is None


def test_pages() -> None:
    for number in range(PAGE + 3):
        make_desk(phone("24/7"), name=f"窓口{number:02}", kana=f"{number:02}")
    first, second, beyond = (find_desks(FinderFilters(), EVENING, page=page) for page in (1, 2, 999))
    assert (len(first.items), first.further, len(second.items), second.further) == (PAGE, 3, 3, 0)
    assert {item.desk.pk for item in first.items}.isdisjoint(item.desk.pk for item in second.items)
    assert beyond.page == 2


def queries(filters: FinderFilters) -> int:
    with CaptureQueriesContext(connection) as caught:
        for item in find_desks(filters, EVENING).items:
            assert item.desk.organization.name
            assert item.facts is not None
            assert item.others is not None
    return len(caught)


@pytest.mark.parametrize(
    "filters", [FinderFilters(), FinderFilters(concerns=("k1",), kinds=(ChannelKind.PHONE,), now=True)]
)
def test_the_number_of_queries_does_not_grow(filters: FinderFilters) -> None:
    make_desk(phone("24/7"), concerns=("k1",))
    make_national(by=make_user())
    few = queries(filters)
    for _number in range(8):
        make_desk(phone("24/7"), {**CHAT, "hours": "24/7"}, concerns=("k1", "k2"))
        make_national(by=make_user())
    assert queries(filters) == few == 5
