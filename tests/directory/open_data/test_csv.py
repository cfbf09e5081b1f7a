"""desks.csv: machine-readable by the rules L1 to L3 of the Digital Agency, and true to what residents see."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms import open_data
from cms.exports import unguarded
from cms.models import SiteSettings
from directory.hours.weekly import HolidayRule, Repeating, holiday_rule, repeating, says_everything
from directory.models import Channel, Concern, ConsultationDesk
from directory.open_data.columns import COLUMNS
from tests.directory.open_data.city import HOURS, make_city
from tests.factories.desks import make_desk, make_national
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/open-data/desks.csv"


def table(content: bytes) -> list[dict[str, str]]:
    """The rows as a reader of CSV gets them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def rows(client: Client) -> Any:
    """rows(): the table at this moment."""
    return lambda: table(client.get(ADDRESS).content)


def test_bytes_and_headers(client: Client) -> None:
    make_desk(description="一行目\n二行目")
    response = client.get(ADDRESS)
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response["Content-Disposition"] == 'attachment; filename="desks.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf" + "全国地方公共団体コード,ID,".encode())
    plain = client.get(ADDRESS, {"bom": "0"}).content
    assert b"\xef\xbb\xbf" + plain == response.content
    assert plain.count(b"\n") == plain.count(b"\r\n") == 2  # the heading and one channel


def test_one_row_a_channel_with_what_residents_see(rows: Any) -> None:
    site = SiteSettings.objects.get_or_create(site_id=1)[0]
    site.municipality_name, site.municipality_code = "市原市", "122190"
    site.save()
    desk = make_desk(
        {"value": "0865-63-8515", "hours": "Mo-Fr 08:30-17:15; PH off", "anonymous": True, "last_reception": 30},
        {"kind": "chat", "value": "https://example.jp/chat", "hours": "24/7", "no_voice": True},
        {"kind": "visit", "value": "㈱ビル①階"},
        org=make_organization(name="㈱みなも", kind="company"),
        name="みなも窓口",
        kana="みなもまどぐち",
        age_min=0,
        worries=["眠れない", "消えたい"],
        concerns=("k1",),
        assured_on=dt.date(2026, 11, 1),
    )
    phone, chat, visit = rows()
    assert [row["ID"] for row in (phone, chat, visit)] == [desk.slug] * 3
    assert [row["手段_コード"] for row in (phone, chat, visit)] == ["phone", "chat", "visit"]
    assert phone["全国地方公共団体コード"] == "122190"
    assert (phone["名称"], phone["名称_カナ"], phone["団体名"]) == ("みなも窓口", "ミナモマドグチ", "(株)みなも")
    assert (phone["電話番号"], phone["番号種別_コード"]) == ("0865-63-8515", "e164")
    assert (phone["受付時間_OSM"], phone["受付時間_特記事項"]) == (
        "Mo-Fr 08:30-17:15; PH off",
        "平日8時30分～17時15分（受付は16時45分まで）",
    )
    assert (phone["祝日_コード"], phone["最終受付"]) == ("closed", "30")
    assert (phone["名前を言わなくてよい"], phone["無料"]) == ("1", "")
    assert (phone["対象年齢_下限"], phone["対象年齢_上限"]) == ("0", "")  # zero is not unknown
    assert (phone["最終確認日"], phone["更新日"]) == ("2026-11-01", "")
    assert [phone[f"こんなとき_{number}"] for number in (1, 2, 3)] == ["眠れない", "消えたい", ""]
    assert (phone["困りごと_コード_1"], phone["困りごと_コード_2"]) == ("k1", "")
    assert (chat["連絡先URL"], chat["祝日_コード"], chat["電話番号"]) == ("https://example.jp/chat", "as_weekday", "")
    assert (visit["所在地_連結表記"], visit["受付時間_OSM"], visit["祝日_コード"]) == ("(株)ビル(1)階", "", "")


def test_what_residents_do_not_see_is_not_there(rows: Any) -> None:
    make_desk(name="見える")
    hidden = make_desk(name="下書き")
    ConsultationDesk.objects.filter(pk=hidden.pk).update(live=False)
    make_national(name="確かめていない", by=make_user("editor"), confirmed=False)
    assert [row["名称"] for row in rows()] == ["見える"]


def test_a_sample_is_marked(rows: Any, settings: Any) -> None:
    settings.DEMO = True
    make_desk({"value": "0000-00-0001", "hours": "24/7"})
    (row,) = rows()
    assert (row["電話番号"], row["番号種別_コード"]) == ("0000-00-0001", "sample")


def test_no_cell_runs_and_none_is_spoiled(client: Client, rows: Any) -> None:
    names = ["=1+1", "+81", "-1", "@SUM(A1)", "'=1", "''@x", "'quoted'", "＝1", "普通の名前"]
    for name in names:
        make_desk(name=name)
    cells = [row["名称"] for row in rows()]
    assert not [cell for cell in cells if cell[:1] in "=+-@＝"]
    assert sorted(map(unguarded, cells)) == sorted(names)


def test_the_rules_of_machine_readability(client: Client, rows: Any) -> None:
    make_city(40)
    content = client.get(ADDRESS, {"bom": "0"}).content.decode()
    header, *lines = csv.reader(io.StringIO(content, newline=""))
    assert len(set(header)) == len(header)  # one heading row, every column named
    assert "" not in header
    assert {len(line) for line in lines} == {len(header)}
    assert content.count("\r\n") == len(lines) + 1  # no line break inside a cell
    cells = {cell for line in lines for cell in line}
    assert not [cell for cell in cells if set(cell) & set("㈱①②ＡＢＣ") or "\n" in cell]
    known = {
        "手段_コード": dict(codes(client, "channel-kinds")),
        "祝日_コード": dict(codes(client, "holiday-rules")),
        "番号種別_コード": dict(codes(client, "number-kinds")),
        "団体種別_コード": dict(codes(client, "organization-kinds")),
        "困りごと_コード_1": dict(codes(client, "concerns")),
    }
    for row in rows():
        for name, table_of in known.items():
            assert row[name] == "" or row[name] in table_of, (name, row[name])


