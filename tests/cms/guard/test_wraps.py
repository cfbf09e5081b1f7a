"""A name, a number, an address that a mail program has cut in two is found whole."""

import pytest

from cms.guard import inspect

CUT = [
    ("本日、こちらの窓口へ来られた息子の拓\n真さんのことで。", "拓\n真"),
    ("本日、五十\n嵐さんから電話がありました。", "五十\n嵐"),
    ("昼のうちの折り返しは0436-00-\n2290へおねがいします。", "0436-00-\n2290"),
    ("十年つとめた会社、房総ロジ\nスティクスを退職したとのことです。", "房総ロジ\nスティクス"),
]


@pytest.mark.parametrize(("text", "name"), CUT)
def test_found_over_the_end_of_a_line(text: str, name: str) -> None:
    found = {place for finding in inspect(text) for place in range(finding.start, finding.end)}
    start = text.index(name)
    assert set(range(start, start + len(name))) - {text.index("\n", start)} <= found


def test_lines_of_a_list_stay_apart() -> None:
    assert inspect("持ち物\nお茶\n帽子\n手ぬぐい\n雨の日は\nかさ") == []
