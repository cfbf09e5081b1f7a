"""Wagtail's admin speaks Japanese: what Wagtail leaves out is in locale/wagtail, and fits the English it replaces."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import polib
import pytest
import wagtail
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JavaScriptCatalog

from tests.house.messages import ROOT, Message, translated

WAGTAIL = Path(wagtail.__file__).parent
OURS = ROOT / "locale" / "wagtail" / "ja" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
TAG = re.compile(r"<[^>]+>")
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
ANY_WORD = re.compile(r"[A-Za-z]{2,}")


def messages_of(path: Path) -> dict[Message, polib.POEntry]:
    """The entries of one .po; none when the language has no such file."""
    if not path.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def untranslated(domain: str) -> Iterator[Message]:
    """What the installed Wagtail says in English and, in the same app, not in Japanese."""
    for english in sorted(WAGTAIL.rglob(f"locale/en/LC_MESSAGES/{domain}.po")):
        japanese = messages_of(english.parents[2] / "ja" / "LC_MESSAGES" / english.name)
        yield from (key for key in messages_of(english) if not translated(japanese.get(key)))


def parts(pattern: re.Pattern[str], text: str) -> list[str]:
    """What must come through a translation unharmed, sorted; line breaks in one spelling."""
    return sorted(found.replace("<br />", "<br>") for found in pattern.findall(text))


def forms(entry: polib.POEntry) -> list[str]:
    """The Japanese of an entry: one form, also of a plural."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def harmed(entry: polib.POEntry, pattern: re.Pattern[str]) -> bool:
    """Whether the Japanese loses or adds such a part; of a plural either English form may be followed."""
    allowed = [parts(pattern, text) for text in (entry.msgid, entry.msgid_plural) if text]
    return any(parts(pattern, text) not in allowed for text in forms(entry))


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_of_wagtail_lacks_its_japanese(domain: str) -> None:
    ours = messages_of(OURS / f"{domain}.po")
    missing = {key for key in untranslated(domain) if not translated(ours.get(key))}
    assert sorted(text for _, text in missing) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_translated_that_wagtail_no_longer_says(domain: str) -> None:
    said = set(chain.from_iterable(messages_of(path) for path in WAGTAIL.rglob(f"locale/en/LC_MESSAGES/{domain}.po")))
    assert sorted(text for context, text in messages_of(OURS / f"{domain}.po") if (context, text) not in said) == []


@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_tags_agree(domain: str, pattern: re.Pattern[str]) -> None:
    entries = messages_of(OURS / f"{domain}.po").values()
    assert [entry.msgid for entry in entries if harmed(entry, pattern)] == []


def test_the_japanese_is_japanese() -> None:
    """A text of placeholders and signs alone needs none."""
    english = [
        text
        for domain in DOMAINS
        for entry in messages_of(OURS / f"{domain}.po").values()
        for text in forms(entry)
        if ANY_WORD.search(PLACEHOLDER.sub("", text)) and not JAPANESE.search(text)
    ]
    assert sorted(english) == ["ID", "Wagtail API v2", "Wagtail API v3"]


def test_a_lost_placeholder_is_noticed() -> None:
    entry = polib.POEntry(msgid="Delete 1 page", msgid_plural="Delete %(counter)s pages")
    entry.msgstr_plural = {0: "%(counter)sページを削除"}
    assert not harmed(entry, PLACEHOLDER)
    entry.msgstr_plural = {0: "%(count)sページを削除"}
    assert harmed(entry, PLACEHOLDER)


def test_the_catalogue_is_in_force() -> None:
    with translation.override("ja"):
        assert gettext("Schedule to publish") == "公開を予約する"
        assert gettext("Submit for moderation") == "承認を依頼する"  # instead of Wagtail's own
        assert ngettext("Unpublish 1 page", "Unpublish %(counter)s pages", 1) == "%(counter)sページを非公開にする"


def test_the_catalogue_of_the_editor_s_script_is_in_force() -> None:
    """The words of /admin/jsi18n/: Django merges LOCALE_PATHS over those of the named package."""
    with translation.override("ja"):
        script = JavaScriptCatalog(packages=["wagtail.admin"])
        script.translation = DjangoTranslation("ja", domain="djangojs", localedirs=script.get_paths(["wagtail.admin"]))
        words = script.get_catalog()
    assert words["Main menu"] == "メインメニュー"
    assert words["View child pages of '%(title)s'"] == "「%(title)s」の子ページを見る"  # instead of Wagtail's own
