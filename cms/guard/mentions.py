"""Names told by what stands around them: lists of those present, spaced letters in forms, pairs of words, English."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.people import KANJI, could_be_name, is_plain_word, is_role
from cms.text.tokenizer import dictionary

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

ENDS = r"(?=[\s、。,.;:()（）」』・/]|$)"
# 出席：市 本田、社協 野口: after a space, before a comma.
ALONE = re.compile(rf"(?<=[\s、])([{KANJI}]{{1,4}}){ENDS}")
# 事務局（本田）： who speaks in minutes.
SPEAKS = re.compile(rf"\(([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}})\)(?=\s?:)")
# … に小野田とある, … は吉川と読める.
WRITTEN = re.compile(
    rf"(?:[にはが]|、|「)([{KANJI}]{{2,5}}|[ァ-ヴー]{{2,8}})(?=」?と(?:ある|あり|書|記|読め|読む|名乗|刻|いう(?:名|男|女|人|方|表札)))"
)
# 名前（一華・二葉）
NAMES_IN_BRACKETS = re.compile(r"(?:名前|氏名|呼び名|子ども|きょうだい|兄弟|姉妹|家族)\(([^()\n]{2,40})\)")
ITEM = re.compile(rf"[{KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}}|[ぁ-ん]{{2,5}}")
# 署名欄：斎　藤　　実
SPACED = re.compile(
    rf"(?:署名|氏名|名前|記入|サイン|ふりがな|フリガナ|宛名|表札)[^:\n]{{0,4}}:\s?(?:フリガナ\s?)?((?:[{KANJI}]|[ァ-ヴー])(?:\s*[{KANJI}ァ-ヴー]){{1,11}})"
)
PAIR = re.compile(
    rf"(?<![{KANJI}])([{KANJI}]{{1,3}})\s([{KANJI}]{{1,3}}|[ぁ-ん]{{2,4}}|[ァ-ヴー]{{2,5}})(?![{KANJI}ァ-ヴー])"
)
KATAKANA_PAIR = re.compile(r"(?<![ァ-ヴー])([ァ-ヴー]{2,6})\s([ァ-ヴー]{2,6})(?![ァ-ヴー])")
ENGLISH = re.compile(
    r"(?:[Dd]aughter|[Ss]on|[Hh]usband|[Ww]ife|[Mm]other|[Ff]ather|[Bb]rother|[Ss]ister|[Ff]riend|name is|I am|I'm|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)"
    r"\s([A-Z][a-z]{1,12}(?:\s[A-Z][a-z]{1,12})?)(?![A-Za-z])"
)
FROM = re.compile(
    r"(?:From|To|Cc|差出人|送信者)\s?:\s?\"?([A-Z][A-Za-z'\-]{1,14}(?:\s[A-Z][A-Za-z'\-]{0,14}){0,3})(?=\s?[\"<\n]|$)"
)


@cache
def could_be_surname(word: str) -> bool:
    """The dictionary has a surname of this spelling."""
    return any(m.part_of_speech()[3] == "姓" for m in dictionary().lookup(word))


def _stand_alone(flat: Flat) -> Iterator[Finding]:
    for match in ALONE.finditer(flat.text):
        word = match.group(1)
        if len(word) > 1 and could_be_surname(word) and not is_role(word) and not _is_municipal(flat, match.end()):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "stands-alone")
    for match in SPEAKS.finditer(flat.text):
        if could_be_surname(match.group(1)) and not is_role(match.group(1)):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "speaks")
    for match in WRITTEN.finditer(flat.text):
        if could_be_surname(match.group(1)) and not is_role(match.group(1)):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "written")


def _is_municipal(flat: Flat, end: int) -> bool:
    return flat.text[end : end + 1] in {"市", "県", "町", "村", "区"}


def _in_forms(flat: Flat) -> Iterator[Finding]:
    for match in SPACED.finditer(flat.text):
        if " " in match.group(1).strip():
            yield Finding(match.start(1), match.end(1), Kind.PERSON, SURE, "spaced")
    for match in NAMES_IN_BRACKETS.finditer(flat.text):
        for item in ITEM.finditer(match.group(1)):
            if not is_role(item.group()) and (could_be_name(item.group()) or not is_plain_word(item.group())):
                start = match.start(1) + item.start()
                yield Finding(start, start + len(item.group()), Kind.PERSON, PERHAPS, "names-in-brackets")


def _pairs(flat: Flat) -> Iterator[Finding]:
    """斎藤 孝, スズキ イサム: a surname, a space, a given name."""
    for match in PAIR.finditer(flat.text):
        family, given = match.groups()
        if not could_be_surname(family) or is_role(given) or is_role(family):
            continue
        if could_be_name(given) or (not is_plain_word(given) and len(list(dictionary().lookup(given))) == 0):
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "pair")
    proper = {t.start for t in flat.tokens if t.is_proper}
    for match in KATAKANA_PAIR.finditer(flat.text):
        if {match.start(1), match.start(2)} & proper:
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "pair")


def _english(flat: Flat) -> Iterator[Finding]:
    for pattern in (ENGLISH, FROM):
        for match in pattern.finditer(flat.text):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "english")


def _given_names_of_one_sign(flat: Flat) -> Iterator[Finding]:
    """智は智、啓は啓: one sign that the dictionary reads as a given name, more than once."""
    single = [t for t in flat.tokens if len(t.surface) == 1 and t.is_name and t.kind[3] == "名"]
    counted = Counter(t.surface for t in single)
    for token in single:
        if counted[token.surface] > 1:
            yield Finding(token.start, token.end, Kind.PERSON, PERHAPS, "one-sign")


def find(flat: Flat) -> Iterator[Finding]:
    """Persons whom no honorific and no dictionary tells."""
    yield from _stand_alone(flat)
    yield from _in_forms(flat)
    yield from _pairs(flat)
    yield from _english(flat)
    yield from _given_names_of_one_sign(flat)
