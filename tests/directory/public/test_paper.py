"""`/help/card/` and `/help/memo/`: the desks on paper, and a note nobody can send."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from directory.enums import ChannelKind
from directory.models.numbers import NumberHold
from tests.directory.public.test_views import plain, text_of
from tests.factories.desks import kasaoka, load_windows, make_channel, make_desk, make_national
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def rows(page: str) -> list[list[str]]:
    """The cells of the table's rows as one reads them."""
    body = page[page.index("<tbody>") : page.rindex("</tbody>")]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in re.findall(r"<tr>(\s*<td.*?)</tr>", body, re.S)]
    return [[unescape(re.sub(r"<[^>]+>", "", cell.replace("<li>", "・"))).strip() for cell in row] for row in cells]


@pytest.mark.skipif(not (settings.SHARED_DATA / "seeds" / "fixture.json").exists(), reason="SHARED_DATA is missing")
def test_the_table_is_kasaokas(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T23:00+09:00")
    windows = kasaoka()["windows"]
    load_windows(windows)
    page = text_of(client, "/help/card/")
    heads = re.findall(r'<th scope="col">([^<]+)', page)
    assert heads == ["相談内容", "TEL", "受付時間", "名称"]
    expected = [
        ["".join("・" + worry for worry in w["worries"]) or w["description"], w["tel"], w["hours_text"], w["name"]]
        for w in windows
    ]
    found = [[*row[:3], re.sub("△.*", "", row[3])] for row in rows(page)]
    assert sorted(found) == sorted(expected)
    assert [row[2] for row in found][:2] == ["24時間・365日"] * 2  # those that never close stand first
    assert page.count('<a class="nb" href="tel:+81865630911">0865-63-0911</a>') == 2
    assert "見本" not in page


def test_wishes_choose_what_is_printed_and_now_does_not(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T23:00+09:00")
    make_desk(name="合う", concerns=("k1",))
    desk = make_desk({"kind": ChannelKind.MAIL, "value": "a@example.jp"}, name="手紙", concerns=("k2",))
    make_national({"value": "#9999", "hours": "24/7"}, by=make_user(), name="全国の電話")
    assert [row[3].split("団体")[0] for row in rows(text_of(client, "/help/card/?c=k1&now=1"))] == [
        "合う",
        "全国の電話",
    ]
    assert [row[3].split("団体")[0] for row in rows(text_of(client, f"/help/card/?d={desk.slug}"))] == ["手紙"]
    (row,) = rows(text_of(client, f"/help/card/?d={desk.slug}"))
    assert row[1] == "メール a@example.jp"
    assert row[2] == "時間は、窓口におたずねください"
    for query in ("?as=nope&size=huge&d=%F0%9F%99%82", "?c=k8&a=1"):
        assert "2026年（令和8年）12月3日（木）現在" in text_of(client, f"/help/card/{query}")


def test_stale_held_and_sample_are_marked(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T10:00+09:00")
    desk = make_desk(
        {}, {"kind": ChannelKind.MAIL, "value": "a@example.jp"}, name="古い", assured_on=dt.date(2026, 5, 1)
    )
    NumberHold.objects.create(desk=desk, kind=ChannelKind.PHONE, value=desk.channels.first().value)
    page = text_of(client, "/help/card/")
    assert "△" in page
    assert "0865-63-8515" not in page
    assert "a@example.jp" in page
    for shape in ("list", "card"):
        assert "確認" in plain(text_of(client, f"/help/card/?as={shape}"))[200:]
        assert "0865-63-8515" not in text_of(client, f"/help/card/?as={shape}")
    with override_settings(DEMO=True):
        desk.channels.all().delete()
        make_channel(desk, value="0000-00-0001")
        for shape in ("list", "card"):
            page = text_of(client, f"/help/card/?as={shape}")
            assert page.count("見本") >= 1
            assert 'href="tel:0000' not in page


def test_cards_and_large_letters(client: Client) -> None:
    make_desk(name="ひだまり")
    page = text_of(client, "/help/card/?as=card&size=large")
    assert page.count('<li class="wallet-card">') == 1
    assert ' class="paper card large"' in page
    assert "0865-63-8515" in page
    assert "directory/wallet" in page


def test_paper_asks_a_constant_number_of_queries(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/help/card/?c=k1").status_code == 200
        return len(caught)

    make_desk(concerns=("k1",))
    make_national(by=make_user())
    few = asked()
    for _number in range(5):
        make_desk({}, {"kind": ChannelKind.MAIL, "value": "a@example.jp"}, concerns=("k1",))
        make_national(by=make_user())
    assert asked() == few


def test_the_note_cannot_be_sent(client: Client) -> None:
    page = text_of(client, "/help/memo/")
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main
    assert not re.search(r"<(input|textarea|select|button)[^>]*\s(name|form|formaction)=", main)
    controls = re.findall(r"<(?:input|textarea)[^>]*>", main)
    assert len(controls) > 30
    assert all('autocomplete="off"' in control for control in controls)
    assert 'type="submit"' not in main
    assert "どこにも送られず、この端末にも残しません。" in main
    assert "data-exit" in page
    scripts = re.findall(r'<script src="([^"]+)"', page)
    assert {re.sub(r"\.\w{12}\.", ".", path.rsplit("/", 1)[1]) for path in scripts} == {"exit.js", "print.js"}
    for path in ("directory/static/directory/print.js", "cms/static/cms/js/exit.js"):
        source = (settings.BASE_DIR / path).read_text(encoding="utf-8")
        assert not re.search(r"Storage|indexedDB|fetch\(|XMLHttp|sendBeacon|cookie", source)


@pytest.mark.parametrize("path", ["/help/card/", "/help/memo/"])
def test_only_reading(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
