"""The reader's tools."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from cms.context import Reader


def draw(source: str, **context: Any) -> str:
    return Template("{% load reader %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("reader", "attributes"),
    [
        (Reader(), ""),
        (Reader(theme="dusk"), ' data-theme="dusk"'),
        (Reader(theme="dusk", size="large"), ' data-theme="dusk" data-size="large"'),
        (None, ""),
    ],
)
def test_the_page_wears_what_the_reader_chose(reader: Reader | None, attributes: str) -> None:
    assert draw("{% reader_attributes %}", reader=reader) == attributes


def test_the_tools_post_the_other_choice_and_the_way_back() -> None:
    request = RequestFactory().get("/search/", {"q": '"><b>'})
    drawn = draw("{% reader_tools %}", reader=Reader(size="large"), request=request, csrf_token="token")
    assert '<form method="post" action="/reader/" class="tools"' in drawn
    assert 'name="next" value="/search/?q=%22%3E%3Cb%3E"' in drawn
    assert 'name="size" value=""' in drawn
    assert 'name="theme" value="dusk"' in drawn
    assert 'name="csrfmiddlewaretoken" value="token"' in drawn


def test_the_tools_stand_in_the_footer_too_for_small_screens() -> None:
    drawn = draw('{% reader_tools "foot" %}', reader=Reader(), request=RequestFactory().get("/"), csrf_token="t")
    assert drawn.count("<li>") == 2
    assert "<svg" not in drawn
