"""Whether a text tells of danger: in any spelling, and careful on the safe side."""

import pytest

from cms.enums import Danger
from cms.text.distress import SHIPPED, Distress

WORDS = {"がっこう": "学校"}

# One text between two bars.
LIFE = (
    "自〇|自○したい|逝きたい|薬飲みすぎた|死んだ方がいいよね私|ﾘｽｶ|"
    "しにたい|死にたい|シニタイ|しにたーい|しにたああい|しにたいいいい|ﾀﾋにたい|タヒりたい|氏にたい|4にたい|"
    "shinitai|sinitai|しにtai|死にたくない|死にたくなってきた|死んでしまいたい|死んじゃいたい|"
    "死にてえ|しにてー|死のうと思う|もう死んだほうがいい|死にたすぎる|きえたい|消えたい|消えちゃいたい|"
    "きえてしまいたい|kietai|いなくなりたい|居なくなりたい|自殺|じさつ|リスカ|りすか|手首切った|"
    "手首を切ってしまう|切りたい|生きていたくない|いきていたくない|生きるのがつらい|いきるのがつらい|首つり|OD|"
    "オーバードーズ|楽になりたい|もう終わりにしたい|友達が死にたいと言っている|死|しぬ|つらくて死にそう|"
    "もうしにたい|ほんとしにたい|しにたいんだけど|消えてなくなりたい|いないほうがいいのかな|飛び降りたい|しにたひ|"
    "死んでしまったほうが楽だ|もう、消えて無くなりたいんです|生きてても仕方がない|娘がリストカットをしています|"
    "息子が自殺すると言って部屋から出てこない|し に た い|shini tai|mou shinitai|"
    "シニタイ...|死　に　た　い|I want to die|I wanna die|kill myself"
)
HARM = (
    "親が殴る|父親に蹴られた|旦那に殴られた|人を殺したい|"
    "殺される|殺されそう|殴られる|なぐられた|夫に殴られています|DV|ＤＶ|ディーブイ|虐待|ぎゃくたい|"
    "子どもをたたいてしまう|子供を叩いてしまいそう|レイプされた|彼氏がこわい|逃げたい|にげたい|親に叩かれる|"
    "おやにたたかれる|けられた|家に帰るのがこわい|nagurareru"
)
WEARY = (
    "もう無理|もうむり|もうムリ|もうだめ|限界|つらい|ツライ|つらすぎ|しんどい|しんどー|助けて|たすけて|"
    "涙が止まらない|つかれた|もう疲れたよ|tasukete|mou muri"
)
NONE = (
    "病院行きたくない|祭りにいきたい|行きたい|必死に頑張る|死角|切手|消えた年金|暴力団|"
    "死んだ犬がさみしい|父が死んだ|楽しくて死にそう|笑い死に|私にたいせつな人|わたしにたいせつなひと|市に対して|"
    "むかしにたいする|髪を切りたい|学校いきたくない|がっこう行きたくない|会社にいきたくない|寝れない|お金がない|"
    "友達がいない|親の介護|家にいたくない|仕事やめたい|ひきこもり|市の手続き|消費税|知りたい|しりたい|"
    "わたしにたい焼き|縁を切りたい|2月11日|宇宙飛行士|市に届け出たい|市に出したい|自殺対策|電話を切りたい|"
    "死亡届|お墓"
)


@pytest.fixture(scope="module")
def shipped() -> Distress:
    return Distress.of()


@pytest.mark.parametrize(
    ("danger", "texts"), [(Danger.LIFE, LIFE), (Danger.HARM, HARM), (Danger.WEARY, WEARY), (None, NONE)]
)
def test_what_a_text_tells_of(shipped: Distress, danger: Danger | None, texts: str) -> None:
    heard = {text: shipped.danger_in(text, WORDS) for text in texts.split("|")}
    assert {text: one for text, one in heard.items() if one != danger} == {}


def test_every_shipped_saying_is_heard_as_it_stands(shipped: Distress) -> None:
    """In graver lists a saying may have a part that is known there: never less grave."""
    grave = list(Danger)
    lost = []
    for number, danger in enumerate(grave):
        for words in [*SHIPPED[danger]["sayings"], *SHIPPED[danger]["alone"]]:
            heard = shipped.danger_in(words)
            if heard is None or grave.index(heard) > number:
                lost.append((words, heard))
    assert lost == []


def test_a_joke_beside_the_truth_hides_nothing(shipped: Distress) -> None:
    assert shipped.danger_in("楽しくて死にそう、と笑っていたけれど、死にたい") is Danger.LIFE


def test_the_gravest_counts(shipped: Distress) -> None:
    assert shipped.danger_in("もう無理。夫に殴られる") is Danger.HARM
    assert shipped.danger_in("夫に殴られる。もう死にたい") is Danger.LIFE


def test_words_of_staff_stand_beside_the_shipped_ones() -> None:
    heard = Distress.of([("みなも橋から見る", "life")])
    assert heard.danger_in("みなも橋から、見ています") is Danger.LIFE
    assert heard.danger_in("しにたい") is Danger.LIFE


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "🙂", "。", "ー", "a", "あ" * 5000, "\ud800", "(" * 300, "しにたい" * 500]
)
def test_nothing_that_is_typed_breaks_it(shipped: Distress, text: str) -> None:
    shipped.danger_in(text, WORDS)
