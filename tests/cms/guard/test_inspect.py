"""What the guard finds, what it lets pass, and that it fails closed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.guard import Finding, GuardUnavailable, Kind, engine, inspect
from cms.guard.flat import Flat
from cms.guard.identity import has_right_check_digit


def found(text: str, **names: Any) -> list[tuple[str, str]]:
    """(kind, words) of every finding."""
    return [(str(finding.type), finding.of(text)) for finding in inspect(text, **names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("田中さんが来所した。", [("PERSON", "田中")]),
        ("昨日、髙橋様と話す。", [("PERSON", "髙橋")]),
        ("心愛ちゃんは学校を休んだ。", [("PERSON", "心愛")]),
        ("弟のはるとくんは元気。", [("PERSON", "はると")]),
        ("ユウキくんと遊ぶ。", [("PERSON", "ユウキ")]),
        ("担当相談員田中さんに伝える。", [("PERSON", "田中")]),
        ("電話は090-1234-5678。", [("PHONE", "090-1234-5678")]),
        ("電話は０９０－１２３４－５６７８です。", [("PHONE", "０９０－１２３４－５６７８")]),
        ("〇九〇－一二三四－五六七八にかける。", [("PHONE", "〇九〇－一二三四－五六七八")]),
        ("(0436)22-1111 に連絡。", [("PHONE", "(0436)22-1111")]),
        ("メールは taro.y@example.jp へ。", [("EMAIL", "taro.y@example.jp")]),
        ("〒290-8501", [("POSTCODE", "〒290-8501")]),
        ("２９０－８５０１に住む。", [("POSTCODE", "２９０－８５０１")]),
        ("令和4年10月12日に来た。", [("DATE", "令和4年10月12日")]),
        ("十二月七日に来た。", [("DATE", "十二月七日")]),
        ("生年月日は昭和55年2月17日。", [("BIRTHDATE", "昭和55年2月17日")]),
        ("S55.2.17生まれ。", [("BIRTHDATE", "S55.2.17")]),
        ("34歳の人。", [("AGE", "34歳")]),
        ("四十七歳になる。", [("AGE", "四十七歳")]),
        ("小5の子。", [("AGE", "小5")]),
        ("水辺町2丁目3番地に住む。", [("ADDRESS", "水辺町2丁目3番地")]),
        ("LINEのIDは blue_cat88 です。", [("HANDLE", "blue_cat88")]),
        ("被保険者番号0001234567です。", [("ID", "0001234567")]),
    ],
)
def test_traces_of_a_person_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Aさんは30代。お母さんと暮らしている。",
        "相談員さん、大家さん、包括さんと話した。",
        "○○さんとC子さんの話。皆さん、たくさん来た。",
        "75歳以上の方、8050の世帯、令和4年度の計画。",
        "189、110、#8008、0120-783-556 は窓口の番号です。",
        "桃太郎の絵本を読んだ。お客様と利用者様。同様に、王様。",
        "月に2回、第2土曜、先週から3か月ほど家で話をしている。",
        "市役所、社会福祉協議会、ハローワークに行った。",
        "母親と父親と兄、長男のこと。",
        "",
    ],
)
def test_what_points_to_nobody_passes(text: str) -> None:
    assert found(text) == []


def test_names_of_the_directory_and_the_authors_own_list_are_found() -> None:
    text = "結いの輪で、光と風と夢の人にあった。ぽこは元気。"
    assert found(text) == []
    assert found(text, names=["結いの輪"], author_names=["光と風と夢", "ぽこ"]) == [
        ("ORGANIZATION", "結いの輪"),
        ("PERSON", "光と風と夢"),
        ("PERSON", "ぽこ"),
    ]


def test_a_certain_name_is_found_again_where_it_stands_bare() -> None:
    assert found("颯真くんが来た。颯真は元気。") == [("PERSON", "颯真"), ("PERSON", "颯真")]


def test_a_right_check_digit_makes_a_number_sure() -> None:
    assert has_right_check_digit("1234 5678 9018")
    assert not has_right_check_digit("123456789012")
    assert [f.certainty for f in inspect("番号札 1234-5678-9018")] == ["sure"]


def test_an_error_in_a_rule_is_unavailability_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(flat: Flat) -> Any:
        raise ValueError(f"secret: {flat.text}")

    monkeypatch.setattr(engine, "RULES", (broken,))
    with pytest.raises(GuardUnavailable) as caught:
        inspect("田中さん")
    assert "田中" not in repr(caught.value)
    assert caught.value.__cause__ is None


def test_a_text_beyond_measure_is_refused() -> None:
    with pytest.raises(GuardUnavailable):
        inspect("あ" * 20_001)


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.characters(), max_size=80)
    | st.text(alphabet="田中さん0９-年月日〒@市町丁目\n ー氏くんA山", max_size=60)
)
def test_any_text_gives_valid_spans_the_same_twice(text: str) -> None:
    first = inspect(text)
    assert first == inspect(text)
    assert all(0 <= f.start < f.end <= len(text) for f in first)
    assert all(one.end <= two.start for one, two in pairwise(first))
    assert {f.type for f in first} <= set(Kind)


def test_lone_surrogates_and_control_signs_do_no_harm() -> None:
    assert inspect("\ud800田中さん\x00") == [Finding(1, 3, Kind.PERSON, "sure", "honorific")]
