"""Romaji to kana and back, without caring how long vowels were written: futoko, futokou and futōkō are one."""

import re
import unicodedata

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_KANA = {kana: row + vowel for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)}
_KANA |= {
    "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu",
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ゔ": "vu",
}  # fmt: skip
_SMALL_Y = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_SMALL_VOWELS = {"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_SPELLINGS = (
    ("sya", "sha"), ("syu", "shu"), ("syo", "sho"), ("tya", "cha"), ("tyu", "chu"), ("tyo", "cho"),
    ("zya", "ja"), ("zyu", "ju"), ("zyo", "jo"), ("jya", "ja"), ("jyu", "ju"), ("jyo", "jo"),
    ("tch", "cch"), ("mb", "nb"), ("mp", "np"), ("mm", "nm"), ("hu", "fu"), ("nn", "n"),
)  # fmt: skip


def to_romaji(kana: str) -> str:
    """Hepburn letters of a hiragana reading, long vowels as they are written in kana."""
    out = ""
    double = False
    for sign in kana:
        if sign == "っ":
            double = True
            continue
        if sign == "ー":
            out += out[-1:] if out[-1:] in "aiueo" else ""
            continue
        if sign in _SMALL_Y and out.endswith("i"):
            stem = out[:-1]
            out = stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _SMALL_Y[sign]
            continue
        if sign in _SMALL_VOWELS and out[-1:] in "aiueo":
            out = out[:-1] + _SMALL_VOWELS[sign]
            continue
        letters = _KANA.get(sign, "")
        if double and letters:
            letters = letters[0] + letters
        double = False
        out += letters
    return out


def skeleton(romaji: str) -> str:
    """The letters without what romaji spellings differ in: length of vowels, macrons, si/shi, mb/nb, doubled n."""
    text = "".join(c for c in unicodedata.normalize("NFD", romaji.lower()) if c.isascii() and c.isalpha())
    for one, other in _SPELLINGS:
        text = text.replace(one, other)
    text = re.sub(r"(?<![cs])si", "shi", text)
    text = re.sub(r"ti", "chi", text)
    text = re.sub(r"(?<!t)tu", "tsu", text)
    text = re.sub(r"zi", "ji", text)
    text = re.sub(r"oh(?![aiueoy])", "o", text)
    text = re.sub(r"ou", "o", text)
    return re.sub(r"([aiueo])\1+", r"\1", text)


def could_be_romaji(word: str) -> bool:
    """Whether each consonant is followed by a vowel, as in Japanese written in Latin letters."""
    return len(word) >= 4 and bool(
        re.fullmatch(r"(?:(?:[kstcpgzdbjfhmyrwn]?[hys]?y?[aiueoāīūēō])|n(?![aiueo])|[kstpc](?=[kstpc]))+", word.lower())
    )


def _syllables() -> dict[str, str]:
    """Letters of a syllable in hiragana, in the spellings that are typed: si and shi, tya and cha, xtu and ltu."""
    table = {letters: kana for kana, letters in _KANA.items() if kana not in "ぢづを"} | {
        "wo": "を",
        "nn": "ん",
        "n'": "ん",
    }
    table |= {"si": "し", "ti": "ち", "tu": "つ", "hu": "ふ", "zi": "じ", "di": "ぢ", "du": "づ", "fu": "ふ"}
    small = dict(zip("auo", "ゃゅょ", strict=True))
    for row, kana in (("k", "き"), ("g", "ぎ"), ("n", "に"), ("h", "ひ"), ("b", "び"), ("p", "ぴ"), ("m", "み"), ("r", "り"),
                      ("s", "し"), ("t", "ち"), ("z", "じ"), ("j", "じ"), ("d", "ぢ")):  # fmt: skip
        table |= {f"{row}y{vowel}": kana + sign for vowel, sign in small.items()}
    for row, kana in (("sh", "し"), ("ch", "ち"), ("j", "じ")):
        table |= {row + vowel: kana + sign for vowel, sign in small.items()} | {row + "e": kana + "ぇ"}
    tiny = ("a", "i", "u", "e", "o", "ya", "yu", "yo", "tu", "tsu")
    return table | {"x" + letters: kana for letters, kana in zip(tiny, "ぁぃぅぇぉゃゅょっっ", strict=True)}


_SYLLABLES = _syllables()
_LONGEST_SYLLABLE = max(map(len, _SYLLABLES))


def to_kana(letters: str) -> str:
    """Hiragana of Japanese typed in Latin letters; empty when it cannot be that. `shinitai` is しにたい."""
    text = unicodedata.normalize("NFKC", letters.lower())
    for long, doubled in zip("āīūēōâîûêô", ("aa", "ii", "uu", "ee", "ou") * 2, strict=True):
        text = text.replace(long, doubled)
    out, at = "", 0
    while at < len(text):
        length = next((n for n in range(_LONGEST_SYLLABLE, 0, -1) if text[at : at + n] in _SYLLABLES), 0)
        if text[at] == "n" and text[at + 1 : at + 2] not in {*"aiueoy"}:
            apart = text[at : at + 2] == "n'"
            length = 2 if apart or (text[at : at + 2] == "nn" and text[at + 2 : at + 3] not in {*"aiueoy"}) else 1
            out += "ん"
        elif length:
            out += _SYLLABLES[text[at : at + length]]
        elif text[at] == text[at + 1 : at + 2] or text[at : at + 2] == "tc":
            out, length = out + "っ", 1
        elif text[at] == "-":
            out, length = out + "ー", 1
        else:
            return ""
        at += length
    return out
