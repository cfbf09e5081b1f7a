"""How long after the first talk something was: a day becomes 相談から約3か月後."""

import re
from collections.abc import Sequence

from cms.guard.findings import Finding, Kind
from cms.guard.flat import MAP

TALK = re.compile(r"(?:相談日?|受付日?|初回|来談|来所|初回面談|受理|受電)[^。\n]{0,6}$")
FIRST_YEARS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "M": 1867,
    "T": 1911,
    "S": 1925,
    "H": 1988,
    "R": 2018,
}
PARTS = re.compile(
    r"(?:(?P<era>明治|大正|昭和|平成|令和|[MTSHR]\.?)\s?(?P<in_era>\d{1,2}|元)\s?[年./\-]|(?P<year>(?:19|20)\d{2})\s?[年./\-])?\s?(?P<month>\d{1,2})\s?[月./\-]\s?(?P<day>\d{1,2})"
)
FEW_DAYS, A_MONTH, HALF_A_MONTH = 10, 30, 15


def first_talk(text: str, findings: Sequence[Finding]) -> Finding | None:
    """The day of the consultation, when the words before a day say so."""
    return next(
        (f for f in findings if f.type == Kind.DATE and TALK.search(text[max(0, f.start - 12) : f.start])),
        None,
    )


def _parts(words: str) -> tuple[int | None, int, int] | None:
    match = PARTS.search(words.translate(MAP))
    if match is None or not (1 <= int(match["month"]) <= 12 and 1 <= int(match["day"]) <= 31):
        return None
    year = int(match["year"]) if match["year"] else None
    if match["era"]:
        in_era = 1 if match["in_era"] == "元" else int(match["in_era"])
        year = FIRST_YEARS[match["era"].rstrip(".")] + in_era
    return year, int(match["month"]), int(match["day"])


def since(talk: str, words: str) -> str | None:
    """(令和6年9月12日, 12月20日) → 相談から約3か月後; None where that cannot be said."""
    first, then = _parts(talk), _parts(words)
    if first is None or then is None:
        return None
    years = (then[0] - first[0]) if then[0] and first[0] else 0
    days = years * 360 + (then[1] - first[1]) * A_MONTH + then[2] - first[2]
    if days < 0:
        return None
    if days <= FEW_DAYS:
        return "相談から数日後"
    if days < A_MONTH - HALF_A_MONTH // 2:
        return "相談から数週間後"
    months = (days + HALF_A_MONTH) // A_MONTH
    return f"相談から約{months}か月後" if months < 24 else f"相談から約{months // 12}年後"
