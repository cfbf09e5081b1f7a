"""What is told by where it stands: persons, bodies, corners, days. And plain notes, in which nothing may be marked."""

from __future__ import annotations

import re

import pytest

from cms.guard import inspect

IN_BRACKETS = re.compile(r"\[(.*?)\]")

TOLD = [
    "9/2 [関] [平]\n9/5 [堤](午前のみ)\n9/9 [辻]",
    "出席:[圷]、[栂]、[佐藤]。",
    "園長[鶴田]より「前も見た」と。",
    "彼は[蓮]と[湊]を連れて来た。".replace("彼は", ""),
    "夫の[茂]が亡くなって十年。",
    "[荒木]いわく、鍵は家族に渡してある。",
    "本人は([野口]記)",
    "なまえは [さとう はなこ] と もうします。",
    "[あすなろ]に通所している。",
    "[帝京]に救急搬送。",
    "[ヤマト]の配達員。",
    "[千葉東]に受かった。",
    "デイは[さくら]。",
    "[坂の上クリニック]に通っていた。",
    "[つるや呉服店]で仕立てをしていた。",
    "[サンライズ警備]、不採用。",
    "[飯給の分校跡]へ向かう。",
    "[養老川の土手下]にある。",
    "[白鳥橋のたもと]で倒れていた。",
    "[グリーンハイツ]に転居した。",
    "退院は[9月の12日]と聞いた。",
    "['24/11/3]に入所。",
    "[令和6(2024)年11月3日]に入院。",
    "「[まよなか珈琲]」名義で活動",
]


@pytest.mark.parametrize("marked", TOLD)
def test_it_is_found(marked: str) -> None:
    text = IN_BRACKETS.sub(r"\1", marked)
    covered = {place for finding in inspect(text) for place in range(finding.start, finding.end)}
    shift = 0
    for match in IN_BRACKETS.finditer(marked):
        start = match.start() - shift
        assert set(range(start, start + len(match.group(1)))) <= covered, match.group(1)
        shift += 2


PLAIN = [
    "Aさんは30代の女性。長く家から出られなかったが、春から居場所に通うようになった。",
    "Bさんの母は、市の窓口で相談した。担当者は話をよく聞いた。",
    "本人は仕事を辞め、実家に戻った。家族は見守っている。",
    "本人の希望で、就労支援の事業所を見学した。",
    "デイケアに通い、仲間ができた。作業所の仲間と昼食を作る。",
    "申込みは電話で受け付けます。料金は500円です。毎月第2土曜日、午後1時から3時まで開いています。",
    "さくらが咲くころ、公園を散歩した。りんごとみかんを配った。光が差し込む部屋で話した。",
    "園芸の会、料理の会、お茶の会があります。薬局さんにも声をかけます。",
    "一昨日も三軒あり、谷には清水がわく。水四カップを加える。",
    "駅の近くに住む人も多い。郵便局の隣の建物です。公園の前に集合します。",
    "スーパーで働いている。病院に通っている。中学校の先生に相談した。",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_notes_stay_unmarked(text: str) -> None:
    assert [finding.of(text) for finding in inspect(text)] == []


def test_a_long_line_of_days_is_read_at_once() -> None:
    text = "1/2,3、" * 2500
    assert len(inspect(text)) > 2000
