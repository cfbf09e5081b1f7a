"""How one text may have been meant: stretched sounds, blanks between letters, romaji, kana for a word usually in kanji."""

import re
from collections.abc import Mapping

from cms.text.folding import hiragana, plain
from cms.text.romaji import to_kana

STRETCH = re.compile(r"[ー－〜～~\-‐―…・.。、,!！?？\"'*＊_]+")
SMALL = str.maketrans("ぁぃぅぇぉ", "あいうえお")
# A vowel after a syllable that ends in it.
ROW = {vowel: re.compile(f"(?<=[{kana}]){vowel}+") for vowel, kana in {
    "あ": "あかさたなはまやらわがざだばぱゃ", "い": "いきしちにひみりぎじびぴ", "う": "うくすつぬふむゆるぐずぶぷゅ",
    "え": "えけせてねへめれげぜでべぺ", "お": "おこそとのほもよろをごぞどぼぽょ",
}.items()}  # fmt: skip
DOUBLED = re.compile(r"([ぁ-ゖ])\1{2,}")
LATIN = re.compile(r"[a-zāīūēōâîûêô'\-]{2,}(?: [a-zāīūēōâîûêô'\-]{1,})*")
KANA_RUN = re.compile(r"[ぁ-ゖー]{3,}")
LETTER = r"[ぁ-ゖァ-ヺー一-鿿a-z]"
APART = re.compile(rf"(?<=(?<!{LETTER}){LETTER})\s+(?={LETTER}(?!{LETTER}))")
SHORTEST, LONGEST = 3, 14  # kana of a word that is looked for


def ways_of_typing(text: str, written: Mapping[str, str], slang: Mapping[str, str]) -> list[str]:
    """The text and what else it may be, each once; the text itself first.

    `written`: words by their reading. `slang`: what stands for another sign, such as タヒ for 死.
    """
    base = plain(text).lower()
    for sign, meant in slang.items():
        base = re.sub(sign, meant, base)
    ways = [base]
    ways += [_joined(base), _unstretched(base), _without_vowels(_unstretched(base))]
    ways += [_from_romaji(way) for way in list(ways)]
    ways += [_with_kanji(way, written) for way in list(dict.fromkeys(ways))]
    return list(dict.fromkeys(way for way in ways if way.strip()))


def _joined(text: str) -> str:
    """し に た い is しにたい; and words between which somebody put a blank are taken together, too."""
    return re.sub(r"\s+", "", text) if re.search(r"\s", text) and not text.isascii() else APART.sub("", text)


def _unstretched(text: str) -> str:
    """しにたーーい, しにたぁい and しにたいいい are しにたい."""
    if text.isascii():
        return text
    return DOUBLED.sub(r"\1", STRETCH.sub("", re.sub(r"\s+", "", hiragana(text).translate(SMALL))))


def _without_vowels(text: str) -> str:
    """しにたあい, once its stretched vowel is gone: also tears かなしい, so it stands beside the others."""
    for stretched in ROW.values():
        text = stretched.sub("", text)
    return text


def _from_romaji(text: str) -> str:
    """What is Latin but could be Japanese, in kana."""

    def kana(found: re.Match[str]) -> str:
        return to_kana(found[0].replace(" ", "")) or found[0]

    return LATIN.sub(kana, text)


def _with_kanji(text: str, written: Mapping[str, str]) -> str:
    """がっこう行きたくない is 学校行きたくない: the longest known readings inside runs of kana, as they are written."""

    def restored(found: re.Match[str]) -> str:
        run, out, at = found[0], "", 0
        while at < len(run):
            for length in range(min(LONGEST, len(run) - at), SHORTEST - 1, -1):
                word = written.get(run[at : at + length])
                if word:
                    out, at = out + word, at + length
                    break
            else:
                out, at = out + run[at], at + 1
        return out

    return KANA_RUN.sub(restored, hiragana(text))
