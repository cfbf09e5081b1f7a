"""Schools, workplaces, hospitals, shops with a name of their own; public windows are not found."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.people import is_role
from cms.guard.wordlists import (
    BODY_BEGINNINGS,
    BODY_ENDINGS,
    GENERIC_BODIES,
    GOODS_BEGINNINGS,
    NO_BODY_NAME,
    SHORT_BODY_ENDINGS,
)

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

LEGAL_FORM = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|㈱|㈲|NPO法人|特定非営利活動法人|社会福祉法人|医療法人(?:社団)?|学校法人|一般社団法人|公益財団法人)"
    r"\s?[「『]?((?![のがをはにでと])[一-龠々ァ-ヴーA-Za-zぁ-ん]{2,12}?)(?=[」』\s、。の()（）でにをはがと]|$)"
)
PUBLIC = re.compile(
    r"社会福祉協議会|社協|地域包括|包括支援|市役所|区役所|町役場|役場|ハローワーク|職業安定所|児童相談所|児相|年金事務所|法テラス|国際交流協会|サポートステーション|サポステ"
    r"|いのちの電話|協会けんぽ|保健所|保健センター|福祉事務所|警察署|消防署|裁判所|税務署|民生委員|委員会|協議会|町内会|自治会|図書館|公民館|市民館|美術館|博物館|コミュニティセンター"
)
BEGINNING = re.compile("(?:" + "|".join((*BODY_BEGINNINGS, *GOODS_BEGINNINGS)) + ")")
KANA = re.compile(r"[ぁ-んァ-ヴー]{2,}")
# 会社（臨海エネルギー）, 勤務先は「…」
IN_BRACKETS = re.compile(
    r"(?:会社|勤務先|勤め先|職場|パート先|バイト先|派遣先|就職先|学校|通学先|母校|出身校|病院|通院先|入院先|かかりつけ|主治医|施設|入所先|園|店)"
    r"(?:は|が|の名前は|名は|:)?\s?[(「『]([^)」』\n]{2,20})[)」』]"
)
# … で働く, … に就職, … を退職: what stands before is a workplace, a school, a hospital.
DOES_THERE = re.compile(
    r"(?=で(?:働|勤務|勤め|アルバイト|バイト|パート|就労|仕事)|に(?:勤務|勤め|就職|入社|転職|再就職|通勤|在籍|入院|通院|入所|入居|入学|転校|転院)"
    r"|へ(?:救急搬送|入院|転院|転校)|を(?:退職|解雇|辞め|営む|営み|経営|退学|中退|卒業))"
)
SHOP_SIGNS = frozenset("堂屋亭庵舎園館苑軒荘店")
OF_NATURE = "森丘里杜郷空海星虹風浜川谷山原"


def _modifiers(flat: Flat, index: int) -> list[Token]:
    """The nouns that stand directly before a token; みはらの森小学校 is one name."""
    first = index
    tokens = flat.tokens
    while first and tokens[first - 1].is_noun and tokens[first - 1].end == tokens[first].start:
        if tokens[first - 1].kind[1] == "数詞":
            break
        first -= 1
    poetic = first < index and tokens[first].surface[:1] in OF_NATURE
    if poetic and first > 1 and tokens[first - 1].surface == "の" and tokens[first - 2].is_noun:
        first -= 2
    return tokens[first:index]


def _trim(words: list[Token]) -> list[Token]:
    while words and (
        words[0].surface in GENERIC_BODIES or words[0].surface.endswith(("市立", "県立", "町立", "市", "県"))
    ):
        words = words[1:]
    return words


def _by_ending(flat: Flat) -> Iterator[Finding]:
    for index, token in enumerate(flat.tokens):
        ending = next((e for e in BODY_ENDINGS if token.surface.endswith(e)), None)
        if ending is None or not token.is_noun:
            continue
        if token.surface == ending:
            words = _trim(_modifiers(flat, index))
            named = any(w.is_proper or KANA.fullmatch(w.surface) for w in words)
        else:
            words = [*_trim(_modifiers(flat, index)), token]
            named = token.is_proper and not token.is_name
        if not words or PUBLIC.search(flat.text[words[0].start : token.end + 6]):
            continue
        if ending in SHORT_BODY_ENDINGS and not named:
            continue
        if named or (
            all(w.surface not in GENERIC_BODIES for w in words) and token.surface == ending and len(words) < 3
        ):
            yield Finding(words[0].start, token.end, Kind.ORGANIZATION, SURE if named else PERHAPS, "named-ending")


def _by_beginning(flat: Flat) -> Iterator[Finding]:
    """ホテル望海, 総合病院さくらの杜, 弁当のまる福: the kind comes first, then a name."""
    starts = {token.start: index for index, token in enumerate(flat.tokens)}
    for match in BEGINNING.finditer(flat.text):
        index = starts.get(match.end())
        if match.start() not in starts or index is None:
            continue
        last = _end_of_name(flat, index)
        if last is not None:
            yield Finding(match.start(), flat.tokens[last].end, Kind.ORGANIZATION, PERHAPS, "named-beginning")


def _end_of_name(flat: Flat, index: int) -> int | None:
    """The last word of the name that begins at this word, or None when it is no name."""
    tokens = flat.tokens
    first = tokens[index]
    if not _may_name(first):
        return None
    last = index
    while last + 1 < len(tokens) and tokens[last + 1].start == tokens[last].end and last - index < 4:
        word = tokens[last + 1]
        if word.surface == "の" and last + 2 < len(tokens) and tokens[last + 2].surface[:1] in OF_NATURE:
            last += 2
        elif _may_name(word):
            last += 1
        else:
            break
    return last


def _may_name(word: Token) -> bool:
    """A noun that may be (part of) a name: no action, no role, no part of a building."""
    if word.kind[0] == "接尾辞":
        return word.surface in SHOP_SIGNS
    if word.kind[0] not in {"名詞", "接頭辞", "形状詞"} or word.kind[1] in {"数詞", "助動詞語幹"}:
        return False
    if word.kind[2] in {"サ変可能", "副詞可能", "助数詞可能"} and not KANA.fullmatch(word.surface):
        return False
    return word.surface not in NO_BODY_NAME and word.surface not in GENERIC_BODIES and not is_role(word.surface)


def _where_somebody_works(flat: Flat) -> Iterator[Finding]:
    """三友精機に就職, ミツワで働く: a name the dictionary holds for one, or does not know at all."""
    for match in DOES_THERE.finditer(flat.text):
        index = flat.ending_at.get(match.start())
        if index is None or not flat.tokens[index].is_noun:
            continue
        words = _trim([*_modifiers(flat, index), flat.tokens[index]])
        if not words or PUBLIC.search(flat.text[words[0].start : words[-1].end]):
            continue
        if any(w.is_proper and not w.is_name and len(w.surface) > 1 for w in words) and not is_place(words):
            yield Finding(words[0].start, words[-1].end, Kind.ORGANIZATION, PERHAPS, "where-somebody-works")


def is_place(words: list[Token]) -> bool:
    """Only names of places, as in 東京で働く."""
    return all(w.kind[2] == "地名" or w.surface in {"市", "県", "内", "方面"} for w in words)


def _in_brackets(flat: Flat) -> Iterator[Finding]:
    for match in IN_BRACKETS.finditer(flat.text):
        words = [t for t in flat.tokens if match.start(1) <= t.start and t.end <= match.end(1)]
        run: list[Token] = []
        for word in words:
            if not word.is_noun or word.kind[1] == "数詞":
                break
            run.append(word)
        named = any(w.is_proper for w in run) or (len(run) > 1 and run[-1].surface in BODY_ENDINGS)
        run = run if named and not is_place(run) else []
        if run and not PUBLIC.search(match.group(1)) and not is_role(match.group(1)):
            yield Finding(run[0].start, run[-1].end, Kind.ORGANIZATION, PERHAPS, "in-brackets")


# みはらの森小学校, 市原北陵高校卒: schools that the dictionary cuts elsewhere.
SCHOOL = re.compile(
    r"(?:([ぁ-んァ-ヴー]{2,6}の[一-龠]{0,3})(?:小学校|中学校|高校|高等学校|保育園|幼稚園|こども園)|([一-龠ァ-ヴー]{2,8})(?:高校|高等学校|中学|中学校|大学|短大|専門学校)(?=卒|中退|在学中))"
)
OF_A_HOUSE = frozenset({"家", "里", "杜", "郷"})  # あおぞらの家: run by somebody
NOBODYS_HOUSE = re.compile(
    r"(?:わたし|あたし|ぼく|おれ|うち|じぶん|あなた|ともだち|かれ|かのじょ|こども|おや|みんな|となり|むかい|ひとり|ふたり|それぞれ|どこか|だれか"
    r"|.*(?:ちゃん|さん|くん)|ママ|パパ|おじ.*|おば.*|おかあ.*|おとう.*|もと|ほか|よそ|べつ|いま|まえ|つぎ|ここ|そこ|あそこ|ふつう)$"
)


def _houses(flat: Flat) -> Iterator[Finding]:
    tokens = flat.tokens
    for index in range(2, len(tokens)):
        word, of, house = tokens[index - 2 : index + 1]
        if house.surface not in OF_A_HOUSE or of.surface != "の" or word.kind[:2] != ("名詞", "普通名詞"):
            continue
        if len(word.surface) > 2 and KANA.fullmatch(word.surface) and not is_nobodys(word.surface):
            yield Finding(word.start, house.end, Kind.ORGANIZATION, PERHAPS, "house")


def is_nobodys(word: str) -> bool:
    """ともだちの家, となりの家: nobody has named it so."""
    return bool(NOBODYS_HOUSE.match(word)) or is_role(word)


def _schools(flat: Flat) -> Iterator[Finding]:
    for match in SCHOOL.finditer(flat.text):
        word = match.group(1) or match.group(2)
        if word not in GENERIC_BODIES and not is_nobodys(word.partition("の")[0]) and not word.startswith("この"):
            start = flat.without_lead(match.start(), match.end())
            yield Finding(start, match.end(), Kind.ORGANIZATION, PERHAPS, "school")


def _by_legal_form(flat: Flat) -> Iterator[Finding]:
    for match in LEGAL_FORM.finditer(flat.text):
        if match.group(1) not in GENERIC_BODIES:
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, SURE, "legal-form")


def find(flat: Flat) -> Iterator[Finding]:
    """Bodies that point to a person."""
    yield from _by_ending(flat)
    yield from _by_beginning(flat)
    yield from _by_legal_form(flat)
    yield from _where_somebody_works(flat)
    yield from _in_brackets(flat)
    yield from _houses(flat)
    yield from _schools(flat)
