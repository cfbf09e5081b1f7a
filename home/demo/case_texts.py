"""What the invented cases say. They go through the guard like any other text: no person, no place, no day."""

from collections.abc import Iterable
from typing import Any

from casebook.enums import Audience, Body, Consent, Household, LifeStage, RelativeTime, Sex

Plain = dict[str, Any]


def told(
    stage: str,
    household: str,
    concerns: Iterable[str],
    involved: Iterable[str],
    since: str,
    texts: tuple[str, str, str, str],
    *,
    audience: str = Audience.ALL,
    consent: str = Consent.ORAL,
) -> Plain:
    """The arguments of `casebook.actions.cases.write`: codes, and headline, situation, what was tried, the question."""
    coded = {
        "life_stage": stage,
        "household": household,
        "sex": Sex.NOT_GIVEN,
        "concerns": list(concerns),
        "involved": list(involved),
        "relative_time": since,
        "consent": consent,
        "audience": audience,
    }
    return {"coded": coded, "texts": dict(zip(("headline", "situation", "tried", "asked"), texts, strict=True))}


NIGHT = told(
    LifeStage.YOUNGER, Household.WITH_PARENTS, ["k3"], [Body.NPO], RelativeTime.HALF_YEAR,
    (
        "夜しか動けない若い人に、昼につながる道がない",
        "家族とは同じ家にいるが、顔を合わせていない。夜の文字の相談には週に何度か来る。体調の話はするが、昼の窓口には行けない。",
        "文字の相談で半年。居場所へ一度さそったが、入口まで来て帰った。",
        "夜に短い時間でも、人のいる場所へいっしょに行ける団体はありますか。交通の手だてもほしいです。",
    ),
)  # fmt: skip
HEAT = told(
    LifeStage.OLDER, Household.ALONE, ["k2", "k5"], [Body.COMPANY, Body.VOLUNTEERS], RelativeTime.QUARTER,
    (
        "集金のときだけ話す方が、支払いを止めた",
        "ひとりで暮らす方。集金のときの立ち話が、週でいちばん長い会話だと話していた。支払いが止まり、戸も開かなくなった。",
        "声かけをつづけたが、返事は戸ごしに一言だけ。",
        "お金のことと、話し相手のことを、別々の人に頼んだほうがよいでしょうか。順番に迷っています。",
    ),
    consent=Consent.NOT_NEEDED,
)  # fmt: skip
DOUBLE = told(
    LifeStage.MIDDLE, Household.FAMILY, ["k6", "k7"], [Body.SCHOOL, Body.CARE], RelativeTime.YEAR,
    (
        "子の通えなさと親の介護が重なり、話す時間がない",
        "昼は親の介護、夕方から子どもの勉強につきそう。本人が休む時間がない。学校と介護の窓口が、それぞれ別の紙を渡している。",
        "学びの場へ月に二度。家族の会には、時間が合わず一度も来られていない。",
        "介護される方と子どもが、同じ時間に過ごせる場所はありますか。",
    ),
    audience=Audience.CORE, consent=Consent.WRITTEN,
)  # fmt: skip
HOME_WORK = told(
    LifeStage.THIRTIES, Household.NOT_GIVEN, ["k5", "k1"], [Body.NOBODY], RelativeTime.MONTH,
    (
        "在宅の仕事だけで、だれとも会わない月がある",
        "Aさんは30代。仕事は足りているが、声を出さない日がつづくと話す。眠れない夜が増えた。",
        "電話で二度話した。居場所は「用がないと行けない」と言う。みなも市立中央図書館の席なら、座っていられる日がある。",
        "用をつくってくれる場所、たとえば軽い手伝いはありますか。",
    ),
    audience=Audience.CORE,
)  # fmt: skip
AFTER_SCHOOL = told(
    LifeStage.MINOR, Household.NOT_GIVEN, ["k4"], [Body.SCHOOL, Body.NPO], RelativeTime.HALF_YEAR,
    (
        "教室に入れない子の、夕方からの居場所がない",
        "昼は保健室までは行ける日がある。親は夕方から仕事で、帰るまでひとりで過ごす。ゲームの話になるとよく笑う。",
        "学びの場に三回来た。人が多い日は入口で帰る。送り迎えができず、間があいた。",
        "夕方に、少ない人数で過ごせる場所はありませんか。週に一回でもありがたいです。",
    ),
)  # fmt: skip
CARER = told(
    LifeStage.OLDER, Household.COUPLE, ["k6", "k1"], [Body.CARE, Body.VOLUNTEERS], RelativeTime.QUARTER,
    (
        "配偶者の介護で、夜に眠れず誰とも話していない",
        "介護の手だては入っている。夜中に何度も起きるので、昼はぼんやりしている。友人の誘いは断りつづけている。",
        "家族の会を案内したが、家をあけられない。電話では三十分話しつづけた。",
        "家にいながら話せる場、または、二時間だけ家にいてくださる方はありませんか。",
    ),
)  # fmt: skip
LANGUAGE = told(
    LifeStage.YOUNGER, Household.FAMILY, ["k6", "k2"], [Body.CITY, Body.NPO], RelativeTime.QUARTER,
    (
        "ことばが通じず、子育ての相談が途中で終わる",
        "日本語の日常会話はできる。書類と予防接種の話になると黙ってしまう。近所に知り合いはいない。",
        "やさしい日本語の案内を渡した。窓口へは一度いっしょに行けた。",
        "子どもを連れて、月に一度ほど、ゆっくり話せる集まりはありますか。通訳がなくてもかまいません。",
    ),
)  # fmt: skip
BEREAVED = told(
    LifeStage.OLDER, Household.NOT_GIVEN, ["k0", "k2"], [Body.VOLUNTEERS], RelativeTime.MONTH,
    (
        "見送ったあと、家から出る用がなくなった",
        "長く看病をしてきた。手つづきが終わると、行く先がなくなったと話す。食事は買ったもので済ませている。",
        "訪ねて二度話した。集まりは「元気な人の所」と感じるとのこと。",
        "同じような経験をした方と、静かに過ごせる場はありますか。",
    ),
)  # fmt: skip
DEBT = told(
    LifeStage.MIDDLE, Household.ALONE, ["k5"], [Body.CITY, Body.WORK], RelativeTime.YEAR,
    (
        "仕事が切れるたび、連絡も切れてしまう",
        "短い仕事をつないで暮らしている。仕事があるうちは連絡が取れ、切れると電話に出なくなる。部屋の片づけが進まない。",
        "家計の相談に二度つきそった。約束の日に来られないことが重なった。",
        "約束がなくても立ちよれて、帰りに食べるものを渡せる場所はありますか。",
    ),
)  # fmt: skip
DRINK = told(
    LifeStage.MIDDLE, Household.NOT_GIVEN, ["k9", "k7"], [Body.MEDICAL, Body.SOCIAL_WELFARE], RelativeTime.LONGER,
    (
        "家族が先に疲れて、相談が止まっている",
        "お酒のことで家族が長く悩んでいる。本人は「困っていない」と言う。家族は眠れず、誰にも話していない。",
        "家族だけで病院の相談に行った。次の予約までが長く、気持ちが切れた。",
        "家族だけで通える会、または、家族の話を月に一度聞ける方はありますか。",
    ),
    audience=Audience.CORE,
)  # fmt: skip
QUIET = told(
    LifeStage.YOUNGER, Household.ALONE, ["k2", "k1"], [Body.NOBODY], RelativeTime.BEFORE,
    (
        "引っ越してきて半年、話すのは店の人だけ",
        "仕事の都合で市内に来た。休みの日は部屋で過ごす。相談というほどではない、と言って電話を切る。",
        "匿名の電話で一度話した。催しの案内を口で伝えた。",
        "申込みもいらず、名乗らずに座っていられる所を、休みの日にひらいている団体はありますか。",
    ),
    consent=Consent.NOT_NEEDED,
)  # fmt: skip
ROOM = told(
    LifeStage.MIDDLE, Household.NOT_GIVEN, ["k3", "k5"], [Body.CITY, Body.CARE], RelativeTime.LONGER,
    (
        "親の入院で、家の中の暮らしが回らなくなった",
        "長く家で過ごしてきた方。買い物も食事も親がしていた。支援に入る人は「親の担当」と「本人の担当」に分かれている。",
        "戸ごしに声をかけ、食べるものを置いてくる。返事の紙が一度だけあった。",
        "食事を届けながら、本人と短い言葉をかわせる団体はありますか。",
    ),
    audience=Audience.CORE, consent=Consent.NOT_NEEDED,
)  # fmt: skip
PHONE = told(
    LifeStage.OLDER, Household.ALONE, ["k2"], [Body.COMPANY], RelativeTime.QUARTER,
    (
        "毎日かかってくる電話に、夜の当番が足りない",
        "話し相手がほしいという電話が、夜に何度もある。話すと落ちつく。ほかの方の電話がつながりにくくなっている。",
        "時間を決めて、こちらからかける形にした。二週間つづいた。",
        "昼の時間に、話し相手の電話を分けあえる団体はありますか。",
    ),
)  # fmt: skip
LEAVING = told(
    LifeStage.HIGH_SCHOOL, Household.FAMILY, ["k7", "k4"], [Body.SCHOOL], RelativeTime.MONTH,
    (
        "家に帰りたくない日の、行き先が決まらない",
        "家での言い合いが増え、夜に外で過ごす日がある。学校には来ている。",
        "学校で話を聞いた。",
        "まだ書きかけ。夜に電話できる所を、みんなに聞きたい。",
    ),
    audience=Audience.CHOSEN,
)  # fmt: skip
