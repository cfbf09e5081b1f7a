"""Places below the municipality without a number: quarters, hamlets, stops, and what one says to find a house."""

import re
from collections.abc import Iterable, Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.lexicon import could_be_place, could_be_surname, is_common_noun, is_municipality, is_role
from cms.guard.streets import below_municipality
from cms.guard.wordlists import GENERIC_PLACES, HAMLET_ENDINGS, NAMED_ENDINGS, WIDE_REGIONS

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

NAME = r"[一-龠々ヶケァ-ヴー]"
AFTER_MUNICIPALITY = re.compile(
    rf"(?<=[一-龠]市)({NAME}{{1,6}}(?:[がヶケ]丘|丘|台|町|区)?(?:字{NAME}{{1,5}})?)(?=の?(?:家|自宅|アパート|在住|に住|に転居|に暮))"
    r"|(?<=[一-龠]市)([一-龠々]{1,4}(?:[がヶケ]丘|町|字[一-龠]{1,5}|区))(?!内|会|民|役)"
)
# 汐見坂下のバス停, 西浜三叉路の停留所, バス停「鶴見橋」
STOP = re.compile(
    r"([一-龠々ァ-ヴー][一-龠々ぁ-んァ-ヴー]{1,9}?(?:三叉路|交差点|踏切))|([一-龠々ァ-ヴー][一-龠々ぁ-んァ-ヴー]{1,9}?)(?:の)?(?:バス停|停留所|踏切|交差点)"
)
OAZA = re.compile(
    r"大字[一-龠ぁ-んァ-ヶ々]{1,6}?(?:字[一-龠ぁ-んァ-ヶ々]{1,6}?)?(?:\d{1,5}(?:-\d{1,4})*(?:番地)?|(?=[のにへで、。\s]|$))"
)
# 赤い屋根の平屋, 角から二軒目, 3号棟の405
DESCRIBED = re.compile(
    r"(?:(?:赤|青|黄色|白|緑|黒|茶色|水色)い?の?(?:屋根|壁|塀|門|外壁|扉)(?:の(?:、)?(?:平屋|家|一軒家|二階建て|アパート))?|角から[一二三四五\d]軒目(?:の家)?|(?<!\d)\d{1,3}号棟(?:の?\d{2,4}(?:号室?)?)?|(?<!\d)[1-9]\d{2,3}号室)"
)
HAMLET = re.compile(r"(?<![一-龠])([一-龠々ヶ]{2,4}の(?:上|下|奥|中|東|西|南|北|向)の?(?:組|集落|部落|班))")
STOP_QUOTED = re.compile(r"(?:バス停|停留所|最寄り?駅|駅)(?:は|の)?[「『(]([^」』)\n]{2,12})[」』)]")
# Words before a bus stop that name none.
STANDS_NEAR = frozenset(
    ["前", "先", "横", "隣", "向かい", "裏", "次", "手前", "近く", "学校", "病院", "駅前", "家", "通学路", "帰り"]
)
WHERE = (
    "真ん?前|斜め?前|前|裏手?|隣|となり|横|角|奥|(?:真|斜め|はす)?向かい(?:側)?|向こう側?|脇|わき|そば|傍|近く|下|上|手前|突き当たり|つきあたり|途中|入口|入り口|並び|ほとり"
    "|鳥居|坂|組|集落|部落|三叉路|曲がり角|階段|堤防|踏切|隅|校庭|軒先|屋上|[二三四五六2-6]階"
)
DWELLING = "家|一軒家|平屋|アパート|マンション|メゾン|コーポ|団地|長屋|貸家|借家|住宅|社宅|官舎|二階建て|[一-龠ぁ-んァ-ヴー]{1,4}屋|[一-龠]{1,3}軒目|ハイツ|離れ"
PIECE = r"[^\s。、,「」()のにをはがでとへも\n]{1,8}"
# の公園の前, の鳥居を右に入って三軒目, のポストの向かい、青い屋根の平屋
THE_WAY = re.compile(
    rf"(?:の{PIECE}){{0,3}}?の(?:{PIECE})??(?:{WHERE}|{DWELLING})(?![一-龠ぁ-ん](?<![のにでをはがとかへもやだ])|員|長)"
    rf"(?:の(?:{PIECE})??(?:{WHERE}|{DWELLING}))*"
    r"(?:を(?:右|左|上|下|北|南|東|西)に?(?:入|曲|折|上|下)[がりっおれ]{1,2}[てた]?[^。、\n]{0,6}(?:軒目|先|ところ|家))?"
    r"(?:、[^。、\n]{0,8}(?:屋根|壁|塀|門|垣根)の(?:平屋|家|一軒家|二階建て|アパート)|の[^。、\n]{0,6}屋根)?"
)
LIVES_THERE = re.compile(
    r"に?(?:在住|住んで|住む|住み|住まい|暮らす|暮らし|転居|引っ越|引越|越して|建つ|ある(?:家|実家|自宅|アパート))|の(?:自宅|実家|家|家族|一軒家|アパート|団地|出身|人)|から(?:[^。、\n]{0,6}(?:来|通)|歩|越)|へ(?:転居|引っ越|上が)|地区|方面"
)
NO_PLACE_AFTER = re.compile(
    r"(?:市|県|都|府|郡|人|語|料理|弁|産|製|大会|戦|時間|線|鉄道|新聞|大学|高校|支店|銀行|病院)"
)


