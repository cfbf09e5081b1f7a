"""A journey waits for what it looks for: a page that is still arriving is no fault."""

from __future__ import annotations

import re
from pathlib import Path

JOURNEYS = Path(__file__).parents[1] / "journeys"
AT_ONCE = re.compile(
    r"assert [^\n]*\.(is_visible|is_hidden|is_checked|is_focused|all_inner_texts)\(\)|assert page\.url"
)


def hasty(text: str) -> list[str]:
    """Lines that look once and do not wait, where Playwright has an `expect` that waits."""
    return [line.strip() for line in text.splitlines() if AT_ONCE.search(line)]


def test_nothing_is_looked_at_before_it_is_there() -> None:
    assert {path.name: found for path in sorted(JOURNEYS.glob("*.py")) if (found := hasty(path.read_text()))} == {}


def test_a_hasty_line_is_found() -> None:
    assert hasty('    assert page.get_by_text("あ").is_visible()\n    expect(page.locator("h1")).to_be_visible()') == [
        'assert page.get_by_text("あ").is_visible()'
    ]
