"""The reader's tools."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from cms.context import Reader
from cms.templatetags.reader import device


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox / Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/1 Safari/604.1",
            "Safari / iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome / Android"),
        ("curl/8.1", "ほかの端末"),
    ],
)
def test_a_device_has_a_name_a_person_knows(user_agent: str, name: str) -> None:
    assert device(user_agent) == name


def draw(source: str, **context: Any) -> str:
    return Template("{% load reader %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("reader", "attributes"),
    [
        (Reader(), ""),
        (Reader(theme="dusk"), ' data-theme="dusk"'),
        (Reader(theme="dusk", size="large"), ' data-theme="dusk" data-size="large"'),
        (Reader(furigana=True), ' data-furigana="on"'),
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
    assert 'name="furigana" value="on"' in drawn
    assert 'name="csrfmiddlewaretoken" value="token"' in drawn


def test_the_tools_stand_in_the_footer_too_for_small_screens() -> None:
    drawn = draw('{% reader_tools "foot" %}', reader=Reader(), request=RequestFactory().get("/"), csrf_token="t")
    assert drawn.count("<li>") == 3
    assert "<svg" not in drawn
