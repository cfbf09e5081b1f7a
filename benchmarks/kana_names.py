"""Makes `cms/guard/data/{given_names,surnames}.txt`: how names sound, read off the installed Sudachi dictionary.

    python -m benchmarks.kana_names

Tries every pair of the common kanji (about 90 seconds) and keeps the readings that several spellings share: a given name
that three spellings share is a name, one that a single spelling has may be a slip of the dictionary.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from sudachipy import Dictionary

TARGET = Path(__file__).parent.parent / "cms" / "guard" / "data"
FILES = (("given_names.txt", "名", 3), ("surnames.txt", "姓", 2))
SHORTEST, LONGEST = 2, 6
HIRAGANA = re.compile("[ぁ-んー]+")


def common_kanji() -> list[str]:
    """The 2,965 kanji of JIS level 1, and the sign of repetition."""
    signs = []
    for row in range(0xB0, 0xD0):
        for column in range(0xA1, 0xFF):
            try:
                signs.append(bytes([row, column]).decode("euc_jp"))
            except UnicodeDecodeError:
                continue
    return [*signs, "々"]


def hiragana(reading: str) -> str:
    """カタカナ → かたかな."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in reading)


def main() -> None:
    """Look up, count, write."""
    dictionary = Dictionary()
    spellings: dict[str, dict[str, set[str]]] = {"名": defaultdict(set), "姓": defaultdict(set)}
    kanji = common_kanji()
    for word in (*kanji, *(first + second for first in kanji for second in kanji)):
        for entry in dictionary.lookup(word):
            kind = entry.part_of_speech()
            if kind[2] == "人名" and kind[3] in spellings:
                spellings[kind[3]][hiragana(entry.reading_form())].add(word)
    for name, kind_of_name, enough in FILES:
        readings = [
            reading
            for reading, words in spellings[kind_of_name].items()
            if len(words) >= enough and SHORTEST <= len(reading) <= LONGEST and HIRAGANA.fullmatch(reading)
        ]
        (TARGET / name).write_text("\n".join(sorted(readings)) + "\n", encoding="utf-8")
        print(f"{name}: {len(readings)}")


if __name__ == "__main__":
    main()
