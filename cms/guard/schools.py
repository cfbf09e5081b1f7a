"""Schools in short and in kana, houses run by somebody (あおぞらの家)."""

import re
from collections.abc import Iterator

from cms.guard.bodies import KANA, is_nobodys
from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.wordlists import GENERIC_BODIES, GENERIC_SCHOOLS

PERHAPS = Certainty.PERHAPS

# みはらの森小学校, 市原北陵高校卒: schools that the dictionary cuts elsewhere.
SCHOOL = re.compile(
    r"(?:([ぁ-んァ-ヴー]{2,6}の[一-龠]{0,3})(?:小学校|中学校|高校|高等学校|保育園|幼稚園|こども園|学童)|([一-龠ァ-ヴー]{2,8})(?:高校|高等学校|中学|中学校|大学|短大|専門学校)(?=卒|中退|在学中))"
)

OF_A_HOUSE = frozenset(
    {"家", "里", "杜", "郷", "会", "丘", "園", "森", "風", "木", "輪"}
)  # あおぞらの家: run by somebody

NEEDS_PROPER = frozenset({"会", "丘", "園", "森", "風", "木", "輪"})


def _houses(flat: Flat) -> Iterator[Finding]:
    tokens = flat.tokens
    for index in range(2, len(tokens)):
        word, of, house = tokens[index - 2 : index + 1]
        if (
            house.surface not in OF_A_HOUSE
            or of.surface != "の"
            or word.kind[0] not in {"名詞", "動詞", "形状詞", "副詞"}
            or (word.kind[1] in {"代名詞", "固有名詞"} and word.is_name)
        ):
            continue
        if house.surface in NEEDS_PROPER and not re.match(
            r"[」』)]|さん|に(?:通|行|参加)|で(?:働|過)", flat.text[house.end :][:4]
        ):
            continue
        if len(word.surface) > 2 and KANA.fullmatch(word.surface) and not is_nobodys(word.surface):
            yield Finding(word.start, house.end, Kind.ORGANIZATION, PERHAPS, "house")


# まるふく弁当, 光の子保育園: names in kana that are cut into other words, before what can only end a name.
STRONG = "保育園|幼稚園|こども園|小学校|中学校|高校|学園|病院|医院|診療所|クリニック|歯科|薬局|弁当|食堂|商店|書店|工務店|建設|工業|製作所|水産|運送|運輸|旅館|荘|苑|美容室|整骨院|作業所|学童|農園|牧場|酒店|製菓|製パン|電機|自動車"

KANA_RUN = re.compile(
    rf"(?:^|(?<=[\s、。「」(:・はがをに]))([ぁ-ん]{{3,6}}(?<![のなにをはがでとるたいてもか])|[一-龠]の[一-龠ぁ-ん]{{1,3}})(?:{STRONG})(?=[のはがをにでへ、。)\s]|$)",
    re.M,
)

STARTS = re.compile(
    r"(?:この|その|あの|どの|いつも|おなじ|べつ|ちかく|となり|まえ|いま|ひとり|たくさん|はじめ|お|ご|また|もう|まだ|すぐ|ただ|など)"
)


def _kana_runs(flat: Flat) -> Iterator[Finding]:
    for match in KANA_RUN.finditer(flat.text):
        if not STARTS.match(match.group(1)) and match.group(1)[0] not in "市県町村国隣前元別他次今昔駅家":
            yield Finding(match.start(1), match.end(), Kind.ORGANIZATION, PERHAPS, "named-in-kana")


def _schools(flat: Flat) -> Iterator[Finding]:
    for match in SCHOOL.finditer(flat.text):
        word = match.group(1) or match.group(2)
        if word not in GENERIC_BODIES and not is_nobodys(word.partition("の")[0]) and not word.startswith("この"):
            start = flat.without_lead(match.start(), match.end())
            yield Finding(start, match.end(), Kind.ORGANIZATION, PERHAPS, "school")


# 第三中学校, 南小, 県立北高, 東西大: schools named by number or direction, and in short.
SHORT_SCHOOL = re.compile(
    r"(?<![一-龠])(?:県立|市立|町立|都立|府立|道立|私立|国立)?((?:[東西南北]|第[一二三四五六七八九十\d]{1,2}|中央|東部|西部|南部|北部)(?:小学校|中学校|高校|高等学校|小|中|高|幼稚園|保育[園所])"
    r"|[一-龠]{2,4}(?:大|高|短大)(?=の(?:学生|院生|教授|[1-4一二三四]年|生徒)|を(?:中退|卒業|出て|退学)|に(?:進学|入学|通)|卒|生の))(?=[のにへでをがは、。と(]|卒|出)"
)

PUBLIC_SCHOOL = re.compile(
    r"(?:県立|市立|町立|都立|府立|道立|国立)([一-龠ぁ-んァ-ヴー]{1,10}?(?:高校|高|中学校|小学校|病院|医療センター|学校|大学|大|幼稚園|保育園))(?=[のにへでをがは、。と()]|卒|に)"
)


MY_SCHOOL = re.compile(
    r"(?:学校|がっこう|母校|通学先|しょうがっこう|ちゅうがっこう)(?:は|の名は|:)? ?([一-龠ァ-ヴー]{1,6}(?:小|中|高|大|学園|学院)|[ぁ-ん]{2,5}(?:小|中|高))(?=[ 。、で\n(]|です|に)"
)


def _short_schools(flat: Flat) -> Iterator[Finding]:
    for pattern in (SHORT_SCHOOL, PUBLIC_SCHOOL, MY_SCHOOL):
        for match in pattern.finditer(flat.text):
            if match.group(1) not in GENERIC_SCHOOLS and not match.group(1).startswith(("の", "や", "と")):
                yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "school")


def find(flat: Flat) -> Iterator[Finding]:
    """Schools and houses."""
    yield from _houses(flat)
    yield from _schools(flat)
    yield from _short_schools(flat)
    yield from _kana_runs(flat)
