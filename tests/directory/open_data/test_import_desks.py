"""import_desks: out and back in changes nothing; what differs is said; what is wrong is named and changes nothing."""

from __future__ import annotations

import contextlib
import copy
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cms.importing.tables import NotATable
from cms.models import AuditEvent, SiteSettings
from directory.importing import Known, read_desks
from directory.models import Channel, ConsultationDesk, DeskSource, NumberChange, NumberHold
from tests.directory.open_data.city import make_city
from tests.factories.desks import kasaoka, make_desk, osm
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
HEAD = [
    "全国地方公共団体コード",
    "ID",
    "名称",
    "団体名",
    "手段_コード",
    "電話番号",
    "受付時間_OSM",
    "困りごと_コード_1",
]
GOOD = {
    "ID": "a1",
    "名称": "あたらしい窓口",
    "団体名": "みなもの会",
    "手段_コード": "phone",
    "電話番号": "0865-63-8515",
    "受付時間_OSM": "Mo-Fr 09:00-17:00; PH off",
}
SERVICE = {
    "id": "7cf3f5c6-8d1c-4b0e-9a2e-2b7a0f0c1d11",
    "name": "となりの町の窓口",
    "status": "active",
    "description": "話を聞きます",
    "minimum_age": 15,
    "assured_date": "2026-10-01",
    "organization": {"id": "4f0f9a53-5f08-4a58-9d0e-5f8a1e1b2c33", "name": "となりの会", "description": ""},
    "phones": [{"id": "1f0f9a53-5f08-4a58-9d0e-5f8a1e1b2c44", "number": "+81 865-63-0911", "extension": 12}],
    "schedules": [
        {"id": "2f0f9a53-5f08-4a58-9d0e-5f8a1e1b2c55", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00",
         "closes_at": "17:00", "timezone": 9},
        {"id": "3f0f9a53-5f08-4a58-9d0e-5f8a1e1b2c66", "freq": "WEEKLY", "byday": "FR", "opens_at": "20:00+09:00",
         "closes_at": "02:00+09:00"},
    ],
}  # fmt: skip


class Run:
    """One run of the command: exit code, lines of stdout and stderr, the counts of each file."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *args: str) -> None:
        capsys.readouterr()
        try:
            call_command("import_desks", *args)
            self.code: Any = 0
        except SystemExit as stop:
            self.code = stop.code
        except CommandError as stop:
            self.code = stop.returncode
        out, err = capsys.readouterr()
        self.out, self.err = out.splitlines(), err.splitlines()
        self.files = [json.loads(line) for line in self.out if line.startswith("{")]

    @property
    def counts(self) -> tuple[int, ...]:
        """read, new, changed, same, refused, waiting of the only file."""
        (line,) = self.files
        return tuple(line[name] for name in ("read", "new", "changed", "same", "refused", "waiting"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """run(bytes, options …): the bytes become a file."""

    def start(*args: bytes | str) -> Run:
        named = []
        for letter, arg in zip("abcdefgh", args, strict=False):
            if isinstance(arg, bytes):
                path = tmp_path / letter
                path.write_bytes(arg)
                arg = str(path)
            named.append(arg)
        return Run(capsys, *named)

    return start


def table(*rows: dict[str, str], head: list[str] | None = None, encoding: str = "utf-8-sig") -> bytes:
    """A CSV file with these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, head or list(dict.fromkeys([*HEAD, *(name for row in rows for name in row)])))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def services(*found: dict[str, Any]) -> bytes:
    """A page of services."""
    return json.dumps({"contents": list(found)}, ensure_ascii=False).encode()


def state() -> list[Any]:
    """Everything an import could touch."""
    desks = ConsultationDesk.objects.order_by("pk").values()
    return [list(desks), list(Channel.objects.order_by("pk").values()), DeskSource.objects.count()]


def published(**fields: Any) -> ConsultationDesk:
    """A desk published by the editor's button."""
    desk = make_desk(**fields)
    desk.save_revision().publish()
    return ConsultationDesk.objects.get(pk=desk.pk)


# --- out and back in -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/open-data/desks.csv", "/open-data/desks.csv?bom=0", "/api/hsds/services?full=true&per_page=200"]
)
def test_what_went_out_comes_back_the_same(run: Any, client: Client, address: str) -> None:
    make_city(60)
    before = state()
    done = run(client.get(address).content)
    assert (done.code, done.counts, done.err) == (0, (60, 0, 0, 60, 0, 0), [])
    assert state() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings(run: Any, encoding: str) -> None:
    done = run(table(GOOD, encoding=encoding))
    assert done.counts == (1, 1, 0, 0, 0, 0)
    assert ConsultationDesk.objects.get().name == "あたらしい窓口"


