"""What was learned from cases that are long gone, and how many cases there were in quarters that are over."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.actions import learning
from casebook.actions.guarding import cleared
from casebook.actions.tallies import add
from casebook.enums import Body, CardState, CaseState, LifeStage, Outcome, TallyEvent, TallyOf
from casebook.models import Case, LearningCard
from casebook.models.learning import packed
from casebook.queries.learning import offered_for
from casebook.queries.tallies import Quarter
from cms import dates
from cms.search.private import words_for
from directory.models import User
from workshops.models import Material


@dataclass(frozen=True)
class Card:
    """A card of an earlier year. `material`: the words in the title of a material that belongs to it."""

    texts: dict[str, str]
    concerns: tuple[str, ...]
    bodies: tuple[str, ...]
    outcome: str
    stage: str = ""
    years_ago: int = 1
    material: str = ""


def said(title: str, learned: str, tried: str, worked: str = "", hard: str = "", schemes: str = "") -> dict[str, str]:
    """The texts of a card."""
    return {"title": title, "learned": learned, "tried": tried, "worked": worked, "hard": hard, "schemes": schemes}


CARDS = (
    Card(
        said(
            "夜の電話から、朝のあいさつへ",
            "相談より先に、同じ時間に声をかわすことが力になる。内容がなくても、つづくことに意味があった。",
            "夜の電話で、次にかける時間を一緒に決めた。二か月たってから、朝の短い電話に変えた。",
            "かける人を二人に決め、話したことを一行だけ引きついだ。",
            "夜の当番が休みの日に、間があいた。休みの日を先に伝えておけばよかった。",
            "重層的支援体制整備事業の参加支援",
        ),
        ("k1", "k2"), (Body.NPO, Body.VOLUNTEERS), Outcome.FOUND, LifeStage.OLDER, material="夜の電話番",
    ),
    Card(
        said(
            "「用がある人」として来てもらう",
            "居場所へさそうより、手伝いをお願いするほうが来やすい人がいる。役目が、来る理由になる。",
            "箱を運ぶ、花に水をやるなど、十分で終わる手伝いを三つ用意した。ことわってもよいと先に伝えた。",
            "手伝いのあとに、お茶を出すだけにした。相談の話はこちらからしなかった。",
            "人が多い日には頼みごとが見つからず、手もちぶさたにさせてしまった。",
        ),
        ("k3", "k2"), (Body.NPO, Body.COMPANY), Outcome.FOUND, LifeStage.YOUNGER, material="はじめての居場所",
    ),
    Card(
        said(
            "家族の疲れを先に休ませる",
            "本人が動かないとき、家族が話せる場をつくると、家の空気が変わることがある。",
            "家族だけで来られる一時間を月に一度つくり、病院の予約までの間をつないだ。",
            "終わる時間を決め、話した内容を家に持ち帰らないことを約束にした。",
            "日中に仕事がある家族は来られなかった。夜の回をつくることが次の課題。",
            "依存症の家族教室、介護保険の短期入所",
        ),
        ("k9", "k7"), (Body.MEDICAL, Body.SOCIAL_WELFARE), Outcome.PARTLY, LifeStage.MIDDLE,
    ),
    Card(
        said(
            "お金の話は、食べもののあとで",
            "困りごとの順番は、本人の順番でよい。食べものを渡すうちに、支払いの紙を見せてくれた。",
            "毎週同じ曜日に食べものを届けた。三回目から、封をあけていない郵便を一緒に見た。",
            "家計の相談をする人を、届ける人が紹介した。はじめの一回は三人で会った。",
            "届ける人に相談が集まり、疲れてしまった。二人組にして交代した。",
            "生活困窮者自立支援制度の家計改善支援、就労準備支援",
        ),
        ("k5",), (Body.CITY, Body.NPO, Body.WORK), Outcome.FOUND, LifeStage.MIDDLE, material="食べものを届ける",
    ),
    Card(
        said(
            "学校と居場所の間に、歩く時間をつくる",
            "教室に入れるかどうかより、家を出て歩く道のりを一緒につくることが先だった。",
            "保健室から居場所まで、職員と歩いた。途中で帰ってもよい日を決めた。",
            "学校と居場所で、ほめることを一つそろえた。",
            "送り迎えの人手がつづかなかった。見守りの協力者を増やす相談をした。",
            "就学援助、教育支援センター",
        ),
        ("k4",), (Body.SCHOOL, Body.NPO), Outcome.PARTLY, LifeStage.MINOR,
    ),
    Card(
        said(
            "介護の時間を二時間だけ空ける",
            "長い休みより、決まった二時間のほうが使いやすい。何をするかは聞かない。",
            "介護の手だてを入れる人と、話を聞く人を分けた。二時間、家にいる人を週に一度たのんだ。",
            "はじめは隣の部屋にいるだけにした。三度目から外へ出られた。",
            "急なお休みに代わる人がおらず、一度やめてしまった。",
            "介護保険の訪問介護、家族介護者の交流事業",
        ),
        ("k6", "k1"), (Body.CARE, Body.VOLUNTEERS), Outcome.FOUND, LifeStage.OLDER, years_ago=2,
    ),
    Card(
        said(
            "ことばが足りないときは、絵と沈黙で",
            "通訳がそろうのを待つより、やさしい日本語と絵で始めたほうが早く安心してもらえた。",
            "窓口の紙を一枚の絵にした。月に一度、子どもと一緒に座れる会を開いた。",
            "分からないと言える合図を、はじめに決めた。",
            "むずかしい手つづきの日は、やはり通訳が必要だった。",
        ),
        ("k6", "k2"), (Body.CITY, Body.NPO), Outcome.PARTLY, LifeStage.YOUNGER, years_ago=2,
    ),
    Card(
        said(
            "見つからなかった、から始まったこと",
            "受けとめる所がないと分かったことも、大事な結果だった。同じ声が三つ集まり、話し合いが始まった。",
            "夜に家へ帰りたくない人の行き先を、市内の団体に聞いて回った。泊まれる所は見つからなかった。",
            "断られた理由を責めずに書き出した。人、場所、夜の連絡先の三つに分かれた。",
            "待ってもらう間の連絡の取り方を、先に決めておくべきだった。",
        ),
        ("k7", "k8"), (Body.CITY, Body.SCHOOL, Body.NPO), Outcome.NOT_FOUND,
    ),
)  # fmt: skip

# What somebody has just handed in: it waits for the second pair of eyes.
FRESH = said(
    "立ちよれる場所は、約束の代わりになる",
    "約束を守れないことを責めない仕組みがあると、つながりが切れにくい。",
    "予約のいらない時間を週に二日つくり、来なかった日も次の案内だけを届けた。",
    "来た日に食べるものを渡した。",
)

# Quarters back from now; then what opened and what closed, each by coarse stage ("" = not written), by concern, by outcome.
Counts = dict[str, int]
QUARTERS: tuple[tuple[int, tuple[Counts, Counts], tuple[Counts, Counts, Counts]], ...] = (
    (1, ({"m0": 6, "m1": 12, "m2": 9, "m3": 14}, {"k1": 12, "k2": 15, "k3": 8, "k4": 6, "k5": 11, "k6": 7, "k7": 3, "k9": 5}),
     ({"m0": 5, "m1": 8, "m2": 6, "m3": 8}, {"k1": 9, "k2": 10, "k3": 5, "k5": 7, "k6": 6, "k7": 2},
      {"found": 11, "partly": 9, "none": 7})),
    (2, ({"m0": 3, "m1": 10, "m2": 8, "m3": 11}, {"k1": 9, "k2": 11, "k3": 6, "k4": 4, "k5": 8, "k6": 9, "k7": 5, "k0": 2}),
     ({"m0": 2, "m1": 6, "m2": 5, "m3": 6}, {"k1": 6, "k2": 7, "k3": 3, "k5": 5, "k6": 4},
      {"found": 9, "partly": 8, "none": 2})),
    (3, ({"m0": 5, "m1": 7, "m2": 6, "m3": 8, "": 1}, {"k1": 7, "k2": 8, "k3": 5, "k5": 6, "k6": 5, "k8": 1, "k9": 4}),
     ({"m0": 3, "m1": 5, "m2": 4, "m3": 5}, {"k1": 5, "k2": 5, "k5": 5, "k6": 3}, {"found": 7, "partly": 5, "none": 5})),
)  # fmt: skip


def build(staff: dict[str, User]) -> None:
    """After cases and materials."""
    for card in CARDS:
        put_in(card)
    case = Case.objects.filter(author=staff["member"], state=CaseState.CLOSED).get()
    coded = {**offered_for(case), "materials": []}
    learning.hand_in(by=staff["member"], case=case, coded=coded, texts=FRESH)
    for back, opened, closed in QUARTERS:
        quarter = quarters_ago(back)
        counted(quarter, TallyEvent.OPENED, (TallyOf.STAGE, TallyOf.CONCERN), opened)
        counted(quarter, TallyEvent.CLOSED, (TallyOf.STAGE, TallyOf.CONCERN, TallyOf.OUTCOME), closed)


def put_in(card: Card) -> None:
    """As it stands in the library: nobody knows any more who wrote it. The guard reads it all the same."""
    cleared(card.texts, ())
    LearningCard.objects.create(
        state=CardState.SHOWN,
        **card.texts,
        words=words_for(*card.texts.values()),
        dismissals=[],
        fiscal_year=dates.fiscal_year(dates.today()) - card.years_ago + 1,
        life_stage=card.stage,
        concerns=packed(card.concerns),
        bodies=packed(card.bodies),
        outcome=card.outcome,
        materials=_materials(card.material),
    )


def _materials(words: str) -> list[str]:
    found = Material.objects.filter(title__contains=words).order_by("pk") if words else Material.objects.none()
    return list(found.values_list("public_id", flat=True)[:1])


def quarters_ago(back: int) -> Quarter:
    """The quarter so many before this one."""
    quarter = Quarter.of(dates.now())
    for _step in range(back):
        quarter = Quarter(quarter.year - (quarter.number == 1), quarter.number - 1 or 4)
    return quarter


def counted(quarter: Quarter, event: TallyEvent, by: tuple[TallyOf, ...], counts: tuple[Counts, ...]) -> None:
    """Counters of a quarter that is over: all of it, and by each dimension."""
    add(quarter, event, TallyOf.ALL, "", sum(counts[0].values()))
    for dimension, cells in zip(by, counts, strict=True):
        for code, number in cells.items():
            add(quarter, event, dimension, code, number)
