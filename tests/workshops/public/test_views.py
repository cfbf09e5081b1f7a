"""The list of events and the month as a table."""

import datetime as dt
import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from cms.dates import JST
from cms.models import Theme
from tests.factories.events import make_event, make_occurrence
from tests.workshops.importing.tables import table
from workshops.actions.events import call_off, put_off
from workshops.actions.importing import import_rows
from workshops.enums import Access, Target
from workshops.importing.rows import read_events
from workshops.models import Event, EventIndexPage, Occurrence
from workshops.public.asked import EASIER, GROUPS, Asked
from workshops.queries.events import seats_of

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
        ("?k=nonsense&d=2026-02-30&m=x&page=99&p=1&g=1&c=٣&a=11&s=3&f=both", ["親子", "画面", "ただ"]),
    ],
)
def test_narrowing_down(client: Client, frozen, query: str, found: list[str]) -> None:
    frozen(NOW)
    make_event(title="前の月", starts_at=at(6, month=11))
    make_event(title="親子", starts_at=at(6), kind="family")
    make_event(title="画面", starts_at=at(7), format="both")
    make_event(title="ただ", starts_at=at(8), fee_text="無料")
    assert titles(client, f"/events/{query}") == found


@pytest.fixture
def many_kinds(frozen: Any) -> list[str]:
    """Events that differ in one thing each, and one date in each state."""
    frozen(NOW)
    make_event(title="子ども", starts_at=at(5), targets=["children"])
    make_event(title="だれでも", starts_at=at(6), targets=["anybody"])
    make_event(title="車いす", starts_at=at(7), access_facts=["wheelchair"])
    make_event(title="車いすと手話", starts_at=at(8), access_facts=["wheelchair", "sign"])
    make_event(title="画面", starts_at=at(9), format="online")
    make_event(title="両方", starts_at=at(10), format="both")
    make_event(title="申込なし", starts_at=at(11), registration_mode="none")
    make_event(title="まだ", starts_at=at(12), opens_at=at(4))
    make_event(title="しめきり", starts_at=at(13), closes_at=at(2))
    full = make_occurrence(make_event(title="満席", starts_at=at(14), capacity=2))
    waits = make_occurrence(make_event(title="待てる", starts_at=at(15), capacity=2))
    long = make_occurrence(make_event(title="列も満員", starts_at=at(16), capacity=2))
    soft = make_occurrence(make_event(title="目安", starts_at=at(17), capacity=2))
    screen = make_occurrence(make_event(title="画面は空き", starts_at=at(18), capacity=2, format="both"))
    Occurrence.objects.filter(pk__in=[o.pk for o in (full, waits, long, soft, screen)]).update(taken=2)
    Occurrence.objects.filter(pk=waits.pk).update(policy="waitlist", waiting=1, waiting_limit=2, taken=1)
    Occurrence.objects.filter(pk=long.pk).update(policy="waitlist", waiting=2, waiting_limit=2)
    Occurrence.objects.filter(pk=soft.pk).update(policy="soft", taken=3)
    put_off(occurrence=make_occurrence(make_event(title="延期", starts_at=at(19))), by=None)
    call_off(event=make_event(title="中止", starts_at=at(20)), by=None)
    return list(Event.objects.order_by("pk").values_list("title", flat=True))


GONE = {"満席", "待てる", "列も満員", "まだ", "しめきり", "延期", "中止"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("g=2", {"子ども", "だれでも"}),
        ("g=8", {"だれでも"}),
        ("a=1", {"車いす", "車いすと手話"}),
        ("a=1&a=4", {"車いすと手話"}),
        ("a=2", set()),
        ("f=online", {"画面", "両方", "画面は空き"}),
        ("f=venue&a=4", {"車いすと手話"}),
        ("s=1", lambda all_of: set(all_of) - GONE),
        ("s=2", lambda all_of: set(all_of) - GONE | {"待てる"}),
        ("s=2&f=online", {"画面", "両方", "画面は空き"}),
    ],
)
def test_the_matrix_of_filters(client: Client, many_kinds: list[str], query: str, found: Any) -> None:
    expected = found(many_kinds) if callable(found) else found
    assert set(titles(client, f"/events/?{query}")) == expected
    assert set(titles(client, f"/events/2026/12/?{query}")) == expected


