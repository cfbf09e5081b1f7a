"""The panel of wishes: what each would leave, and changes in place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from directory.enums import ChannelKind
from tests.directory.public.test_views import plain, text_of
from tests.factories.desks import make_desk, make_national
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

EVENING = "2026-12-03T18:40+09:00"
CHAT = {"kind": ChannelKind.CHAT, "value": "https://chat.example.jp/", "hours": "24/7", "no_voice": True}


@pytest.fixture
def town(frozen: Any) -> None:
    frozen(EVENING)
    make_desk({"hours": "24/7"}, name="いつも", concerns=("k1",))
    make_desk({"hours": "Mo-Fr 08:30-16:30"}, name="昼", concerns=("k1", "k2"), for_family=True)
    make_desk(CHAT, name="文字", concerns=("k2",), age_max=29)
    make_national(by=make_user(), name="全国")


def counts(page: str) -> dict[str, tuple[int, bool]]:
    """Number and faintness by the id of the wish."""
    found = re.findall(r'<span class="facet( none)?" id="n-f?-?([\w-]+)"[^>]*>(\d+)', page)
    return {name: (int(number), bool(none)) for none, name, number in found}


@pytest.mark.usefixtures("town")
def test_each_wish_says_what_it_would_leave(client: Client) -> None:
    found = counts(text_of(client, "/help/"))
    assert (found["now"], found["c-k1"], found["c-k2"], found["c-k5"]) == (
        (2, False),
        (2, False),
        (2, False),
        (0, True),
    )
    assert (found["t-p"], found["t-c"], found["b-v"], found["w-f"]) == ((2, False), (1, False), (1, False), (1, False))
    found = counts(text_of(client, "/help/?c=k2"))
    assert (found["now"], found["c-k1"], found["c-k2"], found["t-p"]) == (
        (1, False),
        (2, False),
        (2, False),
        (1, False),
    )
    page = text_of(client, "/help/?t=c")
    assert '<option value="4">65歳から（0）</option>' in page
    assert '<option value="2">18〜29歳（1）</option>' in page


@pytest.mark.usefixtures("town")
def test_a_wish_that_leaves_nothing_can_be_chosen(client: Client) -> None:
    page = text_of(client, "/help/")
    assert re.search(r'<input type="checkbox" name="c" value="k5" id="f-c-k5">', page)
    assert "disabled" not in page[page.index('class="filters') : page.index("</details>")]
    assert "をはずして、近いところを出しています。" in plain(text_of(client, "/help/?c=k5&a=4"))


@pytest.mark.usefixtures("town")
def test_a_change_answers_with_what_has_changed(client: Client) -> None:
    response = client.get("/help/?a=&c=k1&now=1", headers={"HX-Request": "true"})
    page = response.content.decode()
    assert response["HX-Push-Url"] == "/help/?c=k1&now=1"  # what was left blank is not in the address
    assert "HX-Request" in response["Vary"]
    assert "<html" not in page
    assert "<form" not in page
    assert "<h1" not in page
    assert re.findall(r'<h3 class="mt8"><a [^>]*>([^<]+)', page) == ["いつも", "全国"]
    for part in ("found-count", "toggles", "n-chosen", "n-clear", "bar", "n-f-c-k2", "n-now", "f-a", "found-print"):
        assert re.search(rf'id="{part}"[^>]* hx-swap-oob=', page), part
    whole = text_of(client, "/help/?c=k1&now=1")
    assert counts(page) == counts(whole)
    for part in ("found-count", "toggles", "bar", "n-chosen"):
        assert f'id="{part}"' in whole
    assert client.get("/help/", headers={"HX-Request": "true"})["HX-Push-Url"] == "/help/"


def test_the_page_with_script_keeps_nothing(client: Client) -> None:
    page = text_of(client, "/help/")
    assert '"historyCacheSize":0' in page  # no copy of the list in the browser's storage
    assert '"allowEval":false' in page
    assert 'role="status"' in page


@pytest.mark.usefixtures("town")
def test_the_order_is_open_then_next_to_open_then_unknown(client: Client) -> None:
    make_desk({"hours": ""}, name="不明", kana="あ")
    make_desk({"hours": "Mo-Fr 08:00-09:00"}, name="もっと早い", kana="ん")
    page = text_of(client, "/help/")
    assert re.findall(r'<h3 class="mt8"><a [^>]*>([^<]+)', page)[:5] == ["いつも", "文字", "もっと早い", "昼", "不明"]