def test_a_file_of_another_city_becomes_drafts_once(run: Any) -> None:
    file = table(GOOD, GOOD | {"手段_コード": "visit", "電話番号": "", "所在地_連結表記": "駅前"})
    first = run(file)
    assert first.counts == (1, 1, 0, 0, 0, 0)
    desk = ConsultationDesk.objects.get()
    assert (desk.live, desk.organization.name, DeskSource.objects.get().key) == (False, "みなもの会", "csv::a1")
    assert [(c.kind, c.value) for c in desk.channels.all()] == [("phone", "+81865638515"), ("visit", "駅前")]
    before = state()
    assert run(file).counts == (1, 0, 0, 1, 0, 0)
    assert state() == before


def test_publish_puts_new_desks_on_the_site(run: Any, client: Client) -> None:
    editor = make_user("publisher")
    assert run(table(GOOD), "--publish", "--by", editor.email).counts == (1, 1, 0, 0, 0, 0)
    desk = ConsultationDesk.objects.get()
    assert (desk.live, desk.latest_revision.user) == (True, editor)
    assert "0865-63-8515" in client.get(desk.get_absolute_url()).content.decode()
    audit = AuditEvent.objects.get(action="desks.imported")
    assert (audit.actor, audit.codes["new"]) == (str(editor.pk), 1)


@pytest.mark.skipif(not (settings.SHARED_DATA / "seeds" / "fixture.json").exists(), reason="SHARED_DATA is missing")
def test_the_four_rows_of_the_seed_come_in_as_a_table(run: Any, client: Client) -> None:
    windows = kasaoka()["windows"]
    rows = [
        {"ID": f"w{number}", "名称": window["name"], "団体名": window["name"], "手段_コード": "電話"}
        | {"電話番号": window["tel"], "受付時間_OSM": osm(window["hours"]), "受付時間_特記事項": window["hours_text"]}
        | {f"こんなとき_{place}": words for place, words in enumerate(window["worries"], start=1)}
        for number, window in enumerate(windows, start=1)
    ]
    file = table(*rows)
    assert run(file, "--publish").counts == (4, 4, 0, 0, 0, 0)
    page = client.get("/help/").content.decode()
    for window in windows:
        for text in (window["tel"], window["hours_text"], window["name"], *window["worries"]):
            assert text in page
    assert run(file, "--publish").counts == (4, 0, 0, 4, 0, 0)


# --- differences ---------------------------------------------------------------------------------------------


def test_a_dry_run_says_what_differs_and_writes_nothing(run: Any) -> None:
    desk = published(name="みなも窓口", audience="だれでも")
    before = state()
    row = {"ID": desk.slug, "名称": "みなも窓口", "団体名": desk.organization.name, "対象者": "子どものいる家庭",
           "手段_コード": "phone", "電話番号": "0865-63-8515", "受付時間_OSM": "24/7"}  # fmt: skip
    done = run(table(row), "--dry-run")
    assert done.counts == (1, 0, 1, 0, 0, 0)
    assert done.out[0].endswith("/a:2: みなも窓口（変わる）")
    assert done.out[1:3] == [
        "    対象者: だれでも → 子どものいる家庭",
        "    電話・受付時間_OSM: Mo-Fr 08:30-16:30; PH off → 24/7",
    ]
    assert "何も書きこんでいません。" in done.out
    assert state() == before


def test_changes_are_drafts_and_staff_publish_them(run: Any) -> None:
    desk = published(name="みなも窓口", audience="だれでも")
    row = {"ID": desk.slug, "名称": "みなも窓口", "団体名": desk.organization.name, "対象者": "家族"}
    assert run(table(row)).counts == (1, 0, 1, 0, 0, 0)
    desk.refresh_from_db()
    assert (desk.audience, desk.has_unpublished_changes) == ("だれでも", True)
    assert run(table(row)).counts == (1, 0, 0, 1, 0, 0)  # it already lies in the draft
    desk.latest_revision.publish()
    desk.refresh_from_db()
    assert desk.audience == "家族"


