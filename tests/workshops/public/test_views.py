"""The list of events and the month as a table."""

import datetime as dt
import re

import pytest
from django.test import Client

from cms.dates import JST
from tests.factories.events import make_event
from tests.workshops.importing.tables import table
from workshops.actions.events import call_off
from workshops.actions.importing import import_rows
from workshops.importing.rows import read_events
from workshops.models import Event, EventIndexPage, Occurrence

pytestmark = pytest.mark.django_db
NOW = "2026-12-03T18:40+09:00"


def at(day: int, hour: int = 15, month: int = 12, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=JST)


def titles(client: Client, path: str) -> list[str]:
    """Titles of the cards, in order."""
    html = client.get(path).content.decode()
    return re.findall(r"<h3><a [^>]*>([^<]+)</a></h3>", html)


def many(number: int, **cells: str) -> None:
    rows = [{"title": f"催し{count}", "start_date": "2026-12-20", "end_date": ""} | cells for count in range(number)]
    import_rows(reading=read_events(table(*rows)), by=None)


def test_the_list_shows_what_is_coming_soonest_first(client: Client, frozen) -> None:
    frozen(NOW)
    make_event(title="あと", starts_at=at(20))
    make_event(title="さき", starts_at=at(5))
    make_event(title="おわった", starts_at=at(1))
    make_event(title="けさ", starts_at=at(3, 9))
    make_event(title="下書き", starts_at=at(6), live=False)
    assert titles(client, "/events/") == ["さき", "あと"]


def test_what_runs_for_months_stands_behind_what_is_only_today(client: Client, frozen) -> None:
    frozen(NOW)
    long = make_event(title="展示", starts_at=at(1, 9, month=6))
    Occurrence.objects.filter(event=long).update(ends_at=at(20), ends_on=dt.date(2026, 12, 20))
    make_event(title="今夜", starts_at=at(3, 19))
    make_event(title="あす", starts_at=at(4))
    assert titles(client, "/events/") == ["今夜", "展示", "あす"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?k=family", ["親子"]),
        ("?f=online", ["画面"]),
        ("?p=free", ["ただ"]),
        ("?m=2026-11", ["前の月"]),
        ("?d=2026-12-06", ["親子"]),
        ("?k=family&f=online", []),
        ("?k=nonsense&d=2026-02-30&m=x&page=99&p=1", ["親子", "画面", "ただ"]),
    ],
)
def test_narrowing_down(client: Client, frozen, query: str, found: list[str]) -> None:
    frozen(NOW)
    make_event(title="前の月", starts_at=at(6, month=11))
    make_event(title="親子", starts_at=at(6), kind="family")
    make_event(title="画面", starts_at=at(7), format="both")
    make_event(title="ただ", starts_at=at(8), fee_text="無料")
    assert titles(client, f"/events/{query}") == found


def test_the_introduction_of_the_index_page_is_shown(client: Client) -> None:
    EventIndexPage.objects.update(title="みなもの催し", introduction="ひとりで来る方が、いちばん多い集まりです。")
    html = client.get("/events/").content.decode()
    assert "<h1>みなもの催し</h1>" in html
    assert "ひとりで来る方が、いちばん多い集まりです。" in html


def test_an_empty_list_says_so_and_leads_on(client: Client) -> None:
    html = client.get("/events/?k=family").content.decode()
    assert 'class="empty"' in html
    assert 'href="/events/"' in html


def test_pages_of_twenty(client: Client, frozen) -> None:
    frozen(NOW)
    many(45)
    assert [len(titles(client, f"/events/?page={number}")) for number in (1, 2, 3)] == [20, 20, 5]


def test_the_month_is_a_table_from_sunday(client: Client, frozen) -> None:
    frozen(NOW)
    event = make_event(title="ひだまり食堂", starts_at=at(12))
    html = client.get("/events/2026/12/").content.decode()
    assert re.findall(r'<th scope="col"[^>]*>(.)</th>', html) == list("日月火水木金土")
    assert html.count("<td") == 35
    assert '<td class="today"><span class="d"><b>3</b>' in html
    assert '<td class="sat"><span class="d">12' in html
    assert f'<div class="titles"><a href="/events/{event.slug}/">' in html
    assert 'href="#d12"' in html
    assert html.count('id="d12"') == 1


def test_every_anchor_of_the_table_is_there(client: Client, frozen) -> None:
    frozen(NOW)
    short = make_event(title="二日", starts_at=at(12))
    Occurrence.objects.filter(event=short).update(ends_at=at(13), ends_on=dt.date(2026, 12, 13))
    over = make_event(title="月をまたぐ", starts_at=at(30, month=11))
    Occurrence.objects.filter(event=over).update(ends_at=at(1), ends_on=dt.date(2026, 12, 1))
    html = client.get("/events/2026/12/").content.decode()
    anchors = set(re.findall(r'href="#(d\d+)"', html))
    assert anchors == {"d1", "d12"}
    assert anchors == set(re.findall(r'id="(d\d+)"', html))


def test_called_off_and_full_say_so_in_words(client: Client, frozen) -> None:
    frozen(NOW)
    call_off(event=make_event(title="散歩会", starts_at=at(20)), by=None)
    full = make_event(title="食堂", starts_at=at(12), capacity=1)
    Occurrence.objects.filter(event=full).update(taken=1)
    html = client.get("/events/2026/12/").content.decode()
    assert re.search(r"<s>散歩会</s><br><strong>[^<]+</strong>", html)
    assert re.search(r"<span>食堂<br><strong>[^<]+</strong>", html)


def test_previous_and_next_end_where_the_events_end(client: Client, frozen) -> None:
    frozen(NOW)
    make_event(starts_at=at(12, month=1, year=2027))
    html = client.get("/events/2026/12/?k=family").content.decode()
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', html) == [("next", "/events/2027/01/?k=family")]
    html = client.get("/events/2027/01/").content.decode()
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', html) == [("prev", "/events/2026/12/")]


@pytest.mark.parametrize("path", ["/events/2026/13/", "/events/2026/00/", "/events/1899/12/", "/events/2026/1/"])
def test_months_that_do_not_exist(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_very_full_month_leads_to_the_list(client: Client, frozen) -> None:
    frozen(NOW)
    many(120)
    html = client.get("/events/2026/12/").content.decode()
    assert "/events/?m=2026-12" in html
    assert html.count("/events/?d=2026-12-20") == 2
    assert titles(client, "/events/2026/12/") == []


def test_the_number_of_queries_is_constant(client: Client, frozen, django_assert_max_num_queries) -> None:
    frozen(NOW)
    paths = ["/events/", "/events/2026/12/", "/events/?k=other&page=2", "/events.ics"]
    used = {}
    many(300)
    for path in paths:
        with django_assert_max_num_queries(8) as few:
            assert client.get(path).status_code == 200
        used[path] = len(few)
    many(1_700, venue="別の場所")
    for path in paths:
        with django_assert_max_num_queries(used[path]):
            client.get(path)


def test_the_office_sees_the_same_calendar_as_residents(login, frozen) -> None:
    frozen(NOW)
    make_event(title="閉じた勉強会", starts_at=at(8), page=False)
    office, _user = login("secretariat")
    assert Event.objects.count() == 1
    assert "閉じた勉強会" not in office.get("/events/").content.decode()
    assert "閉じた勉強会" not in office.get("/events/2026/12/").content.decode()
    assert "閉じた勉強会" not in office.get("/events.ics").content.decode()
