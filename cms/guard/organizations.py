"""Schools, workplaces, hospitals, shops with a name of their own; public windows are not found."""

import re
from collections.abc import Iterator

from cms.guard.bodies import KANA, OF_NATURE, is_named, is_public, is_wide, modifiers, trim
from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.lexicon import is_new_word, is_role, is_unknown
from cms.guard.wordlists import (
    BODY_BEGINNINGS,
    BODY_ENDINGS,
    GENERIC_BODIES,
    GOODS_BEGINNINGS,
    KANA_NAMES,
    KINDS_OUTSIDE,
    LOOSE_BEGINNINGS,
    NO_BODIES,
    NO_BODY_NAME,
    OF_A_CITY,
    SHOP_SIGNS,
    SHORT_BODY_ENDINGS,
    words,
)

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

BEGINNING = re.compile("(?:" + "|".join(sorted((*BODY_BEGINNINGS, *GOODS_BEGINNINGS), key=len, reverse=True)) + ")")

ENDINGS = sorted(BODY_ENDINGS, key=len, reverse=True)

ENDING = re.compile("(?:" + "|".join(ENDINGS) + ")")

MAY_FOLLOW = re.compile(
    r"(?:[のはがをにでともへや、。,.:)」』】・/ \n→]|$|卒|中退|在学|在籍|勤務|勤め|経由|前|裏|横|隣|内|総務|営業|地域連携|相談室|外来|整形|内科|外科|[0-9一二三四五六]年|\d|さん|様|職員|担任|教諭|校長|園長|に|で|から|まで|より|だ|です|側|→|見学|利用|入所|入居|通所|受診|入院|退院|転院|訪問|体験|送迎|北店|南店|本店|支店|SSW|時代|出|へ|定時制|通信制|中等部|高等部|初等部|付属|附属|大学院|管理組合|なん(?:だ|で)|だっ|って| です)"
)


def _by_ending(flat: Flat) -> Iterator[Finding]:
    for match in ENDING.finditer(flat.text):
        if not MAY_FOLLOW.match(flat.text, match.end()):
            continue
        finding = _ended(flat, match)
        if finding:
            yield finding


def _ended(flat: Flat, match: re.Match[str]) -> Finding | None:
    """The body whose name ends with this ending."""
    ending, end = match.group(), match.end()
    last = flat.ending_at.get(end)
    if last is None:
        return None
    token = flat.tokens[last]
    if token.start < match.start():
        # One word with its ending: 白梅病院 as the dictionary has it, or cut elsewhere (原中/学校).
        words = trim([*modifiers(flat, last), token])
        own = token.is_proper and not token.is_name
        if not own and not is_named(words[:-1]):
            return None
    else:
        cut = last
        while cut and flat.tokens[cut].start > match.start():
            cut -= 1
        before = modifiers(flat, cut)
        crossing = flat.tokens[cut].start < match.start()
        words = trim([*before, flat.tokens[cut]] if crossing else before)
        own = crossing and bool(words)
    if not words or is_public(flat, words[0].start, end):
        return None
    if ending == "中" and words[-1].kind[2] in {"サ変可能", "副詞可能"}:
        return None
    named = own or is_named(words) or _is_kana_name(words, ending) or _is_coined(words, ending)
    if ending in SHORT_BODY_ENDINGS and not named:
        return None
    if all(w.surface in GENERIC_BODIES or w.surface == ending or w.surface in {"の"} for w in words):
        return None
    plain = all(w.surface not in GENERIC_BODIES for w in words) and len(words) < 3 and token.start >= match.start()
    if named or plain:
        return Finding(words[0].start, end, Kind.ORGANIZATION, SURE if named else PERHAPS, "named-ending")
    return None


def _is_kana_name(words: list[Token], ending: str) -> bool:
    if len(words) > 3 or (ending in SHORT_BODY_ENDINGS and ending not in KANA_NAMES):
        return any(is_wide(w) for w in words) and ending not in OF_A_CITY and len(words) < 4
    in_kana = any(KANA.fullmatch(w.surface) and w.kind[0] == "名詞" and w.surface not in GENERIC_BODIES for w in words)
    return in_kana or (any(is_wide(w) for w in words) and ending not in OF_A_CITY)


def _is_coined(words: list[Token], ending: str) -> bool:
    """清栄会, 緑風会: two signs before 会 that make no word with it, and say nothing one does."""
    word = words[0].surface
    return (
        ending in {"会", "園", "院", "館"}
        and len(words) == 1
        and re.fullmatch("[一-龠]{2}", word) is not None
        and words[0].kind[2] == "一般"
        and word not in GENERIC_BODIES
        and is_unknown(word + ending)
    )


