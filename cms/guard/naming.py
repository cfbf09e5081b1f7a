"""Whether a stretch of text can be a name: shared by the rules about persons."""

import re

from cms.guard.flat import Flat, Token
from cms.guard.lexicon import (
    could_be_name,
    is_plain_word,
    is_role,
    is_unknown,
    sounds_like_given_name,
    sounds_like_name,
)
from cms.guard.wordlists import FUNCTION_WORDS

KANJI = "一-鿿㐀-䶿豈-﫿𠀀-𲎯々〆ヶ"

NAME_CHARS = rf"[{KANJI}]{{1,5}}|[ァ-ヴー]{{2,8}}|[ぁ-ん]{{2,5}}?"

ADDED = re.compile("(?:様|殿|氏|教諭|医師|先生|牧師|夫妻|委員|姓)$")


def without_title(words: str) -> str:
    """渡辺 正雄様 → 渡辺 正雄."""
    return ADDED.sub("", words) if len(words) > 1 else words


RELATION = re.compile(
    "(?:元妻|元夫|母親|父親|祖母|祖父|叔母|叔父|伯母|伯父|長男|次男|三男|長女|次女|三女|息子|義母|義父|義兄|義姉|義弟|義妹|妻|夫|母|父|兄|姉|弟|妹|姪|甥|孫|娘|嫁|倅|故|亡母|亡父|亡夫|亡妻)(?=.)"
)


def len_of_relation(words: str) -> int:
    """How many signs of 妻喜美子, 姪薫 say who it is; the rest is the name."""
    match = RELATION.match(words)
    return match.end() if match and could_be_name(words[match.end() :]) and not could_be_name(words) else 0


# What one has, does or suffers: no name, though the dictionary knows no such word.
PARTS = "先時後前中内外費金家話代用的際上下側元分方者歳状量品料所場日月年度頃以間系型化性力感病症名数員部屋宅死親婚離別居職体心目手足腰耳口頭食飲車道事物気式会社業学校院園証券書類電気水火"


def is_name_in_kana(word: str) -> bool:
    return re.fullmatch("[ぁ-んァ-ヴー]+", word) is not None and sounds_like_given_name(word)


def of_ordinary_words(flat: Flat, start: int, end: int) -> bool:
    """母の留守中: several words that the dictionary knows, none of them anybody's name."""
    words = [t for t in flat.within(start, end) if t.end <= end]
    return len(words) > 1 and all(_is_ordinary(t) for t in words) and any(len(t.surface) > 1 for t in words)


def _is_ordinary(token: Token) -> bool:
    if token.kind[0] == "接尾辞":
        return True
    return token.known and not token.is_name and not could_be_name(token.surface)


def is_called(word: str) -> bool:
    """A word in the place of a name that is one, or no other word."""
    if is_role(word) or (is_plain_word(word) and not (is_name_in_kana(word) and word not in FUNCTION_WORDS)):
        return False
    return (
        could_be_name(word)
        or sounds_like_given_name(word)
        or (
            is_unknown(word) and len(word) < 4 and not re.search(rf"[{PARTS}]$", word) and not re.match("[ぁ-ん]", word)
        )
    )


def names_somebody(word: str) -> bool:
    return could_be_name(word) or sounds_like_name(word) or (is_unknown(word) and not re.fullmatch("[ぁ-ん]+", word))


def looks_like_name(flat: Flat, start: int, end: int) -> bool:
    """A name of the dictionary, or two or three signs that it does not know and that say nothing alone (柚陸)."""
    word = flat.text[start:end]
    if could_be_name(word):
        return True
    words = [t for t in flat.within(start, end) if t.end <= end]
    strange = (
        re.fullmatch(rf"[{KANJI}]{{2,4}}", word) is not None
        and is_unknown(word)
        and not re.search(rf"[{PARTS}]$", word)
    )
    return strange and bool(words) and all(len(t.surface) == 1 or t.is_name for t in words)


def is_compound(flat: Flat, start: int, end: int) -> bool:
    """転入相談: words of two signs and more, none of them anybody's name."""
    words = [t for t in flat.within(start, end) if t.end <= end]
    return all(len(t.surface) > 1 and is_plain_word(t.surface) for t in words)
