"""A day has one token, however it is written."""

import pytest

from cms.text.days import day_tokens


def tokens(text: str) -> list[str]:
    return [token for _, _, token in day_tokens(text)]


@pytest.mark.parametrize(
    "text", ["2023年2月11日", "2023/2/11", "2023-02-11", "2023.2.11", "令和5年2月11日", "R5.2.11", "2023年 2月 11日"]
)
def test_a_day_with_its_year(text: str) -> None:
    assert tokens(text) == ["d20230211", "d0211"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2月11日", ["d0211"]),
        ("2/11", ["d0211"]),
        ("平成31年4月30日", ["d20190430", "d0430"]),
        ("令和元年5月1日", ["d20190501", "d0501"]),
        ("昭和50年1月2日", ["d19750102", "d0102"]),
    ],
)
def test_other_ways(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["0865-63-8515", "13月1日", "2月32日", "JIS X 8341-3", "1.5.2", "24/7", "令和5年度"])
def test_no_day(text: str) -> None:
    assert tokens(text) == []