KANA_NAME = re.compile(r"[ぁ-ん]{2,6}?(?=[はがをにでとへの](?:[一-龠ァ-ヴー]|[^ぁ-ん])|、|。|」|\)|から|まで| |$)")


# カフェ 燈, 喫茶 鉄瓶: with a space, one name and then an end.
KIND_SPACE = re.compile(
    r" [一-龠々ァ-ヴーぁ-ん]{1,8}?(?=[、。)」\n]|[でにへ](?:[^ぁ-ん]|会|働|週|土|日|待|一|泊|勤|行)|の(?:マスター|店主|二階|前)|$)"
)


NO_SHOP = words(
    """
    会 係 間 時間 席 先生 稽古 道具 当番 準備 用意 片付け 話 匂い 味 種類 作り方 教室 講座 日
    """
)


def _by_beginning(flat: Flat) -> Iterator[Finding]:
    """ホテル望海, 総合病院さくらの杜, 弁当のまる福: the kind comes first, then a name."""
    starts = {token.start: index for index, token in enumerate(flat.tokens)}
    for match in BEGINNING.finditer(flat.text):
        at = match.end()
        if flat.text[at : at + 1] == " " and KIND_SPACE.match(flat.text, at):
            at += 1
        quoted = flat.text[at : at + 1] in {"「", "『"}
        index = starts.get(at + quoted)
        if index is None or (match.start() not in starts and match.group() not in KINDS_OUTSIDE):
            continue
        if match.group() in GOODS_BEGINNINGS and flat.tokens[index].surface in NO_SHOP:
            continue
        last = _end_of_name(flat, index)
        spaced = flat.text[match.end() : match.end() + 1] == " "
        if match.group() in LOOSE_BEGINNINGS and not quoted and not spaced and not _is_told_apart(flat.tokens[index]):
            continue
        if last is None and not quoted and match.group() not in GOODS_BEGINNINGS:
            name = KANA_NAME.match(flat.text, at)
            if (
                name
                and flat.tokens[index].kind[0] not in {"助詞", "助動詞"}
                and name.group() not in NO_BODY_NAME
                and not name.group().startswith(("さん", "くん"))
            ):
                start = at if match.group() in KINDS_OUTSIDE else match.start()
                yield Finding(start, name.end(), Kind.ORGANIZATION, PERHAPS, "named-beginning")
        if last is not None:
            outside = quoted or match.group() in KINDS_OUTSIDE
            start = flat.tokens[index].start if outside else match.start()
            yield Finding(start, flat.tokens[last].end, Kind.ORGANIZATION, PERHAPS, "named-beginning")


def _is_told_apart(word: Token) -> bool:
    """Behind 教室, 農園, … only a word in kana or an unknown one is a name: 農園体験, 教室参加者."""
    return (
        not word.known
        or word.is_proper
        or (KANA.fullmatch(word.surface) is not None and not is_new_word(word.surface) and not is_role(word.surface))
    )


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
    if word.kind[0] == "形容詞" or (word.kind[0] == "副詞" and KANA.fullmatch(word.surface)):
        return word.surface.endswith("い") or len(word.surface) > 3
    if word.kind[0] not in {"名詞", "接頭辞", "形状詞"} or word.kind[1] in {"数詞", "助動詞語幹"}:
        return False
    if word.kind[2] in {"サ変可能", "副詞可能", "助数詞可能"} and not KANA.fullmatch(word.surface):
        return False
    return word.surface not in NO_BODY_NAME and word.surface not in GENERIC_BODIES and not is_role(word.surface)


LEGAL_FORM = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|㈱|㈲|NPO法人|特定非営利活動法人|社会福祉法人|医療法人(?:社団)?|学校法人|一般社団法人|一般財団法人|公益社団法人|公益財団法人|宗教法人)"
    r" ?[「『]?((?![のがをはにでと])[一-龠々ァ-ヴーA-Za-zぁ-ん]{2,12}?)(?=[」』\s、。の()でにをはがとへも]|$)"
)

LEGAL_FORM_AFTER = re.compile(r"([一-龠々ァ-ヴーA-Za-z]{2,12}) ?(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|㈱|㈲)")


def _by_legal_form(flat: Flat) -> Iterator[Finding]:
    for pattern in (LEGAL_FORM, LEGAL_FORM_AFTER):
        for match in pattern.finditer(flat.text):
            if match.group(1) not in GENERIC_BODIES and not is_role(match.group(1)):
                yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, SURE, "legal-form")


