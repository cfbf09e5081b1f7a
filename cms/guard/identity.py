"""Numbers that stand for one person: cards, accounts, insurance, number plates. A right check digit makes them sure."""

import re
from collections.abc import Iterator

from cms.guard.contacts import is_of_paper, is_toll_free
from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

CARDS = (
    "被保険者証?|保険者|保険証|会員証?|社員証?|学生証|職員証?|登録証|登録|ざいりゅうカード|うけつけばんごう|受給者証?|受給|免許証?|診察券|患者|学籍|口座|基礎年金|年金|手帳|旅券|在留カード"
    "|パスポート|マイナンバー|個人番号|法人番号|介護保険|国保|社保|医療保険|住民票コード|ケース|利用者|顧客|お客様|カード|記号|公費|称呼|囚人|証書|整理券|部屋|学生|通帳|普通|当座|店番|生活保護"
)
LABELLED = re.compile(
    rf"(?:(?:{CARDS}|(?<![一-龠付])番号|(?<![A-Za-z])ID|No\.|№)"
    r" ?(?:\([^)\n]{1,8}\))? ?(?:の? ?(?:番号|ばんごう|No\.?|ナンバー|記号|ID))? ?(?:は|が|:|=|・|、|\()? ?(?:第|No\.?|普通|当座|番号)? ?)"
    r"([A-Za-z]{0,3}-?\d[\d\-]{2,}\d[A-Za-z]{0,2}(?![\d.,]|円|人|件)|\d{4}(?: \d{4}){2,3}|[A-Z]{2}\d{6,}[A-Z]{0,2})"
)
# 手帳2級（第0077123号）
ISSUED = re.compile(r"(?:証|手帳|カード)[^。\n]{0,10}?第 ?(\d[\d\-]{2,}\d) ?号")
# 記号21010203 番号45: the number of an insurance card may be short.
CARD_NUMBER = re.compile(
    r"枝番 ?[:は]? ?(\d{1,3})(?!\d)|記号 ?[:は]? ?([一-龠]{1,4}\d{1,8})(?!\d)|記号 ?[:は]? ?[\d\-]{2,10} ?[、,・]? ?番号 ?[:は]? ?(\d{1,8})(?!\d)"
)
# S-10577, CD98765432EF: letters and figures as on cards; not R8-09-1, A4, 様式の号.
CARD_CODE = re.compile(
    r"(?<![A-Za-z\d\-@_./])(?!(?:COVID|ICD|ISO|JIS|RFC|UTF|CC|SDG|HTTP|GIGA)[-\d])(?:[A-Z]{1,3}-\d{4,9}|[A-Z]{1,2}\d{6,10}[A-Z]{0,2})(?![A-Za-z\d\-@_/]|\.[A-Za-z\d])"
)
TWELVE = re.compile(r"(?<![\d\-])\d{4}[ \-]?\d{4}[ \-]?\d{4}(?![\d\-])")
THIRTEEN = re.compile(r"(?<![\d\-])[1-9](?:[ \-]?\d{4}){3}(?![\d\-])")
CREDIT = re.compile(r"(?<![\d\-])(?:\d{4}[ \-]?\d{4}[ \-]?\d{4}[ \-]?\d{4}|3\d{3}[ \-]?\d{6}[ \-]?\d{4,5})(?![\d\-])")
PLATE = re.compile(
    r"[一-龠ぁ-んァ-ヶ]{1,4} ?\d[\dA-Z]{1,2} ?[ぁ-ん] ?(?:\d{1,2}-\d{2}|・{0,3} ?\d{1,4})(?!\d|人|件|回|日|年)"
)
BARE_PLATE = re.compile(
    r"(?:ナンバー|車番|プレート)(?:が|は|の|:)?(?:下四桁|末尾)?(?:が|は|:)? ?「?((?:\d{2}-\d{2}|・{1,3} ?\d{1,3}|\d{4})(?!\d))"
)
LONG_NUMBER = re.compile(
    r"(?<![\d.,/\-#A-Za-z])\d[\d\-]{5,}\d(?![\d.,/]|円|人|件|回|年|名|個|点|部|世帯|km|キロ|歩|票|冊)"
)
YEARS = re.compile(r"(?:19|20)\d{2}-(?:19|20)\d{2}")
LABEL_OF_MONEY = re.compile(r"(?:予算|金額|計|総額|収入|支出|売上|ISBN|JAN)\s?:?\s?$")


def _digits(text: str) -> list[int]:
    return [int(c) for c in text if c.isdecimal()]


def has_right_check_digit(number: str) -> bool:
    """Whether 12 figures are a possible My Number (番号利用法施行令: 11 − Σ P·Q mod 11)."""
    figures = _digits(number)
    weights = [n + 1 if n <= 6 else n - 5 for n in range(1, 12)]
    rest = sum(p * q for p, q in zip(reversed(figures[:11]), weights, strict=True)) % 11
    return figures[11] == (0 if rest <= 1 else 11 - rest)


def is_corporate_number(number: str) -> bool:
    """Whether 13 figures are a possible 法人番号 (法人番号の指定等に関する省令: 9 − Σ P·Q mod 9)."""
    first, *figures = _digits(number)
    return first == 9 - sum(p * (1 + n % 2) for n, p in enumerate(reversed(figures))) % 9


def is_card_number(number: str) -> bool:
    """Luhn's check of payment cards."""
    total = 0
    for n, figure in enumerate(reversed(_digits(number))):
        doubled = figure * (1 + n % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


CHECKED = ((TWELVE, has_right_check_digit), (THIRTEEN, is_corporate_number), (CREDIT, is_card_number))


def _with_check_digit(flat: Flat) -> Iterator[Finding]:
    for pattern, is_right in CHECKED:
        for match in pattern.finditer(flat.numbers):
            certainty = SURE if is_right(match.group()) else PERHAPS
            yield Finding(match.start(), match.end(), Kind.ID, certainty, "check-digit")


def _long_numbers(flat: Flat) -> Iterator[Finding]:
    for match in LONG_NUMBER.finditer(flat.numbers):
        before = flat.text[max(0, match.start() - 6) : match.start()]
        free = YEARS.fullmatch(match.group()) or is_toll_free(match.group()) or LABEL_OF_MONEY.search(before)
        if not free and not is_of_paper(flat, match):
            yield Finding(match.start(), match.end(), Kind.ID, PERHAPS, "long-number")


def find(flat: Flat) -> Iterator[Finding]:
    """Numbers of persons."""
    for pattern, rule in ((LABELLED, "labelled-number"), (ISSUED, "labelled-number"), (CARD_NUMBER, "card-number")):
        for match in pattern.finditer(flat.numbers):
            if not is_of_paper(flat, match) and not is_toll_free(match.group(match.lastindex or 0)):
                group = match.lastindex or 0
                yield Finding(match.start(group), match.end(group), Kind.ID, SURE, rule)
    for match in CARD_CODE.finditer(flat.numbers):
        if is_of_paper(flat, match):
            continue
        yield Finding(match.start(), match.end(), Kind.ID, PERHAPS, "card-code")
    for match in PLATE.finditer(flat.text):
        head = re.search(r" ?\d", match.group())
        place_ends = match.start() + (head.start() if head else 0)
        start = flat.without_lead(match.start(), place_ends)
        yield Finding(start, match.end(), Kind.ID, SURE, "plate")
    for match in BARE_PLATE.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.ID, PERHAPS, "plate")
    yield from _with_check_digit(flat)
    yield from _long_numbers(flat)
