"""Everything people read has its Japanese."""

import re
from pathlib import Path

import polib
import pytest

from tests.house import messages

CATALOGUES = sorted((messages.ROOT / "locale").glob("*/ja/LC_MESSAGES/django.po"))
OF_ROOMS = [path for path in CATALOGUES if path.parts[-4] in messages.ROOMS]  # not Wagtail's words
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")  # signs such as ・ are no words


def test_no_text_lacks_its_japanese() -> None:
    assert {room: gaps for room, gaps in messages.missing().items() if gaps} == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-4])
def test_placeholders_agree(path: Path) -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if entry.msgstr and messages.placeholders(entry.msgid) != messages.placeholders(entry.msgstr)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", OF_ROOMS, ids=lambda path: path.parts[-4])
def test_no_text_is_translated_that_nobody_says(path: Path) -> None:
    said = {message for room in messages.used().values() for message in room}
    entries = [entry for entry in polib.pofile(str(path)) if not entry.comment.startswith("A package's own message")]
    unused = [entry.msgid for entry in entries if (entry.msgctxt, entry.msgid) not in said]
    assert unused == []


def said_twice(catalogues: dict[str, set[messages.Message]]) -> dict[messages.Message, list[str]]:
    """Texts that stand in more than one room's catalogue: only one of them is ever read (LOCALE_PATHS)."""
    rooms: dict[messages.Message, list[str]] = {}
    for room, texts in catalogues.items():
        for text in texts:
            rooms.setdefault(text, []).append(room)
    return {text: found for text, found in rooms.items() if len(found) > 1}


def test_a_text_has_one_japanese_in_the_whole_house() -> None:
    """It stands in the lowest room that all who say it know. Two meanings: a context for one of them."""
    assert said_twice({room: set(messages.catalogue(room)) for room in messages.ROOMS}) == {}


def test_two_readings_of_a_text_are_noticed() -> None:
    note, other = (None, "note"), ("channel", "note")
    assert said_twice({"cms": {note}, "directory": {note, other}}) == {note: ["cms", "directory"]}
    assert said_twice({"cms": {note}, "directory": {other}}) == {}


def test_a_missing_text_is_noticed(tmp_path: Path) -> None:
    source = 'from django.utils.translation import gettext as _\nx = _("Never said before")\n'
    assert list(messages.python_messages(source)) == [(None, "Never said before")]
    template = "{% load i18n %}{% translate 'One' %}{% blocktranslate with a=b %}Two {{ a }}{% endblocktranslate %}"
    assert list(messages.template_messages(template)) == [(None, "One"), (None, "Two %(a)s")]
    context = '{% load i18n %}{% translate "May" context "month" %}'
    assert list(messages.template_messages(context)) == [("month", "May")]


def test_templates_hold_no_japanese_of_their_own() -> None:
    """Words live in the catalogues. The standalone 500 page may not ask for any, so it is the exception."""
    found = []
    for path in sorted((messages.ROOT / "templates").rglob("*.html")):
        text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.S)
        if path.name != "500.html" and JAPANESE.search(text):
            found.append(str(path.relative_to(messages.ROOT)))
    assert found == []
