"""events.csv: three municipal layouts of what residents see, machine-readable, and changed fields win."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cms.dates import JST
from cms.exports import unguarded
from cms.models import SiteSettings
from tests.factories.events import make_event, make_occurrence, make_registration
from tests.factories.people import make_organization, make_user
from tests.workshops.importing.tables import GOOD, RECOMMENDED_06, table
from workshops.actions import events as actions
from workshops.actions.importing import import_rows
from workshops.importing.layouts import LAYOUTS
from workshops.importing.mapping import event_values
from workshops.importing.rows import read_events
from workshops.models import Event, EventPage, Occurrence
from workshops.open_data.codes import KINDS, MEANINGS_OF_KINDS, MEANINGS_OF_STATES, STATES
from workshops.open_data.columns import MEANINGS
from workshops.open_data.profiles import BASE_REGISTRY, PROFILES

pytestmark = pytest.mark.django_db
ADDRESS = "/open-data/events.csv"
START = dt.datetime(2026, 12, 19, 15, tzinfo=JST)


@pytest.fixture
def rows(client: Client) -> Any:
    """rows(profile): the table at this moment."""

    def read(profile: str = "") -> list[dict[str, str]]:
        cache.clear()
        content = client.get(ADDRESS, {"profile": profile} if profile else {}).content
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    return read


def city() -> None:
    site = SiteSettings.objects.get_or_create(site_id=1)[0]
    site.municipality_name, site.municipality_code = "市原市", "122190"
    site.save()


def bring(*cells: dict[str, str], **options: Any) -> Any:
    return import_rows(reading=read_events(table(*cells, **options)), by=None)


def test_bytes_and_headers(client: Client) -> None:
    make_event()
    response = client.get(ADDRESS)
    assert response["Content-Disposition"] == 'attachment; filename="events.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf" + "NO,都道府県コード又は市区町村コード,名称,".encode())
    plain = client.get(ADDRESS, {"bom": "0"}).content
    assert b"\xef\xbb\xbf" + plain == response.content
    assert plain.count(b"\n") == plain.count(b"\r\n") == 2


def test_the_layouts_stand_in_the_official_order(client: Client) -> None:
    assert len(BASE_REGISTRY.columns) == 50
    for profile in PROFILES:
        header = client.get(ADDRESS, {"profile": profile.key, "bom": "0"}).content.decode().strip().split(",")
        assert header == [heading for heading, _field in profile.all_columns]
        assert len(set(header)) == len(header)
    assert "準拠（予定）" in PROFILES[2].title
    assert client.get(ADDRESS, {"profile": "nosuch"}).status_code == 400
    assert client.get("/open-data/desks.csv", {"profile": "standard-12"}).status_code == 400


def test_every_layout_is_known_to_its_reader_and_explained() -> None:
    for profile, layout in zip(PROFILES, LAYOUTS, strict=True):
        assert profile.key == layout.name
        known = {heading for headings in layout.headings.values() for heading in headings}
        assert {heading for heading, _field in profile.all_columns} - known <= {"地方公共団体名"}
        assert {field for _heading, field in profile.all_columns} <= set(MEANINGS)


def test_an_event_of_ours_in_each_layout(rows: Any) -> None:
    city()
    event = make_event(
        title="㈱の①夕べ", starts_at=START, capacity=12, unit="party", host=make_organization(name="水辺のいえ"),
        kind="hands", fee_text="500円", venue_address="千葉県市原市国分寺台中央1-1-1　2階", summary="一行目\n二行目",
        access_facts=["captions"], accessibility="段差なし",
    )  # fmt: skip
    row_id = f"{event.slug}-{make_occurrence(event).pk}"
    (base,), (old,), (new,) = (rows(profile.key) for profile in PROFILES)
    assert (base["NO"], old["NO"], new["ID"]) == (row_id,) * 3
    assert (base["名称"], base["概要"]) == ("(株)の(1)夕べ", "一行目 二行目")
    assert (base["開始日"], base["終了日"], base["開始時刻"], base["終了時刻"]) == (
        "2026-12-19", "2026-12-19", "15:00", "17:00",
    )  # fmt: skip
    assert (base["住所都道府県"], base["住所市区町村"], base["住所町名"], base["建物名等"]) == (
        "千葉県", "市原市", "国分寺台中央1-1-1", "2階",
    )  # fmt: skip
    assert (base["定員"], base["料金(基本)"], base["備考"]) == ("12", "500", "段差なし 定員：12組")
    assert (base["状態"], base["イベント種類"], base["主催団体"]) == ("予定どおり", "文化・手しごと", "水辺のいえ")
    assert (old["住所"], old["開始時間"], old["状態"]) == ("千葉県市原市国分寺台中央1-1-1", "15:00", "予定どおり")
    assert (new["料金種別"], new["地方公共団体名"], new["全国地方公共団体コード"]) == ("有料", "市原市", "122190")
    assert new["コンテンツURL"] == f"http://testserver/events/{event.slug}/"


def test_each_time_is_a_row_and_off_or_put_off_is_said(rows: Any) -> None:
    event = make_event(times=3, starts_at=START)
    first, second, _third = event.occurrences.order_by("starts_at")
    secretary = make_user("secretariat")
    actions.call_off_date(occurrence=first, by=secretary)
    actions.put_off(occurrence=second, by=secretary)
    for profile in PROFILES:
        assert [row["状態"] for row in rows(profile.key)] == ["中止", "延期", "予定どおり"]


def test_what_residents_do_not_see_is_not_there(client: Client, rows: Any) -> None:
    event = make_event(title="見える", format="both", online_link="https://meet.example/secret")
    make_registration(make_occurrence(event), name="なぎさの秘密", email="nagisa@example.jp", note="秘密のひとこと")
    make_event(title="閉じた勉強会", page=False)
    make_event(title="下書き", live=False)
    for profile in PROFILES:
        content = client.get(ADDRESS, {"profile": profile.key}).content.decode()
        assert "見える" in content
        for words in ("meet.example", "なぎさ", "nagisa", "秘密", "閉じた勉強会", "下書き"):
            assert words not in content


def test_hidden_is_gone_at_once_and_the_tag_changes(client: Client) -> None:
    event = make_event()
    first = client.get(ADDRESS)
    tag, day = first["ETag"], first["Last-Modified"]
    assert client.get(ADDRESS, headers={"if-none-match": tag}).status_code == 304
    assert client.get(ADDRESS, headers={"if-modified-since": day}).status_code == 304
    assert first["Cache-Control"] == "public, max-age=60"
    EventPage.objects.filter(prose__event=event).update(live=False)
    for headers in ({"if-none-match": tag}, {"if-modified-since": day}):
        again = client.get(ADDRESS, headers=headers)
        assert (again.status_code, again.content.count(b"\r\n")) == (200, 1)


def test_no_cell_runs(rows: Any) -> None:
    names = ["=1+1", "+81", "@SUM(A1)", "'=1", "＝1"]
    for name in names:
        make_event(title=name)
    found = [row["名称"] for row in rows()]
    assert not [cell for cell in found if cell[:1] in "=+-@＝"]
    assert sorted(map(unguarded, found)) == sorted(names)


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: Any) -> None:
    make_event(times=2).partners.add(make_organization())
    cache.clear()
    with django_assert_num_queries(3):
        client.get(ADDRESS)
    bring(*({"title": f"催し{number}"} for number in range(60)))
    with django_assert_num_queries(3):
        assert client.get(ADDRESS).content.count(b"\r\n") == 63


def test_page_catalogue_columns_and_codes(client: Client) -> None:
    make_event()
    page = client.get("/open-data/").content.decode()
    found = json.loads(client.get("/open-data/catalog.json").content)
    (events,) = [each for each in found["dataset"] if each["name"] == "催し"]
    addresses = [each["contentUrl"] for each in events["distribution"]]
    for profile in PROFILES:
        assert f"{ADDRESS}?profile={profile.key}" in page
        assert f"http://testserver{ADDRESS}?profile={profile.key}" in addresses
        columns = client.get("/open-data/events.columns.csv", {"profile": profile.key}).content.decode("utf-8-sig")
        told = list(csv.DictReader(io.StringIO(columns)))
        assert [row["項目名"] for row in told] == [heading for heading, _field in profile.all_columns]
        assert all(row["意味"] and row["種類"] for row in told)
    states = client.get("/open-data/codes/event-states.csv").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in states.split()][1:] == list(STATES.values())


def test_code_words_are_explained_and_read_back_as_themselves() -> None:
    assert list(KINDS.values()) == list(MEANINGS_OF_KINDS)
    assert list(STATES.values()) == list(MEANINGS_OF_STATES)
    for kind, word in KINDS.items():
        (row,) = read_events(table({"kind": word})).rows
        assert event_values(row)["kind"] == kind


# An imported event


def test_unchanged_cells_go_out_as_they_came_and_changed_ones_win(rows: Any) -> None:
    words = {"title_kana": "ミンナノツドイ", "subtitle": "副題", "description": "説明のことば", "notes": "そのほか",
             "fee": "おとな500円", "capacity": "先着20名", "url": "https://example.jp/a", "kind": "健康・福祉、スポーツ"}  # fmt: skip
    bring(words)
    (row,) = rows()
    assert (row["名称(カナ)"], row["サブタイトル"], row["説明"]) == ("ミンナノツドイ", "副題", "説明のことば")
    assert (row["イベント種類"], row["URL"], row["状態"]) == ("健康・福祉、スポーツ", "https://example.jp/a", "")
    assert (row["料金(基本)"], row["料金(詳細)"]) == ("", "おとな500円")
    assert (row["定員"], row["備考"]) == ("20", "そのほか 定員：先着20名")
    event = Event.objects.get()
    event.title, event.audience = "新しい名前", "どなたでも"
    event.save()
    Occurrence.objects.update(capacity=15)
    (row,) = rows()
    assert (row["名称"], row["名称(カナ)"], row["対象者"]) == ("新しい名前", "", "どなたでも")
    assert (row["定員"], row["備考"], row["サブタイトル"]) == ("15", "そのほか", "副題")
    page = EventPage.objects.get()
    page.body[0].value.source = "<p>書きなおした文</p>"
    page.save_revision().publish()
    (row,) = rows()
    assert (row["説明"], row["サブタイトル"]) == ("書きなおした文", "")


def test_off_and_put_off_come_in(rows: Any) -> None:
    bring({"status": "中止"}, {"title": "つぎ", "status": "延期（日は未定）"})
    assert [occurrence.is_postponed for occurrence in Occurrence.objects.order_by("pk")] == [False, True]
    assert [row["状態"] for row in rows("standard-12")] == ["中止", "延期（日は未定）"]


def test_a_table_given_away_in_one_layout_comes_in_elsewhere(client: Client, rows: Any) -> None:
    bring({**GOOD, "prefecture": "千葉県", "city": "市原市", "town": "八幡", "fee": "0"})
    files = {profile.key: client.get(ADDRESS, {"profile": profile.key}).content for profile in PROFILES}
    for content in files.values():
        EventPage.objects.all().delete()
        Occurrence.objects.all().delete()
        Event.objects.all().delete()
        outcome = import_rows(reading=read_events(content), by=None)
        assert (outcome.new, outcome.refused) == (1, 0)
        event = Event.objects.get()
        assert (event.title, event.venue_name, event.venue_address) == ("みんなの集い", "公民館", "千葉県市原市八幡")
        assert (event.fee_text, event.occurrences.get().starts_at.astimezone(JST).hour) == ("無料", 10)


# Rows of ours, come back


def test_our_own_file_is_the_same_and_a_change_in_it_is_told_not_made(client: Client) -> None:
    city()
    make_event(times=2, starts_at=START, unit="party", fee_text="こども無料、おとな300円", format="both")
    bring({"notes": "一\n二", "apply_by_date": "3日前まで"})
    for profile in PROFILES:
        content = client.get(ADDRESS, {"profile": profile.key}).content
        outcome = import_rows(reading=read_events(content), by=None)
        assert (outcome.new, outcome.changed, outcome.same, outcome.differences) == (0, 0, 3, ())
        changed = content.replace("みんなの集い".encode(), "べつの集い".encode())
        outcome = import_rows(reading=read_events(changed), by=None)
        assert (outcome.new, outcome.same) == (0, 3)
        assert sum("このサイトが公開した行" in remark.reason for remark in outcome.remarks) == 1
        (difference,) = outcome.differences
        assert (difference.before, difference.after) == ("みんなの集い", "べつの集い")
    assert not Event.objects.filter(title="べつの集い").exists()


def test_a_row_copied_with_its_number_makes_no_event(client: Client) -> None:
    bring({})
    header, row, _end = client.get(ADDRESS).content.split(b"\r\n")
    twice = b"\r\n".join((header, row, row.replace(b"2022-01-24", b"2022-01-31")))
    outcome = import_rows(reading=read_events(twice), by=None)
    assert (outcome.new, outcome.same) == (0, 2)
    assert [(each.line, each.column) for each in outcome.differences] == [(3, "開始日"), (3, "終了日")]


def test_differences_are_told_cell_by_cell() -> None:
    bring({"capacity": "10", "access": "駅から5分"}, {"title": "ほか"})
    reading = read_events(table({"capacity": "12", "end_time": "12:00"}, {"title": "ほか"}))
    outcome = import_rows(reading=reading, by=None, dry_run=True)
    assert (outcome.changed, outcome.same) == (1, 1)
    assert {(each.line, each.column, each.before, each.after) for each in outcome.differences} == {
        (2, "定員", "10", "12"),
        (2, "終了時刻", "11:30", "12:00"),
        (2, "アクセス方法", "駅から5分", ""),
    }
    assert "a.csv:2:アクセス方法: 駅から5分 → ―" in [each.said("a.csv") for each in outcome.differences]


def test_another_notation_is_no_change() -> None:
    bring({"start_time": "10:00", "capacity": "20", "fee": "無料"})
    again = bring({"start_date": "2022/1/24", "start_time": "午前10時", "capacity": "20", "fee": "０"})
    assert (again.changed, again.same, again.differences) == (0, 1, ())


def test_the_old_layout_reads_its_own_numbers(client: Client) -> None:
    bring({"title": "六の集い"}, layout=RECOMMENDED_06)
    reading = read_events(client.get(ADDRESS, {"profile": "recommended-06"}).content)
    assert import_rows(reading=reading, by=None).same == 1
