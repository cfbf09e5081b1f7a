"""The registry of open data, the form of text in it, and the code of a municipality."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms import open_data
from cms.exports import csv_bytes, tabular, unguarded
from cms.models import SiteSettings
from cms.municipality import check_digit, is_municipality_code
from cms.open_data import CodeTable, Column, Dataset, Table


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("㈱みなも", "(株)みなも"),
        ("①から⑳、Ⅳ章", "(1)から(20)、IV章"),
        ("ＡＢＣ１２３", "ABC123"),
        ("ｶﾞｷﾞｸﾞ", "ガギグ"),
        ("一行目\r\n二行目\u2028三行目", "一行目 二行目 三行目"),
        ("（かっこ）～！　のまま", "（かっこ）～！　のまま"),
        ("髙﨑𠮷野家", "髙﨑𠮷野家"),
        (" 前後 ", "前後"),
    ],
)
def test_text_of_open_data(text: str, shown: str) -> None:
    assert tabular(text) == shown
    assert tabular(shown) == shown


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'a", "a", "", "+81", "　＝1", "'", "-", "'-'"])
def test_the_guard_is_taken_away_without_loss(text: str) -> None:
    cell = csv_bytes(["x"], [[text]]).decode("utf-8-sig").split("\r\n")[1].strip('"')
    assert unguarded(cell) == text
    assert cell[:1] not in {"=", "+", "-", "@"}


@pytest.mark.parametrize("code", ["122190", "332054", "011002", "131016", "472018"])
def test_codes_of_municipalities(code: str) -> None:
    assert is_municipality_code(code)
    assert check_digit(code[:5]) == code[5]


@pytest.mark.parametrize("code", ["122191", "12219", "1221900", "000000", "990001", "１２２１９０", "12219a", ""])
def test_what_is_no_code(code: str) -> None:
    assert not is_municipality_code(code)


def test_site_settings_refuse_a_wrong_code() -> None:
    SiteSettings(municipality_code="122190").clean()
    SiteSettings(municipality_code="").clean()
    with pytest.raises(ValidationError) as refused:
        SiteSettings(municipality_code="122191").clean()
    assert list(refused.value.message_dict) == ["municipality_code"]


@pytest.fixture
def trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second dataset beside the real ones, for one test."""
    monkeypatch.setattr(open_data, "_registered", dict(open_data._registered))
    kinds = CodeTable("tree-kinds", "木の種類", lambda: [("s", "桜")])
    open_data.register(
        Dataset(
            key="trees",
            title="街の木",
            description="木の一覧",
            columns=(Column("ID", "整数", "番号"), Column("種類_コード", "コード", "種類", codes="tree-kinds")),
            table=lambda most: Table(("ID", "種類_コード"), [(1, "s"), (2, "s")][:most]),
            updated_on=lambda: None,
            codes=(kinds,),
        )
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("trees")
def test_a_room_adds_a_dataset_without_a_route(client: Client, settings: Any) -> None:
    assert client.get("/open-data/trees.csv").content == b"\xef\xbb\xbf" + "ID,種類_コード\r\n1,s\r\n2,s\r\n".encode()
    assert "種類_コード,コード,,種類,tree-kinds" in client.get("/open-data/trees.columns.csv").content.decode()
    assert "s,桜" in client.get("/open-data/codes/tree-kinds.csv").content.decode()
    page = client.get("/open-data/").content.decode()
    assert "街の木" in page
    assert "不明" in page  # nobody knows when it was changed
    names = [each["name"] for each in client.get("/open-data/catalog.json").json()["dataset"]]
    assert names == ["相談窓口", "街の木", "催し"]
