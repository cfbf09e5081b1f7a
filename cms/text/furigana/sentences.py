"""A sentence in, the kana above its kanji out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sudachipy import Morpheme, SplitMode

from cms.text.folding import hiragana
from cms.text.furigana import counters, lexicon
from cms.text.furigana.aligning import HAS_KANJI, KANA_ONLY, Ruby, align, run_by_run
from cms.text.furigana.homographs import reading_here
from cms.text.tokenizer import LONGEST, tokenizer

SENTENCE = re.compile(r"[^。！？!?\n\r]*[。！？!?\n\r]*")
NOT_READ = re.compile(r"[\s・、（）()「」]+")
LEGAL_FORM = re.compile(
    r"^(?:[^\s　]{0,4}(?:社団|財団|福祉|医療|活動|学校|宗教|更生保護|NPO|ＮＰＯ)法人|(?:株式|有限|合同|合資)会社)[\s　]*|[\s　]*(?:株式|有限|合同)会社$"
)
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
WEEKDAYS = {
    "月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど", "日": "にち", "祝": "しゅく", "休": "きゅう",
    "祝日": "しゅくじつ", "休日": "きゅうじつ", "土日": "どにち", "土日祝": "どにちしゅく", "曜": "よう", "曜日": "ようび",
}  # fmt: skip
ONE_WEEKDAY = r"(?:土日祝(?!日)|土日|祝日|休日|[月火水木金土日](?:曜日?)?|[祝休])"
WEEKDAY = re.compile(r"土日祝(?!日)|土日|祝日|休日|曜日?|[月火水木金土日祝休]")
WEEKDAY_LISTS = re.compile(
    r"^\s*[月火水木金土日祝]\s*$|"  # alone in the head of a calendar's column
    rf"(?<=[（(〔\[【]){ONE_WEEKDAY}(?:[・、･,，/／]{ONE_WEEKDAY})*(?=[）)〕\]】・、･,，])"
    rf"|(?:(?<![一-龯])|(?<=毎週)|(?<=隔週)|(?<=平日の)|(?<=第[1-5一二三四]))"
    rf"{ONE_WEEKDAY}(?:[・、･,，/／~～〜－‐-]{ONE_WEEKDAY})+(?!(?!曜)[一-龯])"
)
FIRST_OF_MONTH_BEFORE = re.compile(r"(?:[月週]の?|毎月|来月|今月|先月|翌月|各月|偶数月|奇数月)\s*$")
FIRST_OF_MONTH_AFTER = re.compile(
    r"\s*(?:[（(][月火水木金土日]|付|現在|号|と\s*[0-9０-９一二三四五六七八九十]{1,3}\s*日|から\s*[0-9０-９]{1,2}\s*日|～\s*[0-9０-９]{1,2}\s*日|より|まで|以降|生まれ|に(?!つき|[0-9０-９一二三四五六七八九何数]))"
)
IN_ROW = re.compile(r"(?P<first>[1-9１-９])\s*[、,，・～〜~-]\s*$")


@dataclass(slots=True)
class Word:
    """A word of the dictionary where it stands in the sentence."""

    begin: int
    end: int
    surface: str
    reading: str
    is_number: bool = False
    is_part: bool = False  # of a longer word, in which it has one reading


class Names:
    """Readings given by people: they win over the dictionary and over every rule."""

    def __init__(self, readings: Iterable[tuple[str, str]] = ()) -> None:
        self.readings: dict[str, str] = {}
        for written, reading in readings:
            reading = hiragana(NOT_READ.sub("", reading))
            for name in (written.strip(), LEGAL_FORM.sub("", written.strip())):
                if HAS_KANJI.search(name) and KANA_ONLY.fullmatch(reading) and run_by_run(name, reading):
                    self.readings.setdefault(name, reading)
                    break
        self.matcher = lexicon.Matcher(self.readings)


NO_NAMES = Names()


def rubies(text: str, names: Names = NO_NAMES) -> list[Ruby]:
    """What to write above which kanji of the text, in order and without overlap."""
    text = UNREADABLE.sub(" ", text)
    made: list[Ruby] = []
    for found in SENTENCE.finditer(text):
        for begin in range(found.start(), found.end(), LONGEST):
            sentence = text[begin : min(begin + LONGEST, found.end())]
            if HAS_KANJI.search(sentence):
                made += (Ruby(begin + one.begin, begin + one.end, one.reading) for one in _of_sentence(sentence, names))
    return made


def _of_sentence(sentence: str, names: Names) -> list[Ruby]:
    words, bounds = _cut(sentence)
    taken = bytearray(len(sentence))
    made: list[Ruby] = []

    def take(begin: int, end: int, pieces: Iterable[Ruby]) -> None:
        if 1 not in taken[begin:end]:
            taken[begin:end] = b"\1" * (end - begin)
            made.extend(pieces)

    for matcher in (names.matcher, lexicon.shipped()):
        for begin, end, pieces in _known(sentence, matcher, bounds):
            take(begin, end, pieces)
    for begin, end, pieces in _weekdays(sentence):
        take(begin, end, pieces)
    for begin, end, pieces in _counted(sentence, words):
        take(begin, end, pieces)
    for word in words:
        for part in _free_parts(word, taken):
            here = None if part.is_part else reading_here(part.surface, sentence, part.begin, part.end)
            reading = here or part.reading
            made += (
                Ruby(part.begin + one.begin, part.begin + one.end, one.reading) for one in align(part.surface, reading)
            )
    return sorted(made, key=lambda one: one.begin)


def _cut(sentence: str) -> tuple[list[Word], set[int]]:
    """The long words (居場所), in short units where these read the same; and where short units meet."""
    words: list[Word] = []
    bounds = {0, len(sentence)}
    for morpheme in tokenizer().tokenize(sentence, SplitMode.C):
        whole = _word(morpheme)
        bounds |= {whole.begin, whole.end}
        if whole.end - whole.begin > 2 and HAS_KANJI.search(whole.surface):
            parts = [_word(part) for part in morpheme.split(SplitMode.A)]
            bounds |= {part.begin for part in parts}
            if len(parts) > 1 and all(HAS_KANJI.search(part.surface) for part in parts) and _same(parts, whole):
                words += [replace(part, is_part=True) for part in parts] if len(whole.surface) > 3 else [whole]
                continue
        words.append(whole)
    return words, bounds


def _same(parts: list[Word], whole: Word) -> bool:
    return "".join(part.reading for part in parts) == whole.reading


def _word(morpheme: Morpheme) -> Word:
    surface = morpheme.surface()
    if not HAS_KANJI.search(surface):  # the reading of kana and digits is not asked for
        return Word(morpheme.begin(), morpheme.end(), surface, "")
    is_number = morpheme.part_of_speech()[1] == "数詞"
    return Word(morpheme.begin(), morpheme.end(), surface, hiragana(morpheme.reading_form()), is_number)


Found = tuple[int, int, list[Ruby]]


def _known(sentence: str, matcher: lexicon.Matcher, bounds: set[int]) -> Iterable[Found]:
    """Words of a list; one of two signs only where the dictionary too sees a word begin and end."""
    for begin, word in matcher.found_in(sentence):
        end = begin + len(word)
        if (begin in bounds and end in bounds) or (end - begin > 2 and (begin in bounds or end in bounds)):
            pieces = align(word, matcher.readings[word])
            yield begin, end, [Ruby(begin + one.begin, begin + one.end, one.reading) for one in pieces]


def _weekdays(sentence: str) -> Iterable[Found]:
    """（土・日）, 月～金: the days of the week in short."""
    for found in WEEKDAY_LISTS.finditer(sentence):
        begin, end = found.span()
        yield begin, end, [Ruby(*one.span(), WEEKDAYS[one[0]]) for one in WEEKDAY.finditer(sentence, begin, end)]


def _counted(sentence: str, words: list[Word]) -> Iterable[Found]:
    """Numbers with counters. A number in kanji counts only where the dictionary sees a number: 四日市 is none."""
    for found in counters.pattern().finditer(sentence):
        begin, end = found.span()
        number, counter = found["number"], found["counter"]
        in_digits = number[0].isdigit()
        if not in_digits and not _is_number(words, begin, end):
            continue
        counted = _with_context(sentence, found) or counters.read_counted(number, counter)
        if counted is None and in_digits:
            counted = counters.Counted("", counters.usual(counter), regular=True)
        if counted is None:
            continue
        keeps = (
            in_digits and (counted.regular or _stays_in_digits(number, counted)) and not number.endswith(("百", "千"))
        )
        start = begin + len(number.rstrip("百千万億")) if keeps else begin
        reading = _large(number) + counted.tail if keeps else counted.reading
        if keeps and not counted.tail:
            continue
        yield (
            begin,
            end,
            [
                Ruby(start + one.begin, start + one.end, one.reading)
                for one in align_counted(sentence[start:end], reading)
            ],
        )


def align_counted(surface: str, reading: str) -> tuple[Ruby, ...]:
    """Kana counters stay outside (二つ); a number and its counter are one."""
    return (
        align(surface, reading)
        if not surface[0].isdigit()
        else ((Ruby(0, len(surface), reading),) if HAS_KANJI.search(surface) else ())
    )


def _stays_in_digits(number: str, counted: counters.Counted) -> bool:
    """Long numbers and 20, 30, 40 before a counter (さんじゅっぷん): the digits tell enough, and the line stays calm."""
    return len(number) > 2 or (len(number) == 2 and counted.number.endswith("じゅっ") and counted.number != "じゅっ")


def _large(number: str) -> str:
    return "".join(
        {"百": "ひゃく", "千": "せん", "万": "まん", "億": "おく"}[sign] for sign in number if sign in "百千万億"
    )


def _is_number(words: list[Word], begin: int, end: int) -> bool:
    """Whether the words from begin to end are a number and what it counts, and no word reaches over the border."""
    inside = [word for word in words if word.begin < end and word.end > begin]
    if inside[0].begin != begin or inside[-1].end != end:
        return False
    first = inside[0]
    return first.is_number or first.surface[0] in "数何" or (len(inside) == 1 and first.surface in WHOLE_WORDS)


WHOLE_WORDS = frozenset({"一回", "一人", "二人", "何人", "何日", "何時", "数人", "数日"})


def _with_context(sentence: str, found: re.Match[str]) -> counters.Counted | None:
    """What the neighbours decide: the first of a month, two numbers in a row, twenty years of age."""
    number, counter = found["number"], found["counter"]
    value = counters.value_of(number)
    before, after = sentence[: found.start()], sentence[found.end() :]
    if value == 1 and counter in ("日", "日付", "日付け"):
        in_month = counter != "日" or FIRST_OF_MONTH_BEFORE.search(before) or FIRST_OF_MONTH_AFTER.match(after)
        return counters.Counted("ついたち", counters.DAY_TAILS[counter], regular=False) if in_month else None
    if counter == "月" and value == 1 and re.match(r"に[一二三1-3１-３何数]+[度回]", after):
        return counters.Counted("ひと", "つき", regular=False)
    row = IN_ROW.search(before)
    if row and value == (counters.value_of(row["first"]) or 0) + 1 and "月" not in before[-6:]:
        if counter.startswith("日"):
            return counters.Counted(counters.read_number(value), "にち" + counters.DAY_TAILS[counter], regular=True)
        if counter.startswith("人") and counter in counters.PEOPLE and value == 2:
            return counters.Counted("に", "にん" + counters.PEOPLE[counter], regular=True)
    if counter in ("歳", "才") and value == 20 and not re.match(r"以|未|前|代|か|ま|~|～|〜|を超|ご|頃", after):
        return counters.Counted("はたち", "", regular=False)
    return None


def _free_parts(word: Word, taken: bytearray) -> list[Word]:
    """The word itself when nothing of it has a reading yet; else those of its short units that are free."""
    if 1 not in taken[word.begin : word.end]:
        return [word]
    if 0 not in taken[word.begin : word.end]:
        return []
    return [
        Word(word.begin + begin, word.begin + end, surface, reading)
        for begin, end, surface, reading in _units(word.surface)
        if 1 not in taken[word.begin + begin : word.begin + end]
    ]


def _units(surface: str) -> tuple[tuple[int, int, str, str], ...]:
    return tuple(
        (unit.begin(), unit.end(), unit.surface(), hiragana(unit.reading_form()))
        for unit in tokenizer().tokenize(surface, SplitMode.A)
    )
