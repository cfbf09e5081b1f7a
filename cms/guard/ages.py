"""Exact ages and years at school."""

import re
from collections.abc import Iterable, Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

# Two kanji figures at least, or a ten: 八十三, 七十, 二十.
KANJI_AGE = r"(?:百?[二三四五六七八九]?十[一二三四五六七八九]?|百[一二三四五]?)"
NOT_EXACT = r"(?!以上|以下|未満|以降|まで|から|代|台|頃まで|前後|程度|児|半?健診|半?児|の集い|のつどい|を祝う|ごろまで|過ぎ|以内|刻み|ごと|区切り|階級)"
AGE = re.compile(
    rf"(?<![\d.])\d{{1,3}} ?(?:歳|才|さい(?=[ のでにとはがを、。)]))(?: ?\d{{1,2}} ?(?:か月|ヶ月|ヵ月|カ月|ケ月)|半(?!健診|児))?{NOT_EXACT}"
    rf"|[一二三四五六七八九十百]{{1,5}}[歳才]{NOT_EXACT}|\d{{1,2}}(?: years? old|-years?-old| ?y/?o(?![a-z]))"
    r"|(?<![ぁ-ん])(?:いっ|に|さん|よん|ご|ろく|なな|はっ|きゅう|じゅっ|じゅう(?:いっ|に|さん|よん|ご|ろく|なな|はっ|きゅう))さい|[Gg]rade \d{1,2}|\d{1,2}(?:st|nd|rd|th) grade(?:r)?"
    r"|生後 ?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|半) ?(?:か月|ヶ月|ヵ月|カ月|ケ月|かげつ|月|年|日|週)"
    r"|(?:享年|行年|満|数えで?) ?(?:\d{1,3}|[一二三四五六七八九十百]{2,5}) ?(?:歳|才)?(?![年月日点\d代以未]|か月)|\d歳児(?=クラス|組|の(?:娘|息子|長|次|子|弟|妹))|はたち(?=[のでにになをだ、。])"
)
AGED = re.compile(
    r"(?:[Aa]ged?|(?<![A-Za-z])(?:is|was|turned|turns|am)) (\d{1,2})(?= years|[.,;)]|$| and| now)(?!\.\d)"
)
SCHOOL = r"(?:(?<![大縮最])小(?:学校?)?|しょうがく|(?<![〜~の途])中(?:学校?)?|ちゅうがく|(?<![最])高(?:校)?|こうこう|高等部|中学部|小学部|大学院?|短大|高専|専門学校)"
# Signs with which one of these begins, looked at first: six times as quick.
GRADE_BEGINS = r"(?=[小中高新学年大短専しちこ\d一二三四五六])"
GRADE = re.compile(
    GRADE_BEGINS + "(?:"
    rf"{SCHOOL}の? ?[1-6一二三四五六](?:ねんせい|年生?|回生)"
    r"|(?<![一-龠])新?[小中高][1-6](?!日|時|週|か|ヶ|カ|人|名|回|件|分|つ|%|割|校|月|\d|列|段|枚|本)|(?<![\d一-龠第])[1-6](?:年生|ねんせい)|(?<![一-龠])[一二三四五六]年生"
    r"|(?<![一-龠])新?[中高小][一二三四五六](?=[のはがをでにだ、。)（( ]|です|女子|男子|息子|娘)"
    r"|(?<![\d一-龠第])[1-6一二三四五六]年 ?[A-E\d一二三四五六七八九]{1,2}組|(?<![一-龠])年[長少](?:児|組|さん|クラス)?(?=[のはがをで、。)さ\s]|です|だ)|(?<![一-龠])年中(?:児|組|さん|クラス)"
    r"|(?<=[小中高校])[1-6]年(?!間|生|前|後|度|目|分|ぶり|以)"
    r"|(?:(?<=ん\()|(?<=君\()|(?<=様\()|(?<=氏\())[1-6一二三四五六]年(?=[)、,・])|(?<=\()年[長中少](?=[)、,])|学年 ?:? ?([1-6一二三四五六]年)"
    r"|(?<![\d一-龠第年])[1-6一二三四五六]年(?=の[一-龠ぁ-んァ-ヴー]{1,6}?(?:さん|くん|ちゃん|君))|\d(?:st|nd|rd|th) year of (?:junior )?high(?: school)?|しょうがく[1-6一二三四五六]年|ちゅうがく[1-3一二三]年"
    r")"
)
# A profile in one line: 市原/17/通信.
PROFILE_AGE = re.compile(r"(?<=[一-龠ぁ-んァ-ヴーA-Za-z]/)(\d{1,2})(?=/[一-龠ぁ-んァ-ヴーA-Za-z])")
# 祖母（86）, 母（四十七、無職）, 長男(41・無職)
BRACKET_AGE = re.compile(
    rf"(?:(?<=[一-龠々ぁ-んァ-ヴーa-z、・])|(?<=[a-z] ))\( ?(\d{{1,3}}|{KANJI_AGE})(?= ?[)、,・/]|男|女)"
)
IN_BRACKET_AGE = re.compile(rf"(?<=[、,・/])(\d{{2}}|{KANJI_AGE})(?= ?\))")
# 76男, 男82, 女性・35
SEX_AGE = re.compile(
    r"(?<![\d.\-/年月])(\d{2,3})(?= ?(?:男性?|女性?)(?![子一-龠]))|(?:(?<![一-龠])[男女]性?|夫|妻|父|母|本人|長[男女]|次[男女])[・/ ]?(\d{2,3})(?![\d年月日時名人回件%か-んー/.\-一-龠])"
)
# うちの主人、七十七なんです。わしは七十九、次は… 今年で八十になる。ふさは八十八。
TOLD_AGE = re.compile(
    rf"(?:(?<=[はがもでに、。「」\s,])|(?<=年で)|^)({KANJI_AGE})(?=なん(?:です|だ)|です|だ(?:[。、」\s]|よ|が|け|し|った)|じゃ|や(?:[。、]|けど)|に(?:も?なる|も?なっ|も?なり|も?なろ|なられ)|のとき|の時|の(?:娘|息子|母|父|祖|妻|夫|独|男|女|誕生|春|夏|秋|冬|年に|頃|ころ|青年|若者|老)|と(?:言|い[いうっ])|[。、]|$)",
    re.M,
)
TOLD_AGE_FIGURES = re.compile(
    r"(?:(?:今年|来年|去年|昨年|もう|まだ|当時|現在|年齢|とし|本人|数え|満|もうすぐ|まもなく|わし|わたし|私|俺|おれ|父|母|夫|妻|祖母|祖父|主人|息子|娘)(?:は|で|も|が)?(?:、|もう|、?まだ| )?)(\d{1,2})(?=なん(?:です|だ)|です[。、がけよ]|だ(?:[。、」\s]|よ|が|け|し|った|と)|に(?:なる|なっ|なり|なら)|と(?:言|い[いうっ])|[。、](?!\d))"
    rf"|(?:しゅじん|ちち|はは|むすこ|むすめ|おっと|つま|わたし|ぼく|おれ|当方|小生|自分|おじい|おばあ)(?:さん|ちゃん)?(?:は|も|が|、)? ?(\d{{1,3}}|{KANJI_AGE})(?=[、。」 ]|です|だ|さい)"
    r"|(?<![\d月/.\-])(\d{2})(?=だと(?:言|い[いうっ])|になられ|と(?:本人が)?(?:言|いう|名乗))"
)
# 82の母を, 22のとき上京した, 来月で90, 娘は三つになる
BEFORE_KIN = re.compile(
    r"(?<![\d月/.\-:年第])([1-9]\d|10\d)(?=の(?:母|父|祖母|祖父|夫|妻|娘|息子|長男|長女|次男|次女|兄|姉|弟|妹|叔|伯|誕生日|とき|時に|頃に|ころに|年寄|老|独身|男性|女性|男(?=[がはの。、])|女(?=[がはの。、])|ひと|人(?=[がはで]))|で(?:別れ|子を|母に|父に|独り|家出|入院|発症|倒れ|中退|就職|渡日|来日|結婚|上京|嫁|離婚|他界|亡くな|逝|退職|定年|独立|家を出|出産|入社))"
)
SOON = re.compile(
    rf"(?:来月|来年|今年|今月|明日|まもなく|もうすぐ|あと少し|春|夏|秋|冬)(?:で|に(?:は|も)?|、|も)? ?((?:[1-9]\d|10\d|{KANJI_AGE}|百)歳?)(?=[。、」\s]|に(?:なる|なっ|なり)|です|だ|$)|(?:^|(?<=[、。「\s]))([1-9]\d)(?=になったら|になれば|になるまで|になったとき)",
    re.M,
)
SMALL = re.compile(
    r"(?:娘|息子|子|孫|長男|長女|次男|次女|弟|妹)(?:は|が|も|、)(?:まだ|もう|今年)?(二つ|三つ|四つ|五つ|六つ|七つ|八つ|九つ|とお)(?=に(?:なる|なっ|なり)|で[、。す]|だ|の|なん)"
)
# The years that have names of their own.
NAMED_AGE = re.compile(
    r"(?:還暦|古希|古稀|喜寿|傘寿|米寿|卒寿|白寿|百寿)(?=を(?:迎え|過ぎ|すぎ|祝)|に(?:な|近)|の(?:母|父|祖母|祖父|夫|妻|男性|女性))"
)


