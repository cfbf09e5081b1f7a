"""Addresses with a number: quarters with houses, blocks, buildings, rooms."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.wordlists import GENERIC_PLACES

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

NAME = r"[一-龠々ヶケァ-ヴー]"
FIGURES = r"(?:\d{1,4}|[一二三四五六七八九十百〇]{1,5})"
HOUSES = (
    "荘|ハイツ|コーポ|マンション|アパート|ハイム|メゾン|ビル|団地|住宅|レジデンス|コート|パレス|ヴィラ|ビラ|ガーデン|タウン|ヒルズ|テラス|エステート|ドミール|プラザ"
    "|シャトー|カーサ|フラット|ハウス|寮|社宅|官舎|宿舎|長屋|ホーム|苑|園|棟|館"
)
UNIT = r"(?:[A-Z]?\d{1,4}(?:号室|号棟|棟|号|F|階)?|[A-Z]棟)"
ROOM = rf"(?:[ 、]{{0,2}}(?:(?:{HOUSES})[ぁ-んァ-ヴー一-龠々A-Za-z]{{1,10}}|[ぁ-ん一-龠々ァ-ヴーA-Za-z]{{1,12}}(?:{HOUSES})?)[ \-]?{UNIT}(?:[\-の ]?{UNIT})*(?!月|日|時|人|回|年|か月|度|歳|件|名|円)|の?{UNIT}(?<=[室棟号]))?"
# The last figures of an address: 2-3-4, 三丁目5番6号, 12番地の3, 7の12の403.
HYPHENS = r"(?:〇〇-\d{1,4}|(?!0\d{1,4}-\d{1,4}-\d{3,4}(?!\d))\d{1,4}(?:-\d{1,4}){1,3}(?!\d|-\d|年|月|日|時|人|回|歳|名|件|円|か|%))"
BLOCK = rf"(?:{FIGURES}丁目(?:の? ?{FIGURES}(?:番地?|-)?)?(?: ?の?-?{FIGURES}号?)?(?:-\d{{1,4}})*|{FIGURES}番地?(?: ?の? ?{FIGURES})?(?:{FIGURES}?号)?|{HYPHENS})"
STREET = re.compile(rf"({NAME}{{1,9}}(?:[がの]{NAME}{{1,4}})?) ?{BLOCK}{ROOM}")
# みはら台南2-30, けやき台三丁目, ひのき坂 三の五, 若宮団地7の12の403: quarters in kana, figures joined by の.
KANA_STREET = re.compile(
    rf"(?<![ぁ-んァ-ヴー一-龠])([ぁ-んァ-ヴー一-龠々]{{1,8}}(?:台|丘|坂|町|通り?|野|原|浜|谷|沢|川|崎|島|田|山|宮|西|東|南|北|ヶ丘|が丘|団地)[東西南北中]?)"
    rf" ?(?:{BLOCK}|{FIGURES}の{FIGURES}(?:の{FIGURES})*(?![一-龠\d])){ROOM}"
)
MUNICIPALITY = re.compile(
    rf"^.*?(?:{NAME}{{1,3}}[都道府県](?={NAME}+[市郡区町村]))?(?:{NAME}+?市(?!市)|{NAME}+?郡{NAME}{{1,4}}[町村])(?=.)"
)
NO_HYPHEN_STREET = re.compile(
    r"(?:電話|でんわ|番号|携帯|内線|FAX|記号|口座|コード|ID|型|号|式|図|表|条|ページ|資料|議題|議案|対|は|が|約|令和|平成|昭和)$"
)
NO_STREET = (
    "第", "号", "式", "番", "話", "記", "ページ", "約", "図", "表", "様式", "条", "項", "全", "計", "残り", "毎週", "午前", "午後", "議題", "議案", "資料", "令和", "平成", "昭和",
    "先着", "抽選", "対応", "結果", "電話", "携帯", "番号", "今", "本", "その", "エラー", "バージョン", "背番", "一", "点", "票", "通知", "様", "得点",
)  # fmt: skip
# With the number of a house or a flat it is an address, whatever the word before: 若葉団地3号棟502, みどりハイム3F.
NUMBERED = re.compile(
    rf"(?<![ぁ-んァ-ヴー一-龠])(?:[市県町]営)?[ぁ-んァ-ヴー一-龠々]{{1,10}}(?:{HOUSES})(?:の? ?[A-Z]?\d{{1,4}}(?:号棟|棟|号室|号|F|階|-\d{{1,4}})|[A-Z]棟)(?: ?の?\d{{1,4}}(?:号室|号)?)?"
)
# エステート桜301, サンハイツ202
ROOMED = re.compile(
    rf"(?<![ぁ-んァ-ヴー一-龠])([ぁ-ん]{{2,6}}(?:{HOUSES})) ?[A-Z]?[1-9]\d{{2,3}}(?:号室?)?(?=[ 、。,)」\n]|$|に|の|で)|(?<![ァ-ヴー一-龠])([ァ-ヴー]{{3,10}}[一-龠々]{{0,3}}|[一-龠々ァ-ヴーA-Za-z]{{1,8}}(?:{HOUSES})) ?[A-Z]?[1-9]\d{{2,3}}(?:号室?)?(?=[ 、。,)」\n]|$|に|の|で)"
)
BUILDING = re.compile(
    rf"{NAME}{{1,8}}(?:団地|ハイツ|コーポ|荘(?![一-龠])|ハイム|メゾン|アパート|マンション|レジデンス|住宅|社宅|寮)(?: ?[A-Z]?\d{{1,3}}(?:号棟|棟|-\d{{1,4}}|号室?))*"
)
# Goi 0-12-5, Room 2B; #305 Maison Blanche, Aobadai 0-4-6
ENGLISH = re.compile(
    r"(?:#\d{1,4} )?(?:[A-Z][a-z][A-Za-z'\-]{0,13},? ){1,4}(?!0\d{1,4}-\d{1,4}-\d{3,4})\d{1,4}-\d{1,4}(?:-\d{1,4})?(?:,? ?(?:Room|room|Rm\.?|Apt\.?|No\.?|#) ?\w{1,5})?"
)
YAGO = re.compile(r"屋号(?:は|が|の|:)?「?([ァ-ヴー一-龠々]{2,6}|[ぁ-ん]{2,5}?(?=[のはが」]))")


def below_municipality(flat: Flat, start: int, end: int) -> int:
    if flat.text[start] in "市区町村" and "ぁ" <= flat.text[start - 1 : start] <= "ん":
        return start + 1  # みなも市
    inside = MUNICIPALITY.match(flat.text[start:end])
    return start + inside.end() if inside else start


def _streets(flat: Flat) -> Iterator[Finding]:
    for match in STREET.finditer(flat.text):
        if match.group(1).endswith(NO_STREET) or NO_HYPHEN_STREET.search(match.group(1)):
            continue
        start = below_municipality(flat, flat.without_lead(match.start(), match.end(1)), match.end())
        yield Finding(start, match.end(), Kind.ADDRESS, SURE, "street")
    for pattern, rule in ((NUMBERED, "numbered-house"), (KANA_STREET, "street-in-kana")):
        for match in pattern.finditer(flat.text):
            start = below_municipality(flat, flat.without_lead(match.start(), match.end()), match.end())
            yield Finding(start, match.end(), Kind.ADDRESS, SURE, rule)
    for match in ENGLISH.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.ADDRESS, PERHAPS, "english-address")


def _buildings(flat: Flat) -> Iterator[Finding]:
    for match in BUILDING.finditer(flat.text):
        words = [t for t in flat.within(match.start(), match.end()) if t.start < match.end()]
        if words and words[0].surface not in GENERIC_PLACES and (len(words) > 2 or any(w.is_proper for w in words)):
            yield Finding(match.start(), match.end(), Kind.ADDRESS, PERHAPS, "building")
    for match in ROOMED.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.ADDRESS, PERHAPS, "room")
    for match in YAGO.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.ADDRESS, PERHAPS, "name-of-a-house")


def find(flat: Flat) -> Iterator[Finding]:
    """Everything with a number below the municipality."""
    yield from _streets(flat)
    yield from _buildings(flat)