def test_seats_are_asked_of_the_database_as_the_cards_say(client: Client, many_kinds: list[str]) -> None:
    """The words on a card and the filter are two ways to one truth."""
    rows = Occurrence.objects.select_related("event")
    lit = {o.event.title for o in rows if seats_of(o).window in {"on", "soon"}}
    waits = {o.event.title for o in rows if o.has_room_to_wait}
    assert set(titles(client, "/events/?s=1")) == lit - {"まだ"}
    assert set(titles(client, "/events/?s=2")) == (lit | waits) - {"まだ"}


def test_themes_of_public_events_can_be_chosen(client: Client, frozen) -> None:
    frozen(NOW)
    food, hidden = (Theme.objects.create(name=name, slug=slug) for name, slug in (("ごはん", "a"), ("秘", "b")))
    make_event(title="食堂", starts_at=at(5)).themes.add(food)
    make_event(title="散歩", starts_at=at(6))
    make_event(title="閉じた会", starts_at=at(7), page=False).themes.add(hidden)
    assert titles(client, f"/events/?c={food.pk}") == ["食堂"]
    assert titles(client, f"/events/?c={hidden.pk}") == []
    html = client.get("/events/").content.decode()
    assert "ごはん</option>" in html
    assert "秘</option>" not in html


def test_addresses_hold_no_word_of_trouble() -> None:
    """Codes only: what stands in a history says nothing about anybody."""
    asked = Asked(group="8", easier=("1", "9"), seats="2")
    assert asked.query == "g=8&s=2&a=1&a=9"
    assert not set(Target.values + Access.values) & set(re.split(r"[=&]", asked.query))
    assert Asked.read(QueryDict(asked.query)) == asked


def test_codes_reach_every_value() -> None:
    assert set(GROUPS.values()) == set(Target) - {Target.ANYBODY}
    assert set(EASIER.values()) == set(Access)


def test_htmx_gets_the_same_page_and_a_tidy_address(client: Client, many_kinds: list[str]) -> None:
    plain = client.get("/events/?k=&a=1&o=1&f=")
    swapped = client.get("/events/?k=&a=1&o=1&f=", headers={"HX-Request": "true"})
    assert swapped["HX-Push-Url"] == "/events/?a=1"
    assert "HX-Push-Url" not in plain
    assert "HX-Request" in plain["Vary"]
    said = re.compile(r'(id="events-said" role="status">)[^<]*')
    part = re.compile(r'<div id="events">.*</main>', re.DOTALL)
    assert part.search(swapped.content.decode())[0] == part.search(plain.content.decode())[0]  # type: ignore[index]
    assert said.search(swapped.content.decode())[0].endswith(">2件の催し")  # type: ignore[index]


def test_put_off_and_called_off_stand_where_they_were(client: Client, many_kinds: list[str]) -> None:
    html = client.get("/events/2026/12/").content.decode()
    for title in ("延期", "中止"):
        assert re.search(rf'class="gone"><svg.*?<s>{title}</s><br><strong>{title}', html, re.DOTALL)
        assert 'gone"><p class="date"' in html
    assert client.get("/").status_code == 200


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
    assert re.findall(r'<td class="([^"]*)" data-day="2026-12-03" aria-current="date">', html) == ["today"]
    assert html.count('aria-current="date"') == 1
    assert '<td class="sat" data-day="2026-12-12">' in html
    assert "<caption" in html
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
    everything = "k=other&g=2&c=1&f=venue&a=1&a=2&p=free&s=2"
    paths = ["/events/", "/events/2026/12/", "/events/?k=other&page=2", "/events.ics", "/events/feed/"]
    paths += [f"/events/?{everything}", f"/events/2026/12/?{everything}", f"/events.ics?{everything}"]
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
    for path in ("/events.ics", "/events/feed/", "/events/?d=2026-12-08", "/events/subscribe/", "/sitemap.xml"):
        assert "閉じた勉強会" not in office.get(path).content.decode()


def test_the_map_of_the_site_names_public_events_only(client: Client) -> None:
    shown, draft = make_event(), make_event(live=False)
    html = client.get("/sitemap.xml").content.decode()
    assert f"/events/{shown.slug}/" in html
    assert draft.slug not in html
