"""Places below the municipality: streets, house numbers, buildings, landmarks by name."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.wordlists import GENERIC_PLACES, NAMED_ENDINGS

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

NAME = r"[一-龠々ヶケァ-ヴー]"
FIGURES = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
HOUSES = "荘|ハイツ|コーポ|マンション|アパート|ハイム|メゾン|ビル|団地|住宅|レジデンス|コート|パレス|ヴィラ|ビラ|ガーデン|タウン|ヒルズ"
ROOM = rf"(?:\s?(?:(?:{HOUSES})[ぁ-んァ-ヴー一-龠々A-Za-z]{{1,10}}|[一-龠々ァ-ヴーA-Za-z]{{1,12}}(?:{HOUSES})?)\s?(?:[A-Z]?\d{{1,4}}-?)?\d{{1,4}}(?:号室|号|F|階)?)?"
STREET = re.compile(
    rf"({NAME}{{1,9}}(?:[がの]{NAME}{{1,4}})?)(?:{FIGURES}丁目(?:\s?{FIGURES}(?:番地?|-))?(?:\s?の?{FIGURES}号?)?(?:-\d{{1,4}})*"
    rf"|{FIGURES}番地?(?:の?{FIGURES})?(?:{FIGURES}号)?|[1-9]\d{{0,3}}(?:-\d{{1,4}}){{1,3}}(?!\d|-|年|月|日|時|人|回)){ROOM}"
)
MUNICIPALITY = re.compile(rf"^.*?(?:[都道府県](?={NAME}+[市郡区町村]))?{NAME}*?(?:市|郡{NAME}{{1,4}}[町村])(?=.)")
AFTER_MUNICIPALITY = re.compile(
    rf"(?<=[一-龠]市)({NAME}{{1,6}}(?:[がヶケ]丘|丘|台|町|区)?(?:字{NAME}{{1,5}})?)(?=の?(?:家|自宅|アパート|在住|に住|に転居|に暮))"
    r"|(?<=[一-龠]市)([一-龠々]{1,4}(?:[がヶケ]丘|町|字[一-龠]{1,5}|区))(?!内|会|民|役)"
)
BUILDING = re.compile(
    rf"{NAME}{{1,8}}(?:団地|ハイツ|コーポ|荘(?![一-龠])|ハイム|メゾン)(?:\s?[A-Z]?\d{{1,3}}(?:号棟|-\d{{1,4}}|号室?))*"
)
# With the number of a house or a flat it is an address, whatever the word before: 若葉団地3号棟502, みどりハイム3F.
NUMBERED = re.compile(
    rf"(?<![ぁ-んァ-ヴー一-龠])(?:[市県町]営)?[ぁ-んァ-ヴー一-龠々]{{1,10}}(?:{HOUSES})の?\s?[A-Z]?\d{{1,4}}(?:号棟|棟|号室|号|F|階|-\d{{1,4}})(?:\s?の?\d{{1,4}}(?:号室|号)?)?"
)
# みはら台南2-30, ひのき坂 三の五: quarters in kana.
KANA_STREET = re.compile(
    rf"(?<![ぁ-んァ-ヴー一-龠])[ぁ-んァ-ヴー一-龠々]{{1,8}}(?:台|丘|坂|町|通り?|野|原|浜|谷|沢|川|崎|島|田|山|宮|西|東|南|北|ヶ丘|が丘)[東西南北中]?"
    rf"\s?(?:\d{{1,4}}(?:-\d{{1,4}}){{1,3}}|{FIGURES}の{FIGURES}(?![一-龠\d]))(?!\d|-|年|月|日|時|人|回)"
)
# 汐見坂下のバス停, 西浜三叉路の停留所.
STOP = re.compile(r"([一-龠々ァ-ヴー][一-龠々ぁ-んァ-ヴー]{1,9}?)(?:の)?(?:バス停|停留所|踏切|交差点)")
# Words before a bus stop that name none.
STANDS_NEAR = {
    "前",
    "先",
    "横",
    "隣",
    "向かい",
    "裏",
    "次",
    "手前",
    "近く",
    "学校",
    "病院",
    "駅前",
    "家",
    "通学路",
    "帰り",
}
NO_STREET = (
    "第",
    "号",
    "式",
    "番",
    "話",
    "記",
    "ページ",
    "約",
    "図",
    "表",
    "様式",
    "条",
    "項",
    "全",
    "計",
    "残り",
    "毎週",
    "午前",
    "午後",
)


def _without_municipality(flat: Flat, start: int, end: int) -> int:
    inside = MUNICIPALITY.match(flat.text[start:end])
    return start + inside.end() if inside else start


def _streets(flat: Flat) -> Iterator[Finding]:
    for match in STREET.finditer(flat.text):
        if match.group(1).endswith(NO_STREET):
            continue
        start = _without_municipality(flat, match.start(), match.end())
        yield Finding(start, match.end(), Kind.ADDRESS, SURE, "street")
    for match in AFTER_MUNICIPALITY.finditer(flat.text):
        group = 1 if match.group(1) else 2
        yield Finding(match.start(group), match.end(group), Kind.ADDRESS, PERHAPS, "quarter")


def _points_to_a_place(words: list[Token]) -> bool:
    return any(word.is_proper for word in words) and not all(word.surface in GENERIC_PLACES for word in words)


def _named_places(flat: Flat) -> Iterator[Finding]:
    for index, token in enumerate(flat.tokens):
        if token.surface not in NAMED_ENDINGS or index == 0:
            continue
        first = index
        while first and flat.tokens[first - 1].is_noun and flat.tokens[first - 1].end == flat.tokens[first].start:
            first -= 1
        words = flat.tokens[first:index]
        while words and (words[0].surface in GENERIC_PLACES or words[0].surface.endswith(("市", "県"))):
            words = words[1:]
        if words and _points_to_a_place(words):
            yield Finding(words[0].start, token.end, Kind.ADDRESS, PERHAPS, "named-place")


def _buildings(flat: Flat) -> Iterator[Finding]:
    for match in BUILDING.finditer(flat.text):
        words = [t for t in flat.tokens if match.start() <= t.start < match.end()]
        if words and words[0].surface not in GENERIC_PLACES and (len(words) > 1 or words[0].is_proper):
            yield Finding(match.start(), match.end(), Kind.ADDRESS, PERHAPS, "building")


def _numbered(flat: Flat) -> Iterator[Finding]:
    for pattern, rule in ((NUMBERED, "numbered-house"), (KANA_STREET, "street-in-kana")):
        for match in pattern.finditer(flat.text):
            start = flat.without_lead(_without_municipality(flat, match.start(), match.end()), match.end())
            yield Finding(start, match.end(), Kind.ADDRESS, SURE, rule)


def _stops(flat: Flat) -> Iterator[Finding]:
    for match in STOP.finditer(flat.text):
        words = [t for t in flat.tokens if match.start(1) <= t.start and t.end <= match.end(1)]
        while words and (words[0].surface in GENERIC_PLACES or not words[0].is_noun):
            words = words[1:]
        if words and all(word.is_noun for word in words) and words[-1].surface not in STANDS_NEAR:
            yield Finding(words[0].start, match.end(1), Kind.ADDRESS, PERHAPS, "stop")


def find(flat: Flat) -> Iterator[Finding]:
    """Everything below the municipality; the municipality itself is not found."""
    yield from _streets(flat)
    yield from _numbered(flat)
    yield from _stops(flat)
    yield from _named_places(flat)
    yield from _buildings(flat)
