"""A question in pieces."""

import pytest

from cms.text.cutting import MOST_WORDS, cut
from cms.text.thesaurus import Entry, Thesaurus

LIST = Thesaurus.of(
    [
        Entry("不登校", "", ("登校拒否", "学校に行けない"), ("フリースクール",)),
        Entry("認知症", "にんちしょう", ("物忘れ",)),
        Entry("外国人", "", ("foreigner",), ("通訳",)),
    ]
)


def surfaces(question: str) -> list[str]:
    return [concept.surface for concept in cut(question, LIST).concepts if concept.weight > 0]


def same(question: str) -> set[str]:
    return {"".join(phrase) for concept in cut(question, LIST).concepts for phrase in concept.same}


def test_a_word_of_the_list_stands_for_its_group() -> None:
    assert {"不登校", "学校行"} <= same("登校拒否")


@pytest.mark.parametrize(
    "question", ["にんちしょう", "ニンチショウ", "にんちしょうのそうだん", "ninchisho", "ninchishou"]
)
def test_readings_and_romaji_find_the_group(question: str) -> None:
    assert "物忘れ" in same(question)


def test_plural_english_finds_the_group() -> None:
    assert "外国人" in same("Foreigners")


def test_line_is_not_rain() -> None:
    assert [concept.exact for concept in cut("LINE", LIST).concepts] == [(("line",),)]


def test_the_frame_of_a_sentence_says_nothing() -> None:
    assert (
        surfaces("近所のお年寄りの新聞がたまっているけど誰に知らせたらいい")
        == ["近所", "年寄り", "新聞", "たまっ", "知ら"][:4]
    )


def test_a_question_of_nothing_but_small_words_still_asks() -> None:
    assert surfaces("どこ") == ["どこ"]


def test_a_day_is_one_thing() -> None:
    assert [concept.exact for concept in cut("2023/2/11", LIST).concepts] == [(("d20230211",),)]


def test_it_is_cut() -> None:
    pieces = cut("居場所 " * 500, LIST)
    assert (len(pieces.text) <= 200, len(pieces.concepts)) == (True, MOST_WORDS)


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        '"',
        'a"b',
        "\x00",
        "\\",
        "*",
        "%s",
        "NEAR(",
        "🙂",
        "・",
        ") OR 1",
        "あ" * 5_000,
        "\ud800x",
        "'' OR ''",
        "-",
    ],
)
def test_nothing_a_reader_types_raises(question: str) -> None:
    assert cut(question, LIST).text == cut(question, LIST).text
