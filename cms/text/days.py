"""Days written in a text, whatever the way: 2023年2月11日, 2023/2/11, 令和5年2月11日, R5.2.11, 2月11日."""

import re
from collections.abc import Iterator

ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
WITH_YEAR = re.compile(
    r"(?:(?P<era>令和|平成|昭和|(?<![A-Za-z])[RHS])(?P<of_era>\d{1,2}|元)|(?<!\d)(?P<year>(?:19|20)\d{2}))"
    r"\s*[年/.\-]\s*(?P<month>\d{1,2})\s*[月/.\-]\s*(?P<day>\d{1,2})(?!\d)日?"
)
WITHOUT_YEAR = re.compile(r"(?<![\d/.\-])(?P<month>\d{1,2})(?:月(?P<day>\d{1,2})日|/(?P<slashed>\d{1,2})(?![\d/]))")


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def day_tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """(begin, end, token) of each day: d20230211 with the year and d0211 without. The text is `plain` already."""
    covered: list[tuple[int, int]] = []
    for found in WITH_YEAR.finditer(text):
        if found["era"]:
            year = ERAS[found["era"]] + (1 if found["of_era"] == "元" else int(found["of_era"]))
        else:
            year = int(found["year"])
        month, day = int(found["month"]), int(found["day"])
        if _is_day(month, day):
            covered.append(found.span())
            yield (*found.span(), f"d{year:04}{month:02}{day:02}")
            yield (*found.span(), f"d{month:02}{day:02}")
    for found in WITHOUT_YEAR.finditer(text):
        if any(begin < found.end() and found.start() < end for begin, end in covered):
            continue
        month, day = int(found["month"]), int(found["day"] or found["slashed"])
        if _is_day(month, day):
            yield (*found.span(), f"d{month:02}{day:02}")
