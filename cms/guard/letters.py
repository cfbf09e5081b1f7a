"""Names in Latin letters beside Japanese: Kim神父, Wong（国際交流協会）, tanaka yoshiko さん; readings in brackets."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import could_be_given_name, could_be_surname, is_common_noun, is_role
from cms.guard.naming import KANJI, names_somebody
from cms.guard.wordlists import FUNCTION_WORDS

TITLE = "さん|様|氏|くん|ちゃん|先生|神父|司祭|牧師|医師|教授|夫妻|夫婦|一家|親子|看護師|保健師|通訳|コーチ|監督"
BODY = r"協会|会|センター|社協|課|係|校|室|団体|病院|教会|大学|事業所|組合|財団|機構"
TITLED = re.compile(
    rf"(?<![A-Za-z@_./\-])([A-Z][a-z]{{1,14}}(?: [A-Z][a-z]{{1,14}}){{0,2}})(?= ?(?:{TITLE})| ?\([^()\n]{{0,14}}(?:{BODY})\))"
)
SPELLED = re.compile(rf"(?<![A-Za-z@_./\-])([a-z]{{2,12}} [a-z]{{2,12}})(?= ?(?:{TITLE}))")
AGE = re.compile(r"(?<![\dA-Za-z])\d{1,3} ?sai(?![a-z])")
NOT_A_NAME = re.compile(
    r"(?:LINE|Line|Zoom|Web|Google|Excel|Word|Mail|Wi|Facebook|Twitter|Instagram|Discord|YouTube|Online|Dr|Mr|Ms|Mrs|St)$"
)
# 四月一日（わたぬき）という名字です
READING = re.compile(r"\(([ぁ-んァ-ヴー]{2,8})\)(?=という(?:名|お名前|姓|苗字)|と(?:読|よ)(?:み|む)ます|さん|様|氏)")
# 子はひより（1歳半）: kana before an age in brackets
AGED = re.compile(
    r"(?<![ぁ-んァ-ヴー一-龠])(?:[^。、\n]{0,6}[はがと、])?([ぁ-ん]{2,4}|[ァ-ヴー]{2,5})(?=\(\d{1,2}(?:歳|才|か月|ヶ月))"
)
# 旧姓「野上」, 表札は畑, 名簿では牧, 宛名は波多野方
KNOWN_AS = re.compile(
    rf"(?:旧姓|本姓|姓|苗字|名字|表札|名簿(?:で|に)?|宛名|戸籍(?:名|で|に)?|本名|通称|源氏名|芸名|呼び名|名を問うと|名前を(?:問う|聞く|尋ねる)と)(?:は|では|には|が|も|:)? ?[「『]?((?:[{KANJI}]{{1,4}}|[ァ-ヴー]{{2,6}}|[ぁ-ん]{{2,4}}?)(?: [{KANJI}]{{1,3}})?)[」』]?(?=方?[、。」』\s]|方(?:[。、]|$)|とい|と(?:名|書|呼|あ)|で(?:す|、)|だ|$)"
)
# 校長御手洗より, 職員蛭田が, 大家の堤が
OFFICE = "校長|教頭|園長|院長|所長|施設長|店長|社長|部長|課長|係長|主任|担任|職員|医師|看護師|保健師|相談員|支援員|指導員|民生委員|委員|会長|区長|組長|班長|大家|家主|住職|牧師|主治医|ケアマネ|ヘルパー|巡査|警部|司書|講師|顧問|監督|コーチ|運転手|管理人"
BY_OFFICE = re.compile(
    rf"(?:{OFFICE})の?([{KANJI}]{{1,3}})(?=より|から(?:電話|連絡|話|聞|報告|申)|が(?:[「、]|紹介|言|話|来|訪|同行|対応|付き添|電話|見|気づ|説明|聞)|と(?:面談|話|相談|訪問|同行)|(?:に|へ)(?:電話|連絡|相談|報告|確認|伝え))"
)
# 母みつえが, 末っ子歩, 長女光
OF_FAMILY = "母|父|妻|夫|兄|姉|弟|妹|祖母|祖父|長男|長女|次男|次女|三男|三女|末っ子|息子|娘|孫|ひ孫|叔母|叔父|伯母|伯父|いとこ|姪|甥|義母|義父|母親|父親"
BY_KIN = re.compile(
    rf"(?:{OF_FAMILY})((?:[ぁ-ん]{{2,4}}?|[ァ-ヴー]{{2,5}}|[{KANJI}]{{1,2}}))(?=[がはもと、。（(]|$)", re.M
)
# 久米 節（妻）, （妻・久米節）
KIN_AFTER = re.compile(
    rf"(?:^|(?<=[\s、。「(は:]))([{KANJI}]{{1,4}} ?[{KANJI}]{{1,3}}|[ァ-ヴー]{{2,6}}|[ぁ-ん]{{2,4}})(?=\((?:{OF_FAMILY}|本人|同居|別居|配偶者|世帯主)\))",
    re.M,
)
# 母にゆきなって呼ばれて
CALLED = re.compile(
    r"(?:^|(?<=[\s、。「はがにをと]))([ぁ-ん]{2,4}?|[ァ-ヴー]{2,5})(?=って(?:呼|よ|いう名|言う名)|と(?:呼ばれ|呼ぶ|よばれ))",
    re.M,
)
# わたしは　かずこ　です: kana between spaces
SPACED = re.compile(r"(?<= )([ぁ-ん]{2,5})(?= (?:です|といいます|ともうします|と もうします|さん|より$))")
# 生駒 颯　…: a full name at the head of a line
HEADING = re.compile(rf"^([{KANJI}]{{1,4}}) ([{KANJI}ぁ-ん]{{1,3}})(?=[ \n(]|$)", re.M)
# バスは上古敷谷で降りる
STOP = re.compile(
    rf"(?:バス|路線|電車)[^。、\n]{{0,10}}[はを、に]([{KANJI}ヶケノ々]{{2,8}})(?=で(?:降り|下り|乗り|おり)|から(?:乗|歩)|まで(?:乗|歩|行))"
)
# 担当の菅へ。折り返しは菅まで
IN_CHARGE = re.compile(
    rf"(?:担当|折り返し|連絡先|受け持ち|主担)(?:は|の|:) ?([{KANJI}]{{1,3}})(?=へ|まで|に(?:連絡|電話|お願い|伝え|つな)|が(?:お受け|受け|対応|伺|参り|出ます)|です|、|。)"
)


def _is_told(word: str) -> bool:
    return not is_role(word) and word not in FUNCTION_WORDS and (names_somebody(word.split()[0]) or " " in word)


def _is_surname(word: str) -> bool:
    return could_be_surname(word) and not is_role(word)


def _is_given(word: str) -> bool:
    return could_be_given_name(word) and not is_role(word) and word not in FUNCTION_WORDS


def _is_of_an_age(word: str) -> bool:
    return not is_role(word) and (could_be_given_name(word) or not is_common_noun(word))


def _is_in_letters(word: str) -> bool:
    return not NOT_A_NAME.match(word)


# What is said beside a name, and what the name has to be.
TOLD = (
    (TITLED, _is_in_letters),
    (SPELLED, _is_in_letters),
    (READING, _is_in_letters),
    (IN_CHARGE, _is_surname),
    (BY_OFFICE, _is_surname),
    (KNOWN_AS, _is_told),
    (KIN_AFTER, _is_told),
    (BY_KIN, _is_given),
    (CALLED, _is_given),
    (SPACED, _is_given),
    (AGED, _is_of_an_age),
)


def find(flat: Flat) -> Iterator[Finding]:
    """Persons and ages in letters; names told by the reading, the age, the charge beside them; stops of a line."""
    for pattern, may_be in TOLD:
        for match in pattern.finditer(flat.text):
            if may_be(match.group(1)):
                yield Finding(match.start(1), match.end(1), Kind.PERSON, Certainty.PERHAPS, "told-beside")
    for match in HEADING.finditer(flat.text):
        if could_be_surname(match.group(1)) and could_be_given_name(match.group(2)) and not is_role(match.group(1)):
            yield Finding(match.start(), match.end(), Kind.PERSON, Certainty.PERHAPS, "heading")
    for match in STOP.finditer(flat.text):
        if not is_common_noun(match.group(1)):
            yield Finding(match.start(1), match.end(1), Kind.ADDRESS, Certainty.PERHAPS, "stop")
    for match in AGE.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.AGE, Certainty.PERHAPS, "age")