def test_a_file_that_repeats_what_is_public_does_not_undo_a_draft(run: Any, client: Client) -> None:
    desk = published(name="みなも窓口", audience="だれでも")
    file = client.get("/open-data/desks.csv").content
    desk.audience = "職員が書きかけの言葉"
    desk.save_revision()
    assert run(file, "--publish").counts == (1, 0, 0, 1, 0, 0)
    desk.refresh_from_db()
    assert desk.get_latest_revision_as_object().audience == "職員が書きかけの言葉"


def test_a_blank_cell_and_a_missing_channel_leave_what_is_here(run: Any) -> None:
    desk = published(name="みなも窓口", audience="だれでも", age_min=15)
    before = state()
    row = {"ID": desk.slug, "名称": "みなも窓口", "団体名": desk.organization.name, "対象者": "", "対象年齢_下限": ""}
    assert run(table(row)).counts == (1, 0, 0, 1, 0, 0)
    assert state() == before


def test_a_desk_taken_off_the_site_stays_off(run: Any) -> None:
    desk = published(name="みなも窓口")
    desk.unpublish()
    row = {"ID": desk.slug, "名称": "みなも窓口", "団体名": desk.organization.name, "対象者": "家族"}
    done = run(table(row), "--publish")
    assert (done.counts, ConsultationDesk.objects.get().live) == ((1, 0, 1, 0, 0, 0), False)
    assert any("下書きにとどめました" in line for line in done.out)


# --- numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--publish",)])
def test_nobody_alone_changes_a_number_that_residents_know(run: Any, options: tuple[str, ...]) -> None:
    desk = published(name="みなも窓口")
    row = {"ID": desk.slug, "名称": "みなも窓口", "団体名": desk.organization.name, "手段_コード": "phone",
           "電話番号": "0865-63-0911"}  # fmt: skip
    done = run(table(row), *options)
    assert done.code == 0
    assert Channel.objects.get(desk=desk).value == "+81865638515"
    waiting = [(change.old, change.new) for change in NumberChange.objects.waiting()]
    assert waiting == ([("+81865638515", "+81865630911")] if options else [])
    assert done.counts == (1, 0, 1, 0, 0, len(waiting))
    again = run(table(row), *options)
    assert again.counts == (1, 0, 0, 1, 0, 0)
    assert NumberChange.objects.count() == len(waiting)


def test_a_held_number_is_neither_given_away_nor_taken_away(run: Any, client: Client) -> None:
    desk = published(name="みなも窓口")
    NumberHold.objects.create(desk=desk, kind="phone", value="+81865638515", reason="wrong", by=make_user("publisher"))
    file = client.get("/open-data/desks.csv").content
    assert b"63-8515" not in file
    assert b"865638515" not in client.get("/api/hsds/services?full=true").content
    before = state()
    assert run(file, "--publish").counts == (1, 0, 0, 1, 0, 0)
    assert state() == before


# --- bad input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (
            {"全国地方公共団体コード": "122191"},
            "全国地方公共団体コード",
            "「122191」という全国地方公共団体コードはありません",
        ),
        ({"全国地方公共団体コード": "990001"}, "全国地方公共団体コード", "という全国地方公共団体コードはありません"),
        ({"全国地方公共団体コード": "市原市"}, "全国地方公共団体コード", "6けたの全国地方公共団体コードではありません"),
        ({"電話番号": "0865-63-85AB"}, "電話番号", "数字とハイフン"),
        ({"電話番号": "0865-63-85"}, "電話番号", "電話番号"),
        ({"電話番号": "0000-00-0001"}, "電話番号", "見本"),
        ({"受付時間_OSM": "Mo-Fr 25:00-30:00"}, "受付時間_OSM", "文字目：この時刻はありません"),
        ({"受付時間_OSM": "平日9時から"}, "受付時間_OSM", "曜日"),
        ({"手段_コード": "伝書鳩"}, "手段_コード", "「伝書鳩」という手段はありません"),
        ({"手段_コード": "mail"}, "電話番号", "この列は使いません"),
        ({"名称": ""}, "名称", "空にはできません"),
        ({"団体名": ""}, "団体名", "空にはできません"),
        ({"名称": "あ" * 81}, "名称", "80字"),
        ({"対象年齢_下限": "たくさん"}, "対象年齢_下限", "0から150までの整数"),
        ({"対象年齢_下限": "65", "対象年齢_上限": "15"}, "対象年齢_上限", "年齢"),
        ({"無料": "たぶん"}, "無料", "1でも0でもありません"),
        ({"最終確認日": "2026-02-30"}, "最終確認日", "という日はありません"),
        ({"困りごと_コード_1": "zz9"}, "困りごと_コード_1", "「zz9」という困りごとはありません"),
        ({"URL": "javascript:alert(1)"}, "URL", "ウェブの住所"),
    ],
)
def test_a_bad_cell_is_named_and_the_rest_is_taken(run: Any, cells: dict[str, str], column: str, words: str) -> None:
    done = run(table(GOOD | cells, GOOD | {"ID": "a2", "名称": "よい窓口"}))
    assert (done.code, done.counts) == (0, (2, 1, 0, 0, 1, 0))
    (message,) = done.err
    assert message.split("/a:", 1)[1].startswith(f"2:{column}: "), message
    assert words in message
    assert [desk.name for desk in ConsultationDesk.objects.all()] == ["よい窓口"]


