"""What the rules about organisations share: where a name begins, whether it names, whether it is a public window."""

import re

from cms.guard.flat import Flat, Token
from cms.guard.lexicon import is_municipality, is_role
from cms.guard.wordlists import GENERIC_BODIES, TIME_WORDS

PUBLIC = re.compile(
    r"社会福祉協議会|社協|地域包括|包括支援|市役所|区役所|町役場|役場|ハローワーク|職業安定所|児童相談所|児相|年金事務所|法テラス|国際交流協会|サポートステーション|サポステ"
    r"|いのちの電話|協会けんぽ|保健所|保健センター|福祉事務所|警察署|消防署|裁判所|税務署|民生委員|委員会|協議会|町内会|自治会|図書館|公民館|市民館|美術館|博物館|コミュニティセンター"
    r"|県庁|市民センター|支援センター|相談センター|子育て支援|商工会議所|労働基準監督署|法務局|保健福祉|教育委員|民児協|運営会|実行委員"
)

KANA = re.compile(r"[ぁ-んァ-ヴー]{2,}")

NOBODYS_HOUSE = re.compile(
    r"(?:わたし|あたし|ぼく|おれ|うち|じぶん|あなた|ともだち|かれ|かのじょ|こども|おや|みんな|となり|むかい|ひとり|ふたり|それぞれ|どこか|だれか"
    r"|.*(?:ちゃん|さん|くん)|ママ|パパ|おじ.*|おば.*|おかあ.*|おとう.*|もと|ほか|よそ|べつ|いま|まえ|つぎ|ここ|そこ|あそこ|ふつう|いつも|はじめ|おわり|たくさん|さいご)$"
)

OF_NATURE = "森丘里杜郷空海星虹風浜川谷山原輪"


def modifiers(flat: Flat, index: int) -> list[Token]:
    """The nouns that stand directly before a token; みはらの森小学校 is one name."""
    first = index
    tokens = flat.tokens
    while first and tokens[first - 1].is_noun and tokens[first - 1].end == tokens[first].start:
        if tokens[first - 1].kind[1] == "数詞" and tokens[first - 1].surface[0].isdecimal():
            break
        first -= 1
    poetic = first < index and tokens[first].surface[:1] in OF_NATURE
    if poetic and first > 1 and tokens[first - 1].surface == "の" and tokens[first - 2].is_noun:
        first -= 2
    return tokens[first:index]


def trim(words: list[Token]) -> list[Token]:
    """Without what is said of the kind and the time before the name: 以前、市立、NPO法人."""
    while words and (
        words[0].surface in GENERIC_BODIES
        or words[0].surface in TIME_WORDS
        or words[0].kind[1] == "接続詞"
        or words[0].surface.endswith(("市立", "県立", "町立", "私立", "法人"))
        or (words[0].surface.endswith(("市", "県")) and words[0].kind[2] == "地名")
    ):
        words = words[1:]
    while len(words) > 1 and is_role(words[0].surface) and not words[0].is_name:
        words = words[1:]
    return words


def is_named(words: list[Token]) -> bool:
    """Something in these words names: a proper noun, an unknown word, letters nobody else writes so."""
    return any(
        (word.is_proper and word.kind[1] != "数詞" and not is_wide(word))
        or (KANA.fullmatch(word.surface) and word.surface not in GENERIC_BODIES and not word.known)
        for word in words
    )


def is_wide(word: Token) -> bool:
    """A municipality or a country: alone it names no body."""
    return word.kind[2] == "地名" and is_municipality(word.surface)


def is_public(flat: Flat, start: int, end: int) -> bool:
    """A window that anybody may know."""
    return bool(PUBLIC.search(flat.text[start : end + 6]))


def is_nobodys(word: str) -> bool:
    """ともだちの家, となりの家: nobody has named it so."""
    return bool(NOBODYS_HOUSE.match(word)) or is_role(word)