def _points_to_a_place(words: list[Token]) -> bool:
    return any(word.is_proper for word in words) and not all(word.surface in GENERIC_PLACES for word in words)


def is_small_place(token: Token) -> bool:
    """A place below the municipality, as the dictionary knows it: 光風台, 惣社; not 横浜, 関東."""
    return (
        token.kind[2] == "地名"
        and token.known
        and len(token.surface) > 1
        and token.surface not in WIDE_REGIONS
        and not is_municipality(token.surface)
        and not (token.surface.endswith(("地方", "半島", "山地", "平野", "大陸", "諸島")))
    )


def _named_places(flat: Flat) -> Iterator[Finding]:
    """青葉団地, 葦原東公園, 田淵集落: a kind of place after a name."""
    for index, token in enumerate(flat.tokens):
        if (token.surface not in NAMED_ENDINGS and token.surface not in HAMLET_ENDINGS) or index == 0:
            continue
        first = index
        while first and flat.tokens[first - 1].is_noun and flat.tokens[first - 1].end == flat.tokens[first].start:
            first -= 1
        words = flat.tokens[first:index]
        while words and (words[0].surface in GENERIC_PLACES or words[0].surface.endswith(("市", "県"))):
            words = words[1:]
        if words and _points_to_a_place(words):
            if token.surface in HAMLET_ENDINGS and not any(w.kind[2] in {"地名", "人名"} for w in words):
                continue
            yield Finding(words[0].start, token.end, Kind.ADDRESS, PERHAPS, "named-place")


def _stops(flat: Flat) -> Iterator[Finding]:
    for match in STOP.finditer(flat.text):
        start, end = match.span(match.lastindex or 1)
        words = [t for t in flat.within(start, end) if t.end <= end]
        while words and (words[0].surface in GENERIC_PLACES or not words[0].is_noun):
            words = words[1:]
        if words and all(word.is_noun for word in words) and words[-1].surface not in STANDS_NEAR:
            yield Finding(words[0].start, end, Kind.ADDRESS, PERHAPS, "stop")
    for match in HAMLET.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.ADDRESS, PERHAPS, "hamlet")
    for match in (*OAZA.finditer(flat.text), *DESCRIBED.finditer(flat.text)):
        yield Finding(match.start(), match.end(), Kind.ADDRESS, PERHAPS, "hamlet")
    for match in STOP_QUOTED.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.ADDRESS, PERHAPS, "stop")


def _is_head(flat: Flat, index: int) -> bool:
    """A word from which one finds a house: a quarter, a school, a name that is nobody's here."""
    token = flat.tokens[index]
    if token.kind[2] == "地名":
        return is_small_place(token)
    if token.surface in {
        "小",
        "中",
        "高",
        "小学校",
        "中学校",
        "丁目",
        "神社",
        "寺",
        "郵便局",
        "交番",
        "公民館",
        "集会所",
        "公園",
        "駅",
        "農協",
        "会館",
        "保育園",
        "幼稚園",
        "病院",
        "商店街",
        "団地",
        "橋",
    }:
        return index > 0 and flat.tokens[index - 1].end == token.start and _named_before(flat, index)
    return token.is_name and len(token.surface) > 1 and token.kind[3] != "名"


