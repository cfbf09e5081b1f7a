"""Numbers as they are read: 3,000 さんぜん, 二十四 にじゅうよん, 二〇二六 にせんにじゅうろく."""

import unicodedata

ONES = ("", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
TENS = "じゅう"
HUNDREDS = {1: "ひゃく", 3: "さんびゃく", 6: "ろっぴゃく", 8: "はっぴゃく"}
THOUSANDS = {1: "せん", 3: "さんぜん", 8: "はっせん"}
MYRIADS = ("", "まん", "おく", "ちょう")
KANJI_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
KANJI_UNITS = {"十": 10, "百": 100, "千": 1_000}
KANJI_MYRIADS = {"万": 10_000, "億": 100_000_000}
LARGEST = 10**16 - 1


def value_of(written: str) -> int | None:
    """The whole number that is written, in digits of any width or in kanji; None when it is none or too large."""
    plain = unicodedata.normalize("NFKC", written).replace(",", "").replace("、", "")
    digits = plain.rstrip("百千万億")
    if not (digits.isascii() and digits.isdigit()):
        value = _of_kanji(plain)
    else:
        value = int(digits)
        for unit in plain[len(digits) :]:
            value *= KANJI_UNITS.get(unit) or KANJI_MYRIADS[unit]
    return value if value is not None and value <= LARGEST else None


def _of_kanji(written: str) -> int | None:
    if not written:
        return None
    if all(sign in KANJI_DIGITS for sign in written):
        return int("".join(str(KANJI_DIGITS[sign]) for sign in written))
    whole = part = digits = 0
    for sign in written:
        if sign in KANJI_DIGITS:
            digits = digits * 10 + KANJI_DIGITS[sign]
        elif sign in KANJI_UNITS:
            part += (digits or 1) * KANJI_UNITS[sign]
            digits = 0
        elif sign in KANJI_MYRIADS:
            whole += ((part + digits) or 1) * KANJI_MYRIADS[sign]
            part = digits = 0
        else:
            return None
    return whole + part + digits


def read_number(value: int) -> str:
    """The usual reading, as it is counted: 4 よん, 7 なな, 9 きゅう, 0 ゼロ."""
    if value == 0:
        return "ぜろ"
    groups = []
    for name in MYRIADS:
        value, group = divmod(value, 10_000)
        if group:
            head = "いっ" if group == 1 and name == "ちょう" else _below_myriad(group, alone=not name)
            groups.append(head + name)
    return "".join(reversed(groups))


def _below_myriad(value: int, *, alone: bool) -> str:
    thousands, rest = divmod(value, 1_000)
    hundreds, rest = divmod(rest, 100)
    tens, ones = divmod(rest, 10)
    made = ""
    if thousands:
        made += "いっせん" if thousands == 1 and not alone else THOUSANDS.get(thousands, ONES[thousands] + "せん")
    if hundreds:
        made += HUNDREDS.get(hundreds, ONES[hundreds] + "ひゃく")
    if tens:
        made += (ONES[tens] if tens > 1 else "") + TENS
    return made + ONES[ones]
