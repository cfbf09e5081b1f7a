"""The piece of a page that answers."""

from typing import Any

import pytest
from django.template import Context, Template

from cms.search.highlight import Highlighter, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("引籠り", "ひきこもりの相談", "<mark>ひきこもり</mark>の相談"),
        ("相談窓口", "相談の窓口へ", "<mark>相談の窓口</mark>へ"),
        ("LINE", "ラインとLINE", "ラインと<mark>LINE</mark>"),
        ("2023/2/11", "2023年2月11日に", "<mark>2023年2月11日</mark>に"),
        ("相談", "<b>相談</b> & 'x'", "&lt;b&gt;<mark>相談</mark>&lt;/b&gt; &amp; &#x27;x&#x27;"),
        ("<script>", "<script>alert(1)</script>", "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        ("", "相談", "相談"),
    ],
)
def test_what_was_asked_for_is_marked_and_the_rest_escaped(words: Any, question: str, text: str, marked: str) -> None:
    words()
    assert Highlighter.of(question).marked(text) == marked


def test_the_snippet_is_the_stretch_with_most_of_it(words: Any) -> None:
    words()
    text = "はじめに。" * 60 + "手話の教室です。手話で話します。" + "おわりに。" * 60
    snippet = Highlighter.of("手話").snippet(text)
    assert snippet.count("<mark>手話</mark>") == 2
    assert (snippet[0], snippet[-1]) == ("…", "…")
    assert len(snippet.replace("<mark>", "").replace("</mark>", "")) == 122


def test_without_a_mark_the_snippet_is_the_beginning(words: Any) -> None:
    words()
    assert Highlighter.of("手話").snippet("囲碁の会です。") == "囲碁の会です。"


def test_the_tags(write: Any, words: Any) -> None:
    words()
    page = write("手話の会", "手話で話します。")
    template = Template("{% load search %}{% search_marked page.title q %}|{% search_snippet page q %}")
    drawn = template.render(Context({"page": page, "q": "手話"}))
    assert drawn == "<mark>手話</mark>の会|<mark>手話</mark>で話します。"


def test_odd_signs_break_nothing(words: Any) -> None:
    words()
    assert Highlighter.of("\x00\ud800🙂").snippet("a\x00b\ud800") == "a b"


def test_the_text_of_a_page_is_what_the_index_has(write: Any) -> None:
    page = write("手話の会", "手話で話します。")
    assert text_of(page) == "手話で話します。"