def codes(client: Client, key: str) -> list[list[str]]:
    """A code table."""
    content = client.get(f"/open-data/codes/{key}.csv").content.decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(content, newline=""))
    assert header == ["コード", "意味"]
    return lines


def test_columns_grow_with_the_data_and_keep_their_places(client: Client) -> None:
    make_desk(worries=[f"声{number}" for number in range(7)])
    header = client.get(ADDRESS, {"bom": "0"}).content.decode().split("\r\n")[0].split(",")
    assert header.index("こんなとき_7") == header.index("こんなとき_1") + 6
    assert header[:4] == ["全国地方公共団体コード", "ID", "地方公共団体名", "名称"]


def test_columns_are_described_for_programs(client: Client) -> None:
    rows = table(client.get("/open-data/desks.columns.csv").content)
    assert [row["項目名"] for row in rows] == [column.heading for column in COLUMNS]
    assert all(row["意味"] and row["種類"] for row in rows)
    age = next(row for row in rows if row["項目名"] == "対象年齢_下限")
    assert (age["種類"], age["単位"]) == ("整数", "歳")


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: Any) -> None:
    counts = []
    for size in (3, 60):
        Channel.objects.all().delete()
        ConsultationDesk.objects.all().delete()
        make_city(size)
        with django_assert_num_queries(8, exact=False) as asked:
            client.get(ADDRESS)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_a_hidden_number_is_gone_at_once_and_the_tag_changes(client: Client) -> None:
    desk = make_desk()
    first = client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"if-none-match": first["ETag"]}).status_code == 304
    ConsultationDesk.objects.filter(pk=desk.pk).update(live=False)
    again = client.get(ADDRESS, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, table(again.content)) == (200, [])
    assert again["Access-Control-Allow-Origin"] == "*"


def test_the_page_tells_everything(client: Client) -> None:
    make_desk({"value": "0865-63-8515", "hours": "24/7"}, name="みなも窓口")
    page = client.get("/open-data/").content.decode()
    for words in ("CC BY 4.0", "PDL1.0", "/open-data/desks.csv?bom=0", "/api/hsds/", "みなも窓口", "0865-63-8515"):
        assert words in page
    assert all(column.heading in page for column in COLUMNS)
    assert all(reverse("home:open_data_codes", args=[each.key]) in page for each in open_data.datasets()[0].codes)


def test_the_catalogue_for_programs(client: Client) -> None:
    make_desk()
    response = client.get("/open-data/catalog.json")
    assert response["Content-Type"] == "application/ld+json; charset=utf-8"
    found = json.loads(response.content)
    assert (found["@type"], found["license"]) == ("DataCatalog", open_data.LICENCE_URL)
    (desks,) = [each for each in found["dataset"] if each["name"] == "相談窓口"]
    assert "http://testserver/open-data/desks.csv" in [each["contentUrl"] for each in desks["distribution"]]
    assert len(desks["variableMeasured"]) == len(COLUMNS)


def test_concerns_are_a_code_table_that_follows_the_editor(client: Client) -> None:
    Concern.objects.filter(code="k1").update(name="ねむれない夜")
    assert ["k1", "ねむれない夜"] in codes(client, "concerns")
    assert client.get("/open-data/codes/nothing.csv").status_code == 404
    assert client.get("/open-data/nothing.csv").status_code == 404


@pytest.mark.parametrize(
    ("hours", "rule", "found", "everything"),
    [
        ("Mo-Fr 08:30-17:15; PH off", HolidayRule.CLOSED, [("WEEKLY", "MO TU WE TH FR", "08:30", "17:15")], False),
        ("24/7", HolidayRule.AS_WEEKDAY, [("WEEKLY", "MO TU WE TH FR SA SU", "00:00", "00:00")], True),
        ("Fr,Sa 20:00-02:00", HolidayRule.AS_WEEKDAY, [("WEEKLY", "FR SA", "20:00", "02:00")], True),
        ("Sa,Su,PH 13:00-24:00", HolidayRule.OWN_HOURS, [("WEEKLY", "SA SU", "13:00", "00:00")], False),
        ("Mo[1,3] 10:00-12:00", HolidayRule.AS_WEEKDAY, [("MONTHLY", "1MO 3MO", "10:00", "12:00")], True),
        ("Apr-Sep Mo-Fr 09:00-17:00", HolidayRule.AS_WEEKDAY, [], False),
        ("off", HolidayRule.CLOSED, [], True),
        (
            "Mo-Fr 09:00-12:00,13:00-17:00; We off",
            HolidayRule.AS_WEEKDAY,
            [("WEEKLY", "MO TU TH FR", "09:00", "12:00"), ("WEEKLY", "MO TU TH FR", "13:00", "17:00")],
            True,
        ),
    ],
)
def test_what_repeats(hours: str, rule: HolidayRule, found: list[tuple[str, ...]], everything: bool) -> None:
    clock = dt.time.fromisoformat
    expected = [
        Repeating(freq, tuple(days.split()), clock(opens), clock(closes)) for freq, days, opens, closes in found
    ]
    assert (holiday_rule(hours), repeating(hours), says_everything(hours)) == (rule, expected, everything)


def test_every_sort_of_hours_has_an_answer() -> None:
    for hours in HOURS:
        if hours:
            repeating(hours), holiday_rule(hours), says_everything(hours)