# 父 62 無職, 長男(8), 母・58
LABELLED = re.compile(r"(?:年齢|とし|年|ねんれい|齢)(?: ?: ?| |は ?)(\d{1,3})(?![\d年月日人名件代歳以./%-])")
SIGNED = re.compile(
    r"(?<![\d.])(\d{1,3}) ?(?=[♂♀]|/ ?[MFmf男女](?![a-z]))|[♂♀] ?(\d{1,3})|(?<![\d.\-/年月A-Za-z])(\d{2})[MF](?![A-Za-z\d])"
)
LISTED = re.compile(
    r"(?:父|母|本人|夫|妻|世帯主|祖父|祖母|兄|姉|弟|妹|長男|次男|三男|長女|次女|三女|孫|姪|甥)[ :,、・]? ?(\d{1,2})(?=[\s、,・。)/]|$)"
)
BESIDE_A_NAME = re.compile(
    rf"(?:さん|様|氏|くん|君|ちゃん|殿)?[ 、,(/・:]{{1,2}}(?:満|年齢)? ?(\d{{1,2}}|10\d|{KANJI_AGE})(?=[)、。,/・\s]|歳|才|男|女|$)"
)


def beside_names(flat: Flat, found: Iterable[Finding]) -> Iterator[Finding]:
    """佐々木 62, 田中さん、四十五、: a number behind a person."""
    for finding in found:
        if finding.type == Kind.PERSON:
            match = BESIDE_A_NAME.match(flat.text, finding.end)
            if match:
                yield Finding(match.start(1), match.end(1), Kind.AGE, PERHAPS, "age-beside-a-name")


def find(flat: Flat) -> Iterator[Finding]:
    """Ages."""
    for match in AGE.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.AGE, SURE, "age")
    patterns = (
        (GRADE, "school-year"),
        (BRACKET_AGE, "age-in-brackets"),
        (IN_BRACKET_AGE, "age-in-brackets"),
        (PROFILE_AGE, "age-in-a-profile"),
        (SEX_AGE, "age-beside-sex"),
        (TOLD_AGE, "told-age"),
        (TOLD_AGE_FIGURES, "told-age"),
        (BEFORE_KIN, "told-age"),
        (SOON, "told-age"),
        (SMALL, "told-age"),
        (NAMED_AGE, "named-age"),
        (AGED, "age"),
        (LISTED, "age-beside-a-relation"),
        (LABELLED, "age-after-a-label"),
        (SIGNED, "age-beside-sex"),
    )
    for pattern, rule in patterns:
        for match in pattern.finditer(flat.text):
            group = match.lastindex or 0
            yield Finding(match.start(group), match.end(group), Kind.AGE, PERHAPS, rule)
