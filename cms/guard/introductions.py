"""Names that somebody gives for themselves, and how they are read: 西と申します, 一（にのまえ）."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import (
    could_be_name,
    could_be_surname,
    is_common_noun,
    is_new_word,
    is_plain_word,
    is_role,
    is_unknown,
    sounds_like_given_name,
    sounds_like_name,
)
from cms.guard.naming import KANJI, names_somebody, of_ordinary_words
from cms.guard.wordlists import OF_A_BODY

PERHAPS = Certainty.PERHAPS

# 西と申します。ノブです。つくし会の向井です。わたしは ちひろです
INTRODUCES = re.compile(
    rf"(?:^|[\n、。「」(:]|わたしは ?|私は ?|ぼくは ?|名前は ?|(?<=[一-龠ァ-ヴー])の)([{KANJI}]{{1,4}}(?: [{KANJI}]{{1,3}})?|[ァ-ヴー]{{2,8}}|[ぁ-ん]{{2,5}}?)(?:\(([ぁ-んァ-ヴー ]{{2,12}})\))?(?=と(?:申|もう)し|です(?:[。\n、!]|$))"
)

# 一（にのまえ）, 李雪梅さん（リ・セツバイ、…）, 五十子様（読み いらこ）
READING = re.compile(
    rf"([{KANJI}]{{1,5}}(?: [{KANJI}]{{1,3}})?)(?:さん|様|氏|くん|ちゃん|殿)? ?\((?:読み|よみ|フリガナ|ふりがな)?[: は]{{0,2}}([ぁ-んァ-ヴー]{{1,8}}(?:[・ ][ぁ-んァ-ヴー]{{1,8}})?)(?=[)、,と])"
)

IN_BRACKETS = re.compile(r"\(([ァ-ヴー]{2,8}|[ぁ-ん]{3,6})(?=[)、,])")

# 植木です、いつもお世話になります。
GREETS = re.compile(
    rf"(?:^|[\n。] ?)([{KANJI}]{{1,4}})(?=です[、。](?:いつも|お世話|先日|こんにち|はじめ|初め|夜分|突然|ご無沙汰|先ほど|昨日))",
    re.M,
)


def _greetings(flat: Flat) -> Iterator[Finding]:
    for match in GREETS.finditer(flat.text):
        if could_be_surname(match.group(1)):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "introduces")


def _introduced(flat: Flat) -> Iterator[Finding]:
    for match in INTRODUCES.finditer(flat.text):
        if not _says_a_name(flat, match):
            continue
        yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "introduces")
        if match.group(2):
            yield Finding(match.start(2), match.end(2), Kind.PERSON, PERHAPS, "reading")


def _says_a_name(flat: Flat, match: re.Match[str]) -> bool:
    """西と申します always; 希望です never; ノブです when it sounds like a name."""
    first = match.group(1).split(" ")[0]
    if match.group(2):
        return True
    if flat.text.startswith(("と申", "ともう"), match.end()):
        return not is_role(first)
    sounds = sounds_like_given_name(first)
    kana = re.fullmatch("[ぁ-ん]+", first) is not None
    spoken = (kana and sounds and "わたし" in match.group()) or (sounds and re.fullmatch("[ァ-ヴー]{2,4}", first))
    if (is_role(first) or is_common_noun(first)) and not spoken:
        return False
    ordinary = not could_be_name(first) and of_ordinary_words(flat, match.start(1), match.end(1))
    return names_somebody(first) and not ordinary


def _readings(flat: Flat) -> Iterator[Finding]:
    for match in READING.finditer(flat.text):
        name, reading = match.group(1).split(" ")[0], match.group(2)
        told = "読み" in match.group() or "フリガナ" in match.group()
        if told or (_is_nobody_else(name) and _sounds_right(name, reading)):
            yield Finding(match.start(2), match.end(2), Kind.PERSON, PERHAPS, "reading")
    for match in IN_BRACKETS.finditer(flat.text):
        word = match.group(1)
        if word[0] > "ん":
            good = is_unknown(word) and not is_new_word(word)
        else:
            good = (could_be_name(word) or sounds_like_given_name(word)) and not is_common_noun(word)
        if good:
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "reading")


def _is_nobody_else(name: str) -> bool:
    return not is_role(name) and could_be_name(name) and not is_plain_word(name) and name not in OF_A_BODY


def _sounds_right(name: str, reading: str) -> bool:
    return sounds_like_name(re.split("[・ ]", reading)[0]) or "・" in reading or not is_common_noun(name)


def find(flat: Flat) -> Iterator[Finding]:
    """Persons who say their name."""
    yield from _greetings(flat)
    yield from _introduced(flat)
    yield from _readings(flat)
