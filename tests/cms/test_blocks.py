"""Pieces of pages: what they refuse, and what readers get."""

import json
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlock
from wagtail.models import Page

from cms.blocks import content_blocks
from cms.models import File, Picture
from tests.factories.uploads import PDF, photo, upload

pytestmark = pytest.mark.django_db


def stream(name: str, value: Any) -> Any:
    """A page's content with one piece."""
    block = StreamBlock(content_blocks())
    return block, block.to_python([{"type": name, "value": value}])


def html(name: str, value: Any) -> str:
    """What a reader gets, without the blanks between tags."""
    _block, content = stream(name, value)
    return re.sub(r"\s*\n\s*", "", str(content.render_as_block()))


def refused(name: str, value: Any) -> bool:
    """Whether the editor is told that something is wrong."""
    block, content = stream(name, value)
    try:
        block.clean(content)
    except ValidationError:
        return True
    return False


def test_the_names_are_kept_for_ever() -> None:
    names = [name for name, _block in content_blocks()]
    assert names == [
        "text", "heading", "notice", "steps", "link", "contact", "picture", "file", "table", "quote", "questions",
    ]  # fmt: skip


@pytest.mark.parametrize(("level", "tag"), [("2", "h2"), ("3", "h3")])
def test_headings_below_the_title(level: str, tag: str) -> None:
    assert f"<{tag}>海 &lt;b&gt;</{tag}>" in html("heading", {"text": "海 <b>", "level": level})
    assert refused("heading", {"text": "海", "level": "1"})


def draft(text: str, kind: str, address: str) -> str:
    """What the editor's browser posts: one block of that kind with a link."""
    block = {"key": "a", "text": text, "type": kind, "depth": 0, "inlineStyleRanges": []}
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}
    block["entityRanges"] = [{"offset": 0, "length": len(text), "key": 0}]
    return json.dumps({"blocks": [block], "entityMap": {"0": link}})


@pytest.mark.parametrize(
    ("kind", "address", "expected"),
    [
        ("unstyled", "https://example.jp/", '<p data-block-key="a"><a href="https://example.jp/">海</a></p>'),
        ("unstyled", "javascript:alert(1)", '<p data-block-key="a"><a>海</a></p>'),
        ("header-one", "https://example.jp/", ""),
    ],
)
def test_text_keeps_only_what_is_offered(kind: str, address: str, expected: str) -> None:
    block = dict(content_blocks())["text"]
    source = block.field.widget.value_from_datadict({"x": draft("海", kind, address)}, {}, "x")
    assert html("text", source) == f'<div class="w-block-text block-text"><div class="prose">{expected}</div></div>'


@pytest.mark.parametrize("kind", ["soft", "warm", "lamp"])
def test_notices(kind: str) -> None:
    shown = html("notice", {"kind": kind, "title": "題", "text": "<p>文</p>"})
    assert f'<div class="notice {kind}">' in shown
    assert "<strong>題</strong>" in shown
    assert "文" in shown


def test_steps() -> None:
    steps = [{"title": "行く", "text": "一\n二"}, {"title": "話す", "text": ""}]
    assert html("steps", {"steps": steps}).count("<li>") == 2
    assert not refused("steps", {"steps": steps})
    assert refused("steps", {"steps": steps[:1]})


def test_a_button_leads_to_one_place() -> None:
    page = Page.objects.filter(depth=2).get()
    assert refused("link", {"text": "行く", "page": None, "url": ""})
    assert refused("link", {"text": "行く", "page": page.pk, "url": "https://example.jp/"})
    assert refused("link", {"text": "行く", "page": None, "url": "javascript:alert(1)"})
    assert not refused("link", {"text": "行く", "page": page.pk, "url": ""})
    assert 'href="https://example.jp/"' in html("link", {"text": "行く", "page": None, "url": "https://example.jp/"})
    page.live = False
    page.save()
    assert "href" not in html("link", {"text": "行く", "page": page.pk, "url": ""})


@pytest.mark.parametrize(
    ("number", "demo", "is_refused"),
    [
        ("06-1234-5678", False, False),
        ("#9999", False, False),
        ("189", False, False),
        ("０６－１２３４", False, True),
        ("電話して", False, True),
        ("0000-00-0001", False, True),
        ("0000-00-0001", True, False),
    ],
)
def test_telephones(settings: Any, number: str, demo: bool, is_refused: bool) -> None:
    settings.DEMO = demo
    value = {"name": "福祉課", "telephone": number, "hours": "", "email": "", "place": ""}
    assert refused("contact", value) is is_refused


def test_a_sample_number_is_never_a_link() -> None:
    value = {"name": "福祉課", "telephone": "0000-00-0001", "hours": "平日", "email": "a@example.jp", "place": "1階"}
    sample = html("contact", value)
    assert "tel:" not in sample
    assert '<b class="mi">見本</b>' in sample
    assert 'href="tel:0612345678"' in html("contact", {**value, "telephone": "06-1234-5678"})


def test_a_picture_says_what_it_shows() -> None:
    picture = Picture.objects.create(title="海", file=upload(photo("JPEG"), "sea.jpg"))
    image = {"image": picture.pk, "alt_text": "海を見る人", "decorative": False}
    shown = html("picture", {"image": image, "caption": "夏", "credit": "広報課"})
    assert 'alt="海を見る人"' in shown
    assert "広報課" in shown
    assert refused("picture", {"image": {**image, "alt_text": ""}, "caption": "", "credit": ""})


def test_a_file_says_its_kind_and_size() -> None:
    file = File.objects.create(title="案内", file=upload(PDF, "guide.pdf"))
    shown = html("file", {"file": file.pk, "note": "地図"})
    assert f'href="{file.url}"' in shown
    assert "PDF" in shown
    assert "地図" in shown


def test_a_table_needs_a_caption() -> None:
    value = {"data": [["団体", "役割"], ["市", "<b>事務</b>"]], "table_caption": "役割", "table_header_choice": "both"}
    value |= {"first_row_is_table_header": True, "first_col_is_header": True}
    shown = html("table", value)
    assert "<caption>役割</caption>" in shown
    assert '<th scope="col">団体</th>' in shown
    assert '<th scope="row">市</th><td>&lt;b&gt;事務&lt;/b&gt;</td>' in shown
    assert not refused("table", value)
    assert refused("table", {**value, "table_caption": " "})


def test_quotes_and_questions() -> None:
    assert "<figcaption" not in html("quote", {"text": "ほっとした", "speaker": ""})
    assert "参加した方</figcaption>" in html("quote", {"text": "ほっとした", "speaker": "参加した方"})
    shown = html("questions", {"questions": [{"question": "だれでも？", "answer": "<p>はい</p>"}]})
    assert "<summary>だれでも？</summary>" in shown
    assert "はい" in shown