def _named_before(flat: Flat, index: int) -> bool:
    before = flat.tokens[index - 1]
    return before.is_proper or (index > 1 and before.kind[1] == "数詞" and flat.tokens[index - 2].is_proper)


def _begin(flat: Flat, index: int) -> int:
    """Where the run of nouns begins that ends with this word; cities and prefectures stay outside."""
    first = index
    while first and flat.tokens[first - 1].is_noun and flat.tokens[first - 1].end == flat.tokens[first].start:
        if is_municipality(flat.tokens[first - 1].surface) or flat.tokens[first - 1].surface in {"市", "県"}:
            break
        first -= 1
    return flat.tokens[first].start


def _ways(flat: Flat) -> Iterator[Finding]:
    """桜台の公園の前, 国分寺台小の裏のメゾン."""
    for index, token in enumerate(flat.tokens):
        if flat.text[token.end : token.end + 1] != "の" or not _is_head(flat, index):
            continue
        way = THE_WAY.match(flat.text, token.end)
        if way and not (token.is_name and re.fullmatch(r"の(?:家|前|上|下|近く|そば|となり|隣)", way.group())):
            yield Finding(_begin(flat, index), way.end(), Kind.ADDRESS, PERHAPS, "way-to-a-house")


def _quarters(flat: Flat) -> Iterator[Finding]:
    for match in AFTER_MUNICIPALITY.finditer(flat.text):
        group = 1 if match.group(1) else 2
        yield Finding(match.start(group), match.end(group), Kind.ADDRESS, PERHAPS, "quarter")
    for token in flat.tokens:
        if not is_small_place(token) or NO_PLACE_AFTER.match(flat.text, token.end):
            continue
        if token.surface.endswith(("台", "丘", "町", "坂")) or LIVES_THERE.match(flat.text, token.end):
            start = below_municipality(flat, token.start, token.end)
            yield Finding(start, token.end, Kind.ADDRESS, PERHAPS, "quarter")


BESIDE = re.compile(
    rf"の(?:{PIECE})??(?:{WHERE}|[二三四五2345]階|{DWELLING}(?<!家)(?<!屋))(?=[のにでをがは、。)」\s]|$)"
)


def beside_findings(flat: Flat, found: Iterable[Finding]) -> Iterator[Finding]:
    """青い鳥の二階, 松の湯の裏: a place told from a body."""
    for finding in found:
        if finding.type in {Kind.ORGANIZATION, Kind.ADDRESS}:
            match = BESIDE.match(flat.text, finding.end)
            if match:
                yield Finding(finding.start, match.end(), Kind.ADDRESS, PERHAPS, "way-to-a-house")


# 月崎に住む, 田淵の奥: a name that is a place by what is said of it.
NAMED_BY_USE = re.compile(
    r"(?<![一-龠々ヶ])([一-龠々ヶ]{2,4})(?=に(?:住|越して|引っ越|転居|疎開|嫁い|嫁に|一軒家|家がある|家を)|の(?:集落|部落|農家|漁師|山奥|奥の|山の|方の|浜の|実家|生まれ|一軒家|自宅|出(?:で|。)|あたり)|在住|出身|(?:へ|に)(?:上が|帰省|里帰り)|から(?:嫁|引っ越|越し))"
)


def _by_use(flat: Flat) -> Iterator[Finding]:
    for match in NAMED_BY_USE.finditer(flat.text):
        word = match.group(1)
        if (
            (could_be_place(word) or could_be_surname(word))
            and not is_municipality(word)
            and not is_common_noun(word)
            and word not in WIDE_REGIONS
            and not is_role(word)
        ):
            yield Finding(match.start(1), match.end(1), Kind.ADDRESS, PERHAPS, "place-by-use")


def find(flat: Flat) -> Iterator[Finding]:
    """Everything below the municipality; the municipality itself is not found."""
    yield from _stops(flat)
    yield from _named_places(flat)
    yield from _ways(flat)
    yield from _quarters(flat)
    yield from _by_use(flat)
