"""/places/: cards with the first day and the next dates, from hours and from events; never a dead end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.dates import JST
from directory.models import PlacesIndexPage
from directory.queries.places import PlaceFilters
from home.queries.places import find_places
from tests.factories.events import make_event
from tests.factories.people import make_organization
from tests.factories.places import make_opportunity, make_place

pytestmark = pytest.mark.django_db

NOW = "2026-11-22T13:00+09:00"  # a Sunday
AT = dt.datetime(2026, 11, 22, 13, 0, tzinfo=JST)


@pytest.fixture(autouse=True)
def _stopped(frozen: Callable[[str], Any]) -> None:
    frozen(NOW)


def text(client: Client, path: str) -> str:
    """The page, as one line."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_card_tells_the_first_day_and_the_next_dates(client: Client) -> None:
    make_place(
        name="夜のひろば", hours="Mo-Su 13:00-16:00", who_comes="ふだん3～6人", crowd_from=3, crowd_to=6,
        arriving="ベルはありません", talking="話さなくてよい席", leaving="いつでも", silence_ok=True, cost="free",
    )  # fmt: skip
    page = text(client, "/places/")
    assert "<strong>1か所</strong>が開きます" in page
    for words in ("いま開いています", "きょう 16時まで", "ふだん3～6人", "ベルはありません", "話さなくていい", "無料"):
        assert words in page
    assert '<span class="nb">あす（月）</span> <span class="nb">13時～16時</span>' in page
    assert page.count("<i></i>") == 3
    assert page.count('<i class="may"></i>') == 3


def test_next_dates_come_from_events_there_too(client: Client) -> None:
    host = make_organization()
    place = make_place(name="水辺のいえ", venue_name="水辺のいえ", organization=host, hours="We 13:00-16:00")
    at = dt.datetime(2026, 11, 24, 10, 0, tzinfo=JST)
    there = make_event(venue_name="水辺のいえ　和室", starts_at=at, title="編みものの会")
    make_event(venue_name="市民会館", starts_at=at, title="よその会")
    by_them = make_event(venue_name="中央公民館", starts_at=at, title="同じ人たちの会", host=host, times=3)
    make_event(venue_name="水辺のいえ", starts_at=at, title="下書きの会", live=False)
    item = find_places(PlaceFilters(), AT).items[0]
    assert [(when.start.day, when.title) for when in item.shown] == [(24, there.title), (25, ""), (2, "")]
    card = text(client, "/places/")
    assert f'<a href="/events/{there.slug}/">編みものの会</a>' in card
    assert "よその会" not in card
    page = text(client, place.get_absolute_url())
    assert page.count(f"/events/{by_them.slug}/") == 1  # a series is one card
    assert "同じ団体の、ほかの催し" in page
    assert "下書きの会" not in page


def test_online_places_take_the_online_events_of_the_same_people() -> None:
    host = make_organization()
    make_place(name="画面ごし", organization=host, venue_name="", is_online=True, hours="")
    at = dt.datetime(2026, 11, 27, 20, 0, tzinfo=JST)
    make_event(format="online", venue_name="", host=host, starts_at=at, title="夜の集まり")
    make_event(format="online", venue_name="", starts_at=at, title="ほかの人たち")
    item = find_places(PlaceFilters(), AT).items[0]
    assert [when.title for when in item.dates] == ["夜の集まり"]


def test_open_now_comes_first_then_the_next_date_then_the_unknown() -> None:
    for name, hours in (
        ("不明", ""),
        ("火曜", "Tu 10:00-12:00"),
        ("あす", "Mo 10:00-12:00"),
        ("いま", "Su 10:00-14:00"),
    ):
        make_place(name=name, hours=hours)
    make_place(name="いつも", hours="24/7")
    assert [item.place.name for item in find_places(PlaceFilters(), AT).items] == [
        "いま",
        "いつも",
        "あす",
        "火曜",
        "不明",
    ]


def test_filters_by_address_and_never_a_dead_end(client: Client) -> None:
    make_place(name="ここは畑", kind="work", hours="Mo 10:00-12:00", age_max=29)
    make_place(name="ここは食堂", kind="meal", hours="Su 12:00-14:00", with_children=True)
    found = {
        "?t=1": {"ここは食堂"}, "?k=w": {"ここは畑"}, "?d=1": {"ここは畑"}, "?f=f": {"ここは食堂"}, "?a=4": {"ここは食堂"},
        "?k=zzz&f=%22<b>&d=99&a=x&p=-1": {"ここは畑", "ここは食堂"},
    }  # fmt: skip
    for query, names in found.items():
        page = text(client, "/places/" + query)
        assert {name for name in ("ここは畑", "ここは食堂") if name in page} == names, query
    relaxed = text(client, "/places/?k=w&t=1")
    assert "ぜんぶに合う場所は、いまありません。" in relaxed
    assert "「どんなところ」をはずして" in relaxed
    assert "ここは食堂" in relaxed


def test_an_empty_list_leads_to_people(client: Client) -> None:
    page = text(client, "/places/")
    assert "まだ、居場所がのっていません。" in page
    assert 'href="/help/"' in page


def test_staffs_words_stand_over_the_list(client: Client) -> None:
    PlacesIndexPage.objects.update(title="いてもよいところ", introduction="ようこそ")
    page = text(client, "/places/")
    assert "<h1>いてもよいところ</h1>" in page
    assert "ようこそ" in page


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_max_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            text(client, "/places/")
        return len(asked)

    make_place()
    make_event()
    count()
    few = count()
    for _each in range(7):
        make_place(organization=make_organization())
        make_event(venue_name="福祉会館")
    assert count() == few


def test_the_page_tells_all_and_what_is_not_known(client: Client) -> None:
    place = make_place(
        name="畑", address="みなも市汐見町5", hours=AFTER, arriving="長ぐつがあります", asking="何も聞きません",
        assured_on=dt.date(2026, 5, 1), contact_phone="0865-63-8515", online_url="https://example.jp/x", is_online=True,
    )  # fmt: skip
    make_opportunity(title="水やり", place=place)
    make_opportunity(title="終わった水やり", place=place, open_until=dt.date(2026, 11, 1))
    page = text(client, place.get_absolute_url())
    for words in (
        "長ぐつがあります", "何も聞きません", "分かっていません。聞いてみてください。", "2026年（令和8年）5月1日", "内容を確認中",
        'href="tel:+81865638515"', "https://www.google.com/maps/search/?api=1&amp;query=", ">水やり</a>", "11月25日（水）",
    ):  # fmt: skip
        assert words in page, words
    assert "終わった水やり" not in page
    assert client.get("/places/nosuch1/").status_code == 404
    hidden = make_place(live=False)
    assert client.get(hidden.get_absolute_url()).status_code == 404


AFTER = "We 13:00-16:00"


def test_the_home_page_shows_where_to_go_and_its_second_door_leads_to_helping(client: Client) -> None:
    make_place(name="水辺", hours="Su 10:00-17:00", silence_ok=True)
    page = text(client, "/")
    assert "ふらっと行けるところ" in page
    assert "はじめての日のこと" in page
    assert 'class="door" href="/volunteer/"' in page


def test_search_finds_places_and_helping_and_narrows_to_them(client: Client) -> None:
    make_place(name="汐見の畑", kind="work")
    make_opportunity(title="畑の水やり")
    make_opportunity(title="畑の草とり", open_until=dt.date(2026, 11, 1))
    for query in ("?q=畑", "?q=畑&kind=w"):
        page = text(client, "/search/" + query)
        assert page.count('<li><p class="path">') == 2
        assert "草とり" not in page