@pytest.mark.parametrize(
    ("cells", "kind", "value", "hours"),
    [
        ({"電話番号": "（０８６５）６３ー８５１５"}, "phone", "+81865638515", "Mo-Fr 09:00-17:00; PH off"),
        ({"電話番号": "#9999"}, "phone", "#9999", "Mo-Fr 09:00-17:00; PH off"),
        ({"手段_コード": ""}, "phone", "+81865638515", "Mo-Fr 09:00-17:00; PH off"),
        ({"手段_コード": "電話"}, "phone", "+81865638515", "Mo-Fr 09:00-17:00; PH off"),
        ({"受付時間_OSM": "Ｍｏ－Ｆｒ　２２：００～６：００"}, "phone", "+81865638515", "Mo-Fr 22:00-06:00"),
        ({"受付時間_OSM": ""}, "phone", "+81865638515", ""),
    ],
)
def test_people_write_in_many_ways(run: Any, cells: dict[str, str], kind: str, value: str, hours: str) -> None:
    assert run(table(GOOD | cells)).counts == (1, 1, 0, 0, 0, 0)
    channel = Channel.objects.get()
    assert (channel.kind, channel.value, channel.hours) == (kind, value, hours)


def test_two_desks_with_one_number_are_taken_and_said(run: Any) -> None:
    done = run(table(GOOD, GOOD | {"ID": "a2", "名称": "もう一つ"}))
    assert done.counts == (2, 2, 0, 0, 0, 0)
    assert any(
        line.endswith("3:電話番号: 2行目と同じ番号です。まちがいでなければ、このままでかまいません。")
        for line in done.out
    )


def test_another_city_is_said(run: Any) -> None:
    SiteSettings.objects.update_or_create(site_id=1, defaults={"municipality_code": "122190"})
    done = run(table(GOOD | {"全国地方公共団体コード": "332054"}))
    assert done.counts == (1, 1, 0, 0, 0, 0)
    assert any("別の市町村のコードです：332054" in line for line in done.out)


def test_rows_of_one_desk_must_agree_and_stand_together_or_not_at_all(run: Any) -> None:
    bad = GOOD | {"手段_コード": "visit", "電話番号": "", "名称": "ちがう名前"}
    done = run(table(GOOD, GOOD | {"ID": "a2", "名称": "よい窓口"}, bad))
    assert done.counts == (2, 1, 0, 0, 1, 0)
    assert done.err[0].endswith("4:名称: 同じ窓口の2行目と、書いてあることがちがいます。")
    assert ConsultationDesk.objects.get().name == "よい窓口"


def test_strict_writes_nothing_when_anything_is_refused(run: Any) -> None:
    done = run(table(GOOD, GOOD | {"ID": "a2", "名称": ""}), "--strict")
    assert (done.code, done.counts) == (1, (2, 1, 0, 0, 1, 0))
    assert not ConsultationDesk.objects.exists()


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (b"", ()),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ()),
        ("こんにちは\n".encode(), ()),
        (table(GOOD).replace("団体名".encode(), b"x"), ()),
        (table(GOOD), ("--format", "hsds")),
        (services(SERVICE), ("--format", "csv")),
        (b"{", ()),
        (b"[]", ()),
        (b'{"contents": [{"id": "x"}]}', ()),
        (b"[" * 100_000, ()),
    ],
)
def test_what_is_not_what_it_claims_changes_nothing(run: Any, data: bytes, options: tuple[str, ...]) -> None:
    done = run(data, *options)
    assert (done.code, len(done.err)) == (2, 1)
    assert not ConsultationDesk.objects.exists()


def test_missing_files_and_people(run: Any, tmp_path: Path) -> None:
    assert run(str(tmp_path / "nothing")).code == 2
    assert run(table(GOOD), "--by", "nobody@example.jp").code == 2
    assert not ConsultationDesk.objects.exists()


