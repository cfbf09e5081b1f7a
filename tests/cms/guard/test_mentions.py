"""Traces that no honorific and no plain ending tells: each rule with a sentence of its own, and what it must leave alone."""

from __future__ import annotations

import pytest

from cms.guard import inspect

FOUND = [
    # who
    ("出席：社協 中村、包括 大塚", ["中村", "大塚"]),
    ("事務局（長谷川）：前回の宿題について", ["長谷川"]),
    ("封筒の裏に宮本とある。", ["宮本"]),
    ("署名欄：高　橋　　昇", ["高　橋　　昇"]),
    ("消した跡は近藤　稔と見える。", ["近藤　稔"]),
    ("受付でオオタ ミノルと呼ばれる。", ["オオタ ミノル"]),
    ("My son Kenji is in school.", ["Kenji"]),
    ("From: Maria Clara Santos\n件名：おねがい", ["Maria Clara Santos"]),
    ("長男：蓮（中3）。蓮の担任と話す。", ["蓮", "中3", "蓮"]),
    ("林さんの話。表札の「林」は古い。", ["林", "林"]),
    ("通訳は陳 美玲さん。", ["陳 美玲"]),
    ("大沢保健師が訪問した。", ["大沢"]),
    # where
    ("母はホテル銀波で働く。", ["ホテル銀波"]),
    ("次男はフリースクールとんぼに通う。", ["フリースクールとんぼ"]),
    ("パンのこむぎ堂で週2日。", ["パンのこむぎ堂"]),
    ("父は北斗精機に勤める。", ["北斗精機"]),
    ("昼はひなたぼっこの家ですごす。", ["ひなたぼっこの家"]),
    ("妹はみどりの丘小学校に通う。", ["みどりの丘小学校"]),
    ("会社（千鳥エネルギー）を休む。", ["千鳥エネルギー"]),
    # where they live
    ("場所は青葉団地7号棟301。", ["青葉団地7号棟301"]),
    ("家はさくら台北3-14。", ["さくら台北3-14"]),
    ("大曲坂上のバス停の前。", ["大曲坂上のバス停の前"]),
    ("大曲坂上のバス停で会う。", ["大曲坂上"]),
    # numbers
    ("会員証（T-20418）を見せる。", ["T-20418"]),
    ("記号31020504 番号7の保険証", ["31020504", "7"]),
    ("プロフィールに「千葉/19/浪人」とある。", ["19"]),
    ("二〇二四年八月九日に倒れた。", ["二〇二四年八月九日"]),
    # the only one
    ("町で唯一の左利きの三味線奏者で、よく知られる。", ["町で唯一の左利きの三味線奏者"]),
]  # fmt: skip

LEFT_ALONE = [
    "ホテル暮らしが長い。スーパーの駐車場で会う。",
    "カフェ店員やクラブ活動の話をした。",
    "ともだちの家、となりの家、わたしの家。",
    "東京で働く。県外に就職した。",
    "原因はひとつではない。誠に申し訳ない。",
    "受付番号 0436-12-3、様式第4-36号、棚番号 0865-22。",
    "母の留守中に、母の受診先へ。昼夜逆転が続く。",
    "会社（製造業）を休む。学校（小学校）に行く。",
    "The landlord said so. My phone is old.",
    "令和5年3月29日付け府政孤第123号に基づく。",
    "次のバス停の前、学校の前のバス停。",
    "資料 A4、ISO-9001、COVID-19。",
    "最後の手段として、はじめの一歩。",
]


@pytest.mark.parametrize(("text", "words"), FOUND, ids=[text for text, _words in FOUND])
def test_a_trace_is_found(text: str, words: list[str]) -> None:
    assert [finding.of(text) for finding in inspect(text)] == words


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_tells_of_nobody_is_left_alone(text: str) -> None:
    assert [finding.of(text) for finding in inspect(text)] == []
