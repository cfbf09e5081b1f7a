"""Numbers of persons, and what their check digits say."""

from __future__ import annotations

import pytest

from cms.guard import Certainty, inspect
from cms.guard.identity import has_right_check_digit, is_card_number, is_corporate_number


def test_check_digits() -> None:
    assert has_right_check_digit("123456789018")
    assert not has_right_check_digit("123456789012")
    assert is_corporate_number("7000012050002")  # 国税庁, published
    assert not is_corporate_number("8000012050002")
    assert is_card_number("4111 1111 1111 1111")  # a published test number
    assert not is_card_number("4111 1111 1111 1112")


@pytest.mark.parametrize(
    ("text", "words", "certainty"),
    [
        ("控えは1234 5678 9018です。", "1234 5678 9018", Certainty.SURE),
        ("控えは1234 5678 9012です。", "1234 5678 9012", Certainty.PERHAPS),
        ("4111-1111-1111-1111で払う。", "4111-1111-1111-1111", Certainty.SURE),
        ("7000012050002の会社。", "7000012050002", Certainty.SURE),
        ("免許証の番号は501234567890。", "501234567890", Certainty.SURE),
        ("車は倉敷 330 わ 90-12。", "倉敷 330 わ 90-12", Certainty.SURE),
        ("車はなにわ500あ1234。", "なにわ500あ1234", Certainty.SURE),
        ("手帳（第0077123号）", "0077123", Certainty.SURE),
    ],
)
def test_a_number_is_found(text: str, words: str, certainty: str) -> None:
    assert [(f.of(text), f.certainty) for f in inspect(text) if f.type == "ID"] == [(words, certainty)]


@pytest.mark.parametrize(
    "text",
    [
        "申込は1,204件、前年比12.5％。",
        "予算は1200000円。",
        "様式第4-36号、受付番号 0436-12-3。",
        "0120-783-556は窓口の番号。",
    ],
)
def test_numbers_of_nobody_pass(text: str) -> None:
    assert inspect(text) == []