NOT_BODIES = re.compile(
    r"LINE|ライン|コロナ|COVID|X|Twitter|Instagram|インスタ|YouTube|Zoom|Google|Windows|iPhone|Android|Amazon|ハローワーク|[A-Za-z]{1,3}$|[ぁ-ん]+$|.*(?:法|祭|賞|節|病|症候群|教|主義|時代|戦争|語|神話|物語|合戦|太郎|姫|桜|線|号|家庭|世帯|ゲーム|サイト|ワーク|ステイ|教室|運動|制度|体操|検定|試験|手当|保険|年金|計画|宣言|条約|憲章|大会)$"
)


def _proper_nouns(flat: Flat) -> Iterator[Finding]:
    """What the dictionary has as the proper noun of nobody and nowhere: firms, shops, brands."""
    for token in flat.tokens:
        if token.kind[1:3] != ("固有名詞", "一般") or not token.known or len(token.surface) < 3:
            continue
        if (
            NOT_BODIES.match(token.surface)
            or token.surface in NO_BODIES
            or token.surface.isascii()
            or is_new_word(token.surface)
            or is_public(flat, token.start, token.end)
        ):
            continue
        yield Finding(token.start, token.end, Kind.ORGANIZATION, PERHAPS, "proper-noun")


# Kinds that stand behind a name, whatever the dictionary thinks of the name: 和み庵, 鉄路友の会, 佐々脳神経, まるよしすいさん.
NAMED_SO = re.compile(
    r"(?:^|(?<=[\s、。「(はがにをでと・:]))((?:[一-龠々]{1,6}|[ァ-ヴー]{2,8}|[ぁ-ん]{2,6})(?:の(?=家|里|郷|杜|分校))?"
    r"(?:庵|苑|友の会|キリスト教会|教会|信用組合|プレス|庭園|法律(?:事務所)?|脳神経(?:外科)?|分校|ファーマシー|農園|すいさん|けんせつ|うんゆ|びょういん|いいん|くすりや|しょうてん|里|郷|杜))(?=[のはがをにでとへも、。)」\s見利入通受]|$)",
    re.M,
)
# The kind comes first, and no space after it: コーラスこだま, 囲碁サロン石心, フードランドいちい, 島の診療所みお, 自立の家 楡.
NAMED_AFTER = re.compile(
    r"((?:[一-龠々ぁ-ん]{1,4})?(?:コーラス|サロン|ファーマシー|フードランド|ミニストア|ストア|マート|診療所|クリニック|サークル|合唱団|自立の家|憩いの家|教室|工房|喫茶|食堂|居酒屋|スナック)(?:[ぁ-ん]{2,6}|[一-龠々]{1,3}|[ァ-ヴー]{2,6}| [一-龠々]{1,3}))(?=[のはがをに(でとへも、。)」\s]|$)"
)
NOT_NAMED = re.compile(
    r"(?:の(?:家|里)|(?:この|その|あの|どの|各|全|当|同|他の?|隣の?|近くの?|市民|地域|高齢者|子ども|こども|家族|住民|職員|利用者|参加者|会員|体験|無料|担当|運営|開催|参加|利用|募集|申込|見学|希望|料理|手芸|音楽|体操|健康|認知症|介護|オンライン|メンバー|スタッフ|まで|から|だけ|など|でも|では|には|とも)(?:さん|達|たち)?)$"
)


def _named_beside(flat: Flat) -> Iterator[Finding]:
    for match in NAMED_SO.finditer(flat.text):
        words = flat.within(match.start(1), match.end(1))
        named = any(w.is_proper or w.is_name or KANA.fullmatch(w.surface) for w in words) or len(words) > 2
        if named and match.group(1) not in GENERIC_BODIES and not is_public(flat, match.start(1), match.end(1)):
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "named-so")
    for match in NAMED_AFTER.finditer(flat.text):
        if not NOT_NAMED.search(match.group(1)) and not is_public(flat, match.start(1), match.end(1)):
            last = flat.within(match.start(1), match.end(1))
            if last and _is_told_apart(last[-1]) and last[-1].start < match.end(1):
                yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "named-after-its-kind")


def find(flat: Flat) -> Iterator[Finding]:
    """Bodies that point to a person."""
    yield from _named_beside(flat)
    yield from _by_ending(flat)
    yield from _by_beginning(flat)
    yield from _by_legal_form(flat)
    yield from _proper_nouns(flat)
