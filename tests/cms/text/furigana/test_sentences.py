"""Readings by what stands round a word: the sentences of sentences.txt, and what a reader must never meet."""

import re
from pathlib import Path

import pytest

from cms.text.furigana import Names, rubies

MARKED = re.compile(r"｜([^｜《》]+)《([^《》]+)》")
LINES = [
    line
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def marked(text: str, names: Names | None = None) -> str:
    """The text in the notation of sentences.txt."""
    made, at = "", 0
    for one in rubies(text, *([names] if names else [])):
        made += f"{text[at : one.begin]}｜{text[one.begin : one.end]}《{one.reading}》"
        at = one.end
    return made + text[at:]


@pytest.mark.parametrize("line", LINES)
def test_a_sentence_is_read_as_a_person_reads_it(line: str) -> None:
    assert marked(MARKED.sub(r"\1", line)) == line


def test_full_width_digits_count_like_others() -> None:
    assert marked("１人と２０日と３,０００円") == "｜１人《ひとり》と｜２０日《はつか》と３,０００｜円《えん》"


def test_the_readings_people_gave_win_over_dictionary_and_rules() -> None:
    names = Names(
        [
            ("小倉", "おぐら"),
            ("方", "ほー"),
            ("神島", "かみしま"),
            ("水辺のいえ お茶の時間", "ミズベノイエ オチャノジカン"),
        ]
    )
    assert marked("小倉さんと神島へ", names) == "｜小倉《おぐら》さんと｜神島《かみしま》へ"
    assert marked("水辺のいえ お茶の時間", names) == "｜水辺《みずべ》のいえ お｜茶《ちゃ》の｜時間《じかん》"


@pytest.mark.parametrize(
    ("written", "reading"), [("漢字", "kanji"), ("漢字", ""), ("かな", "かな"), ("かなの家", "たけのいえ"), ("", "あ")]
)
def test_a_reading_that_cannot_be_is_left_out(written: str, reading: str) -> None:
    assert Names([(written, reading)]).readings == {}


def test_the_legal_form_of_a_name_need_not_be_read() -> None:
    assert Names([("NPO法人なぎさの家", "なぎさのいえ")]).readings == {"なぎさの家": "なぎさのいえ"}


def test_a_short_name_is_not_found_inside_another_word() -> None:
    assert marked("地区社協", Names([("区社", "くしゃ")])) == "｜地区《ちく》｜社協《しゃきょう》"


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00漢\ud800字", "かなだけ", "１" * 5000, "方" * 9000, "人気" * 30 + "\n" * 3, "𠮷野家", "葛󠄀飾区"],
)
def test_nothing_that_is_written_raises_and_ruby_never_overlaps(text: str) -> None:
    at = 0
    for one in rubies(text):
        assert at <= one.begin < one.end <= len(text)
        at = one.end
