"""Names in Latin letters beside Japanese: Kim神父, Wong（国際交流協会）, tanaka yoshiko さん; readings in brackets."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import could_be_given_name, could_be_surname, is_common_noun, is_role
from cms.guard.naming import KANJI

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
# バスは上古敷谷で降りる
STOP = re.compile(
    rf"(?:バス|路線|電車)[^。、\n]{{0,10}}[はを、に]([{KANJI}ヶケノ々]{{2,8}})(?=で(?:降り|下り|乗り|おり)|から(?:乗|歩)|まで(?:乗|歩|行))"
)
# 担当の菅へ。折り返しは菅まで
IN_CHARGE = re.compile(
    rf"(?:担当|折り返し|連絡先|受け持ち|主担)(?:は|の|:) ?([{KANJI}]{{1,3}})(?=へ|まで|に(?:連絡|電話|お願い|伝え|つな)|が(?:お受け|受け|対応|伺|参り|出ます)|です|、|。)"
)


def _told(flat: Flat) -> Iterator[re.Match[str]]:
    for pattern in (TITLED, SPELLED, READING):
        yield from (match for match in pattern.finditer(flat.text) if not NOT_A_NAME.match(match.group(1)))
    for match in IN_CHARGE.finditer(flat.text):
        if could_be_surname(match.group(1)) and not is_role(match.group(1)):
            yield match
    for match in AGED.finditer(flat.text):
        word = match.group(1)
        if not is_role(word) and (could_be_given_name(word) or not is_common_noun(word)):
            yield match


def find(flat: Flat) -> Iterator[Finding]:
    """Persons and ages in letters; names told by the reading, the age, the charge beside them; stops of a line."""
    for match in _told(flat):
        yield Finding(match.start(1), match.end(1), Kind.PERSON, Certainty.PERHAPS, "told-beside")
    for match in STOP.finditer(flat.text):
        if not is_common_noun(match.group(1)):
            yield Finding(match.start(1), match.end(1), Kind.ADDRESS, Certainty.PERHAPS, "stop")
    for match in AGE.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.AGE, Certainty.PERHAPS, "age")
