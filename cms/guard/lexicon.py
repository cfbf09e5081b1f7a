"""What the dictionary knows of a word: a name, a place, a plain word. Cached: the same words come again and again."""

import re
from functools import cache, lru_cache
from pathlib import Path

from cms.guard.wordlists import ROLE_ENDINGS, ROLES
from cms.text.tokenizer import dictionary

DATA = Path(__file__).parent / "data"
KEPT = 50_000  # words; a long text has a few hundred


@lru_cache(maxsize=KEPT)
def _kinds(word: str) -> tuple[tuple[str, ...], ...]:
    return tuple(entry.part_of_speech() for entry in dictionary().lookup(word)) if word else ()


@cache
def _readings(file: str) -> frozenset[str]:
    return frozenset((DATA / file).read_text(encoding="utf-8").split())


def hiragana(word: str) -> str:
    """カタカナ → かたかな."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in word)


def could_be_name(word: str) -> bool:
    """Any entry of the dictionary with this spelling is a person's name."""
    return any(kind[2] == "人名" for kind in _kinds(word))


def could_be_surname(word: str) -> bool:
    """The dictionary has a surname of this spelling."""
    return any(kind[3] == "姓" for kind in _kinds(word))


def could_be_given_name(word: str) -> bool:
    """The dictionary has a given name of this spelling, or of this sound when it is in kana."""
    return any(kind[3] == "名" for kind in _kinds(word)) or sounds_like_given_name(word)


def sounds_like_given_name(word: str) -> bool:
    """A word in kana that is how a given name is read (はる, ヒヨリ)."""
    return hiragana(word) in _readings("given_names.txt")


def sounds_like_name(word: str) -> bool:
    """A word in kana that is how a given name or a surname is read (みうら)."""
    return sounds_like_given_name(word) or hiragana(word) in _readings("surnames.txt")


def is_plain_word(word: str) -> bool:
    """The dictionary knows the word, and as nobody's name."""
    kinds = _kinds(word)
    return bool(kinds) and all(kind[2] != "人名" for kind in kinds)


def is_common_noun(word: str) -> bool:
    """The dictionary knows the word as one that names nothing of its own."""
    return any(kind[1] not in {"固有名詞", "数詞"} for kind in _kinds(word))


def is_ordinary_noun(word: str) -> bool:
    """The dictionary knows the word as a noun that names nothing of its own (not なお, そう: those cannot follow の)."""
    return any(kind[0] == "名詞" and kind[1] != "固有名詞" for kind in _kinds(word))


def is_unknown(word: str) -> bool:
    """No dictionary has the word."""
    return not _kinds(word)


def could_be_place(word: str) -> bool:
    """The dictionary has a place of this spelling."""
    return any(kind[2] == "地名" for kind in _kinds(word))


def is_municipality(word: str) -> bool:
    """横浜, 市原, 岡山, ベトナム: the name of a city, a prefecture, a country: no finding."""
    if any(kind[3] == "国" for kind in _kinds(word)) or word.endswith(("県", "市", "府", "都")):
        return True
    return any(could_be_place(word + ending) for ending in "市県都府")


NEW_WORDS = frozenset(["パスキー", "ケアラー", "ヤングケアラー", "アウトリーチ", "ピアサポーター", "ピアスタッフ"])


def is_new_word(word: str) -> bool:
    """コアメンバー, パスキー, ヤングケアラー: in katakana, made of a word that the dictionary has."""
    if not all("ァ" <= sign <= "ー" for sign in word):
        return False
    cuts = range(2, len(word) - 1)
    if word in NEW_WORDS or any(
        is_common_noun(word[:cut]) and is_common_noun(word[cut:]) for cut in cuts if len(word) > 4
    ):
        return True
    return any(
        len(part) > 2 and is_common_noun(part) and not could_be_name(part)
        for cut in cuts
        for part in (word[:cut], word[cut:])
    )


COUNTED = re.compile("[一二三四五六七八九十百千万]{1,3}[軒本枚個人匹冊台名回階件杯着足頭羽皿切束缶つ]")


def is_role(word: str) -> bool:
    """Somebody's part in the story, not their name."""
    if COUNTED.fullmatch(word):
        return True
    bare = word.lstrip("おご")
    return word in ROLES or bare in ROLES or (len(word) > 2 and word.endswith(ROLE_ENDINGS))
