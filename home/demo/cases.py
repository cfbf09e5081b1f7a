"""Three invented cases: one that waits for answers, one taken up, one closed; a fourth waits for its second reader.

They go through the guard like any other text, so nothing in them names a person, a place or a day.
"""

import datetime as dt
from typing import Any

from casebook.actions.cases import close, submit, write
from casebook.actions.offers import answer, offer
from casebook.actions.release import release
from casebook.enums import Audience, Body, Consent, Household, LifeStage, Outcome, RelativeTime, Stance
from casebook.models import Case
from cms.dates import today
from directory.models import User

NIGHT: dict[str, Any] = {
    "coded": {
        "life_stage": LifeStage.TWENTIES,
        "household": Household.WITH_PARENTS,
        "sex": "",
        "concerns": ["k3", "k1"],
        "involved": [Body.NPO],
        "relative_time": RelativeTime.HALF_YEAR,
        "consent": Consent.ORAL,
        "audience": Audience.ALL,
    },
    "texts": {
        "headline": "夜しか動けない若い人に、昼につながる道がない",
        "situation": "家族とは同じ家にいるが、顔を合わせていない。夜の文字の相談には週に何度か来る。体調の話はするが、昼の窓口には行けない。",
        "tried": "文字の相談で半年。居場所へ一度さそったが、入口まで来て帰った。",
        "asked": "夜に短い時間でも、人のいる場所へいっしょに行ける団体はありますか。交通の手だてもほしいです。",
    },
}
HEAT: dict[str, Any] = {
    "coded": {
        "life_stage": LifeStage.SIXTIES,
        "household": Household.ALONE,
        "sex": "",
        "concerns": ["k2", "k5"],
        "involved": [Body.COMPANY, Body.VOLUNTEERS],
        "relative_time": RelativeTime.QUARTER,
        "consent": Consent.NOT_NEEDED,
        "audience": Audience.ALL,
    },
    "texts": {
        "headline": "集金のときだけ話す方が、支払いを止めた",
        "situation": "ひとりで暮らす方。集金のときの立ち話が、週でいちばん長い会話だと話していた。支払いが止まり、戸も開かなくなった。",
        "tried": "声かけをつづけたが、返事は戸ごしに一言だけ。",
        "asked": "お金のことと、話し相手のことを、別々の人に頼んだほうがよいでしょうか。順番に迷っています。",
    },
}
DOUBLE: dict[str, Any] = {
    "coded": {
        "life_stage": LifeStage.FORTIES,
        "household": Household.FAMILY,
        "sex": "",
        "concerns": ["k6", "k7"],
        "involved": [Body.SCHOOL, Body.CARE],
        "relative_time": RelativeTime.YEAR,
        "consent": Consent.WRITTEN,
        "audience": Audience.CORE,
    },
    "texts": {
        "headline": "子の通えなさと親の介護が重なり、話す時間がない",
        "situation": "昼は親の介護、夕方から子どもの勉強につきそう。本人が休む時間がない。学校と介護の窓口が、それぞれ別の紙を渡している。",
        "tried": "学びの場へ月に二度。家族の会には、時間が合わず一度も来られていない。",
        "asked": "介護される方と子どもが、同じ時間に過ごせる場所はありますか。",
    },
}
WAITING: dict[str, Any] = {
    "coded": {
        "life_stage": LifeStage.THIRTIES,
        "household": Household.ALONE,
        "sex": "",
        "concerns": ["k5", "k1"],
        "involved": [Body.NOBODY],
        "relative_time": RelativeTime.MONTH,
        "consent": Consent.ORAL,
        "audience": Audience.CORE,
    },
    "texts": {
        "headline": "在宅の仕事だけで、だれとも会わない月がある",
        "situation": "仕事は足りているが、声を出さない日がつづくと話す。眠れない夜が増えた。",
        "tried": "電話で二度話した。居場所は「用がないと行けない」と言う。",
        "asked": "用をつくってくれる場所、たとえば軽い手伝いはありますか。",
    },
}


def shared(by: User, reviewer: User, plain: dict[str, Any]) -> Case:
    """Written, handed in, read by a second person, opened."""
    return release(by=reviewer, case=submit(by=by, case=write(by=by, **plain)))


def build(staff: dict[str, User]) -> None:
    """The cases and what others answered."""
    reviewer, soon = staff["reviewer"], today() + dt.timedelta(days=10)
    night = shared(staff["member"], reviewer, NIGHT)
    offer(by=staff["member2"], case=night, stance=Stance.TOGETHER, due_on=soon,
          text="週末の夜なら、車で迎えに行ける人がいます。はじめは玄関先で話すだけでも。")  # fmt: skip
    offer(by=staff["partner"], case=night, stance=Stance.INFORMATION, text="交通費に使える助成の案内をお渡しできます。")

    heat = shared(staff["member2"], reviewer, HEAT)
    taken = offer(by=staff["member3"], case=heat, stance=Stance.CAN_HANDLE, due_on=soon,
                  text="話し相手のほうを、うちで引きうけます。お金の話はそのあとにしましょう。")  # fmt: skip
    answer(by=staff["member2"], offer=taken, accept=True)

    double = shared(staff["member3"], reviewer, DOUBLE)
    found = offer(
        by=staff["member"],
        case=double,
        stance=Stance.CAN_HANDLE,
        text="家の一階なら、どちらの方もいっしょに過ごせます。",
    )
    answer(by=staff["member3"], offer=found, accept=True)
    close(by=staff["member3"], case=double, outcome=Outcome.FOUND, note="月に二度、三人で通うことになりました。")

    submit(by=staff["member2"], case=write(by=staff["member2"], **WAITING))