# --- HSDS of others ------------------------------------------------------------------------------------------------


def test_hsds_of_another_publisher(run: Any) -> None:
    assert run(services(SERVICE)).counts == (1, 1, 0, 0, 0, 0)
    desk = ConsultationDesk.objects.get()
    assert (desk.name, desk.organization.name, desk.age_min, desk.live) == ("となりの町の窓口", "となりの会", 15, False)
    channel = desk.channels.get()
    assert (channel.value, channel.note) == ("+81865630911", "内線12")
    assert channel.hours == "Mo,Tu 09:00-17:00; Fr 20:00-02:00"
    assert run(services(SERVICE)).counts == (1, 0, 0, 1, 0, 0)
    changed = copy.deepcopy(SERVICE) | {"description": "昼も夜も話を聞きます"}
    done = run(services(changed))
    assert done.counts == (1, 0, 1, 0, 0, 0)
    assert "    説明: 話を聞きます → 昼も夜も話を聞きます" in done.out


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"id": "no-uuid"}, "id"),
        ({"name": ""}, "name"),
        ({"name": 5}, "name"),
        ({"organization": None}, "organization/name"),
        ({"minimum_age": -1}, "minimum_age"),
        ({"assured_date": "きのう"}, "assured_date"),
        ({"phones": [{"id": "x", "number": "123-ABC"}]}, "phones/number"),
        ({"schedules": [{"byday": "XX", "opens_at": "09:00", "closes_at": "17:00"}]}, "schedules"),
        ({"schedules": [{"byday": "MO", "opens_at": "09:00-05:00", "closes_at": "17:00"}]}, "schedules"),
        ({"url": "javascript:alert(1)"}, "url"),
    ],
)
def test_a_bad_service_is_named_and_the_rest_is_taken(run: Any, change: dict[str, Any], column: str) -> None:
    good = copy.deepcopy(SERVICE) | {"id": "8cf3f5c6-8d1c-4b0e-9a2e-2b7a0f0c1d12", "name": "よい窓口"}
    phoneless = {"schedules": []} if "phones" in change else {}
    done = run(services(copy.deepcopy(SERVICE) | phoneless | change, good))
    assert (done.code, done.counts) == (0, (2, 1, 0, 0, 1, 0)), done.err
    assert f":1:{column}: " in done.err[0]
    assert ConsultationDesk.objects.get().name == "よい窓口"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "a\x00b"},
        {"description": "\ud800"},
        {"alternate_name": 5, "phones": "x", "contacts": {}, "service_at_locations": [1, {"location": []}]},
        {"attributes": [{"taxonomy_term": 1}, "x"], "schedules": [{"attributes": "x"}], "service_areas": [{"name": 5}]},
        {"minimum_age": 15.0, "status": None, "email": "", "phones": [{"id": "x", "number": None}]},
        {"id": ["x"], "organization": "会"},
    ],
)
def test_odd_json_breaks_nothing(run: Any, change: dict[str, Any]) -> None:
    good = copy.deepcopy(SERVICE) | {"id": "8cf3f5c6-8d1c-4b0e-9a2e-2b7a0f0c1d12", "name": "よい窓口"}
    odd = json.dumps([copy.deepcopy(SERVICE) | change, good]).encode()
    assert run(odd).code == 0
    assert ConsultationDesk.objects.filter(name="よい窓口").exists()


@given(cells=st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=6), cut=st.integers(0, 400))
@hypothesis_settings(max_examples=60, deadline=None, database=None)
def test_no_table_breaks_the_reader(cells: list[list[str]], cut: int) -> None:
    """Whatever stands in the cells, and wherever the file ends: desks, refusals, or no table at all."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([HEAD, list(GOOD.values()), *cells])
    data = out.getvalue().encode("utf-8", "surrogatepass")
    known = Known("", {"k1": "k1"})
    for text in (data, data[:-cut] if cut else data, data + b"\xff\xfe"):
        with contextlib.suppress(NotATable):
            found = read_desks(text, known)
            assert found.read >= len(found.rows)


def test_what_is_no_longer_offered_is_left_out(run: Any) -> None:
    done = run(services(SERVICE | {"status": "defunct"}))
    assert done.counts == (0, 0, 0, 0, 0, 0)
    assert any("もう開いていない窓口" in line for line in done.out)


def test_one_service_twice_is_refused(run: Any) -> None:
    assert run(services(SERVICE, SERVICE)).counts == (2, 0, 0, 0, 2, 0)
