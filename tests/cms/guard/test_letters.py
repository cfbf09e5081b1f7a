"""Names in letters, names told by what stands beside them, and lives that few have led."""

import pytest

from cms.guard import inspect

TELLING = [
    ("聖マルコ教会のKim神父も手を合わせた。", "Kim"),
    ("加瀬（社協）、Wong（国際交流協会）が出席。", "Wong"),
    ("tanaka yoshiko さんよりローマ字の手紙。", "tanaka yoshiko"),
    ("ややこしいですが、四月一日（わたぬき）という名字です。", "わたぬき"),
    ("折り返しは担当の菅へ。", "菅"),
    ("子はひより（1歳半）。", "ひより"),
    ("帰りのバスは上古敷谷で降りる。", "上古敷谷"),
    ("運営名は「ゆきんこ88」。", "ゆきんこ88"),
    ("港で五十年つづいた渡し船の船頭だった。", "港で五十年つづいた渡し船の船頭"),
    ("島で四十年、一人で医者をしていた。", "島で四十年、一人で医者をしていた"),
    ("Iさんは二つ目で廃業した元落語家。", "元落語家"),
    ("校長御手洗より電話。", "御手洗"),
    ("母みつえが倒れ、兄が来た。", "みつえ"),
    ("久米 節（妻）が同席。", "久米 節"),
    ("表札は畑、と本人。", "畑"),
    ("奥神集落、残り三戸。", "奥神"),
    ("メールは nami.kaze アット example ドット jp だそう。", "nami.kaze アット example ドット jp"),
    ("鉄路友の会の例会で倒れた父。", "鉄路友の会"),
    ("令和六年四月三十日に契約、5/2に鍵の紛失、５月３日に再発行。", "令和六年四月三十日"),
]


@pytest.mark.parametrize(("text", "words"), TELLING)
def test_found(text: str, words: str) -> None:
    found = {place for finding in inspect(text) for place in range(finding.start, finding.end)}
    start = text.index(words)
    assert set(range(start, start + len(words))) <= found


@pytest.mark.parametrize(
    "text",
    [
        "担当の係へ。連絡先は市役所です。",
        "こども（5歳）の世話をする人をさがしています。",
        "バスは駅前で降りてください。",
        "申請書の再発行は窓口でできます。",
        "四十年つづいた行事です。",
        "パーキンソン病と長谷川式の話をした。",
        "みんなで「さくらさくら」を合唱します。",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert [finding.of(text) for finding in inspect(text) if finding.type != "AGE"] == []
