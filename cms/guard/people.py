"""Names of persons that Sudachi knows, foreign ones, and every further occurrence of a name."""

import re
from collections.abc import Iterable, Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.honorifics import PSEUDONYM_BEFORE
from cms.guard.lexicon import is_common_noun, is_plain_word, is_role
from cms.guard.naming import KANJI, without_title
from cms.guard.wordlists import BRANDS, ENGLISH_WORDS

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

LATIN = re.compile(
    r"(?<![A-Za-z.])(?:[A-Z][a-z]{1,12}(?: [A-Z][a-z]{1,12}(?:-[a-z]{1,8})?){1,3}|[A-Z]{3,12} [A-Z]{3,12})(?![A-Za-z])"
)

# Thuyは: one word in Latin letters that acts in a Japanese sentence.
ONE_LATIN = re.compile(
    r"(?<![A-Za-z@._/\-])[A-Z][a-z]{2,11}(?=[はがもにとをの、](?!画面|アプリ|使い方|会議|形式|ファイル|データ))"
)

DOUBLE_KATAKANA = re.compile(r"(?<![ァ-ヴー])[ァ-ヴー]{1,10}(?:[・=][ァ-ヴー]{1,12}){1,3}(?![ァ-ヴー])")


def _dictionary_names(flat: Flat) -> Iterator[Finding]:
    tokens = flat.tokens
    index = 0
    while index < len(tokens):
        if not tokens[index].is_name:
            index += 1
            continue
        last = index
        while last + 1 < len(tokens) and (
            (
                tokens[last + 1].is_name
                and tokens[last + 1].start == tokens[last].end
                and not is_role(tokens[last + 1].surface)
            )
            or (tokens[last + 1].surface == " " and last + 2 < len(tokens) and tokens[last + 2].is_name)
        ):
            last += 2 if tokens[last + 1].surface == " " else 1
        word = flat.text[tokens[index].start : tokens[last].end]
        tale = last + 1 < len(tokens) and is_role(word + tokens[last + 1].surface)
        anonymous = tale or PSEUDONYM_BEFORE.search(flat.text[max(0, tokens[index].start - 3) : tokens[last].end])
        # One character alone, or kana alone, is more often an ordinary word.
        telling = last > index or (len(word) > 1 and not re.fullmatch(r"[ぁ-ん]+|[A-Za-z]+", word))
        if last == index and _says_something_else(flat, tokens[index]):
            telling = False
        if telling and not is_role(word) and not anonymous and not _part_of_place(flat, last):
            certainty = SURE if last > index else PERHAPS
            yield Finding(tokens[index].start, tokens[last].end, Kind.PERSON, certainty, "dictionary")
        index = last + 1


COUNTED = re.compile(
    "[一二三四五六七八九十百千万]{1,2}[軒本枚個人匹冊台名回階丁点件杯着足頭羽皿切束山瓶缶]|[一-龠][一二三四五六七八九]|[見行来立食飲]方"
)
NAMED_PLACE = re.compile(r"という(?:地名|町|村|山|川|駅|言葉|字|土地|集落の名)")


def _says_something_else(flat: Flat, token: Token) -> bool:
    """三軒, 水四, 山本という地名; 清水がわく where no person is spoken of."""
    if COUNTED.fullmatch(token.surface) or NAMED_PLACE.match(flat.text, token.end):
        return True
    return is_common_noun(token.surface) and not flat.speaks_of_people


def _part_of_place(flat: Flat, index: int) -> bool:
    """高橋市, 石川県, 山田町: the name of a place follows from its ending."""
    rest = flat.text[flat.tokens[index].end : flat.tokens[index].end + 3]
    return rest.startswith(("市", "県", "区", "町", "村", "郡", "駅", "川", "山", "市役所"))


def _foreign(flat: Flat) -> Iterator[Finding]:
    for match in LATIN.finditer(flat.text):
        start, words = match.start(), match.group().split(" ")
        while words and words[0] in ENGLISH_WORDS:
            start += len(words[0]) + 1
            words = words[1:]
        if words and sum(map(len, words)) > 3:
            yield Finding(start, match.end(), Kind.PERSON, PERHAPS, "foreign-name")
    for match in ONE_LATIN.finditer(flat.text):
        if match.group() not in ENGLISH_WORDS and match.group() not in BRANDS:
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "foreign-name")
    for match in DOUBLE_KATAKANA.finditer(flat.text):
        parts = re.split("[・=]", match.group())
        if not all(is_plain_word(part) for part in parts):
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "foreign-name")


TOLD = {"label", "relation", "called", "spaced", "reading", "introduces", "pair"}


TOLD_HANDLES = {"shown-name", "speaker", "name-at-place"}


def _told_names(flat: Flat, found: Iterable[Finding]) -> dict[str, Kind]:
    names: dict[str, Kind] = {}
    for finding in found:
        words = without_title(flat.text[finding.start : finding.end].strip())
        if finding.rule in TOLD_HANDLES:
            names.setdefault(words, finding.type)
        if finding.type == Kind.PERSON and (finding.certainty == Certainty.SURE or finding.rule in TOLD):
            for part in {words, *re.split(r"[ ・]+", words)}:
                if part and not is_role(part):
                    names.setdefault(part, Kind.PERSON)
    return names


def _again(name: str) -> str:
    """The expression that finds a name again, and not inside another word: 原 not in 原因, ひなた not in ひなたぼっこ."""
    pattern = re.escape(name)
    if len(name) == 1:
        return rf"(?<![{KANJI}ァ-ヴー]){pattern}(?=[のはがもをとへ」、])"
    if re.fullmatch(r"[ぁ-んー]+", name):
        after = "(?!の中|の葉|の花|の色)" if is_common_noun(name) else ""
        ends = r"(?=[はがもをとへにでや、。」)\s]|の|さん|くん|ちゃん|から|より|だけ|まで|$)"
        return rf"(?<![ぁ-ん](?<![のはがをにでともやへ])){pattern}{ends}{after}"
    if re.fullmatch(r"[ァ-ヴー]+", name):
        return rf"(?<![ァ-ヴー]){pattern}(?![ァ-ヴー])"
    return pattern


def recurring(flat: Flat, found: Iterable[Finding]) -> Iterator[Finding]:
    """Every bare occurrence of a name that was told elsewhere in the text (颯真くん … 颯真は …)."""
    for name, kind in _told_names(flat, found).items():
        if flat.text.count(name) < 2:
            continue  # told once and nowhere again
        for match in re.finditer(_again(name), flat.text):
            yield Finding(match.start(), match.end(), kind, PERHAPS, "again")


def find(flat: Flat) -> Iterator[Finding]:
    """Persons the dictionary knows."""
    yield from _dictionary_names(flat)
    yield from _foreign(flat)
