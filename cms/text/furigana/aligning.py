"""A written word and its reading, brought together: 話し合い + はなしあい gives 話(はな)し合(あ)い."""

import re
import unicodedata
from dataclasses import dataclass

from cms.text.folding import hiragana

KANJI = "\u3005\u3006\u3007\u30f5\u30f6\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
DIGITS = "0-9\uff10-\uff19"
RUNS = re.compile(rf"[{KANJI}]+|[^{KANJI}]+")
HAS_KANJI = re.compile(rf"[{KANJI.replace(chr(0x30F5), '').replace(chr(0x30F6), '')}]")
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [
            "えー",
            "びー",
            "しー",
            "でぃー",
            "いー",
            "えふ",
            "じー",
            "えいち",
            "あい",
            "じぇい",
            "けー",
            "える",
            "えむ",
            "えぬ",
            "おー",
            "ぴー",
            "きゅー",
            "あーる",
            "えす",
            "てぃー",
            "ゆー",
            "ぶい",
            "だぶりゅー",
            "えっくす",
            "わい",
            "ぜっと",
        ],
        strict=True,
    )
)
KANA_ONLY = re.compile(r"[ぁ-ゖー]+")


@dataclass(frozen=True, slots=True)
class Ruby:
    """`reading` stands above text[begin:end]."""

    begin: int
    end: int
    reading: str


def align(surface: str, reading: str) -> tuple[Ruby, ...]:
    """Ruby over the kanji of a word alone; over all of it when its kana cannot be found in the reading.

    Nothing for a word without kanji, or whose reading is not kana.
    """
    if not HAS_KANJI.search(surface) or not KANA_ONLY.fullmatch(reading):
        return ()
    return run_by_run(surface, reading) or (Ruby(0, len(surface), reading),)


def run_by_run(surface: str, reading: str) -> tuple[Ruby, ...]:
    """Ruby over each run of kanji; nothing when what stands between them is not in the reading."""
    runs = RUNS.findall(surface)
    if len(runs) == 1:
        return (Ruby(0, len(surface), reading),)
    if len(runs) == 2 and HAS_KANJI.search(runs[0]) and reading.endswith(tail := hiragana(runs[1])) and reading != tail:
        return (Ruby(0, len(runs[0]), reading.removesuffix(tail)),)
    matched = re.fullmatch("".join(_pattern_of(run) for run in runs), reading)
    if matched is None:
        return ()
    made, at = [], 0
    for number, run in enumerate(runs, 1):
        if HAS_KANJI.search(run):
            made.append(Ruby(at, at + len(run), matched[number]))
        at += len(run)
    return tuple(made)


def _pattern_of(run: str) -> str:
    if HAS_KANJI.search(run):
        return "(.+?)"
    plain = hiragana("".join(LETTERS.get(sign, sign) for sign in unicodedata.normalize("NFKC", run).upper()))
    return (
        "("
        + "".join(re.escape(sign) if sign.isalnum() or sign == "ー" else f"{re.escape(sign)}?" for sign in plain)
        + ")"
    )
