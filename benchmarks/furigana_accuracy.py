"""How well the kana above kanji are right: sentences in, predictions out.

    python benchmarks/furigana_accuracy.py FILE.json [--out PRED.json] [--misses] [--speed]

FILE.json: [{"id", "text", "ruby"?: [[base, reading, [other right readings]?], …]}]. No database: the rules and the
shipped words alone, without any editor's terms. PRED.json: [{"id", "text", "ruby": [[base, reading, start], …]}].
Accuracy: the full reading of the smallest stretch that no piece of either side straddles, katakana as hiragana.
Exit 2: FILE is not such a file.
"""

import argparse
import json
import sys
import time
import unicodedata
from itertools import product
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # not this folder: benchmarks may be named as packages are

from cms.text.folding import hiragana
from cms.text.furigana import furigana, rubies

Piece = tuple[int, int, list[str]]


def main() -> int:
    parser = argparse.ArgumentParser(description="How well the kana above kanji are right.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was read otherwise")
    parser.add_argument("--speed", action="store_true", help="characters a second over these sentences")
    options = parser.parse_args()
    try:
        gold = json.loads(options.file.read_text(encoding="utf-8"))
        judged = [(row, placed(row["text"], row.get("ruby", []))) for row in gold]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    answers = [answer(row) for row in gold]
    if options.out:
        options.out.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if any(pieces for _, pieces in judged):
        print_score(judged, answers, show=options.misses)
    if options.speed:
        print_speed([row["text"] for row in gold])
    return 0


def answer(row: dict[str, Any]) -> dict[str, Any]:
    """The ruby a page would get, with the place where each begins."""
    text = row["text"]
    made = [[text[one.begin : one.end], one.reading, one.begin] for one in rubies(text)]
    return {key: row[key] for key in ("id", "text") if key in row} | {"ruby": made}


def placed(text: str, pieces: list[list[Any]]) -> list[Piece]:
    """(begin, end, right readings) of each piece, found in order; ValueError for one that is not in the text."""
    found, at = [], 0
    for base, reading, *rest in pieces:
        start = rest[0] if rest and isinstance(rest[0], int) else text.index(base, at)
        others = rest[0] if rest and isinstance(rest[0], list) else []
        found.append((start, start + len(base), [reading, *others]))
        at = start + len(base)
    return found


def readings(text: str, begin: int, end: int, pieces: list[Piece]) -> set[str]:
    """All readings of text[begin:end] with the pieces that lie inside it."""
    parts: list[list[str]] = []
    at = begin
    for first, last, right in pieces:
        if begin <= first and last <= end:
            parts += [[text[at:first]], right]
            at = last
    parts.append([text[at:end]])
    joined = ("".join(chosen) for chosen in product(*parts))
    return {hiragana(unicodedata.normalize("NFKC", one)).replace(" ", "") for one in joined}


def misses_of(text: str, gold: list[Piece], ours: list[Piece]) -> list[tuple[str, str, str]]:
    """(written, right, read) of each run that was read otherwise."""
    wrong = []
    for first, last, _ in gold:
        begin, end = first, last
        while True:
            crossing = [p for p in gold + ours if p[0] < end and p[1] > begin and (p[0] < begin or p[1] > end)]
            if not crossing:
                break
            begin, end = min([begin, *(p[0] for p in crossing)]), max([end, *(p[1] for p in crossing)])
        have, right = readings(text, begin, end, ours), readings(text, begin, end, gold)
        if not have & right:
            wrong.append((text[begin:end], "/".join(sorted(right)), "/".join(have)))
    return wrong


def print_score(judged: list[tuple[dict[str, Any], list[Piece]]], answers: list[dict[str, Any]], *, show: bool) -> None:
    """Runs and sentences that are wholly right."""
    runs = wrong = whole = 0
    for (row, gold), made in zip(judged, answers, strict=True):
        misses = misses_of(row["text"], gold, placed(row["text"], made["ruby"]))
        runs, wrong, whole = runs + len(gold), wrong + len(misses), whole + (not misses)
        if show:
            for written, right, read in misses:
                print(f"{row.get('id', '')}: {written} is {right}, read {read}")
    print(f"{'sentences':<20} {len(judged)}")
    print(f"{'runs':<20} {runs}")
    print(f"{'run_accuracy':<20} {round(1 - wrong / runs, 4)}")
    print(f"{'sentence_accuracy':<20} {round(whole / len(judged), 4)}")


def print_speed(texts: list[str]) -> None:
    """The engine without its cache, over a page of all sentences."""
    page = "".join(f"<p>{text}</p>" for text in texts)
    furigana(page)
    started = time.perf_counter()
    furigana(page)
    print(f"{'characters/second':<20} {round(sum(map(len, texts)) / (time.perf_counter() - started))}")


if __name__ == "__main__":
    sys.exit(main())
