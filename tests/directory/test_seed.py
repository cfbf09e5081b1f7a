"""Kasaoka's windows and roles from the seed, rendered as the seed shows them. Real numbers: with DEMO=0 only."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client, RequestFactory

from directory.models import ConsultationDesk, RoleStatement
from directory.queries import roles_table
from tests.factories.bodies import make_member
from tests.factories.desks import kasaoka, load_roles, load_windows
from tests.factories.people import make_organization

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (settings.SHARED_DATA / "seeds" / "fixture.json").exists(), reason="SHARED_DATA is missing"),
]


def test_windows_are_shown_as_printed(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T10:00+09:00")
    assert settings.DEMO is False
    windows = kasaoka()["windows"]
    desks = load_windows(windows)
    shown = [(list(d.worries), c.shown_value, c.hours_words, d.name) for d in desks for c in d.channels.all()]
    assert shown == [(w["worries"], w["tel"], w["hours_text"], w["name"]) for w in windows]
    page = client.get("/help/").content.decode()
    for window in windows:
        for text in (window["tel"], window["hours_text"], window["name"], *window["worries"]):
            assert text in page
    assert page.count('href="tel:+81865630911"') >= 2
    assert "見本" not in page


def test_the_weekday_sentence_is_made_from_the_hours(client: Client) -> None:
    first, second, third, _fourth = load_windows(kasaoka()["windows"])
    assert [desk.channels.get().hours_text for desk in (first, second, third)] == ["", "平日9時00分～17時00分", ""]
    assert first.channels.get().hours == "Mo-Fr 08:30-16:30; PH off"


def test_at_23_the_page_offers_the_line_that_answers(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T23:00+09:00")
    load_windows(kasaoka()["windows"])
    page = client.get("/help/").content.decode()
    first = page.index('class="desk ')
    assert "NPO法人笠岡を元気にする会" in page[first : page.index("</article>", first)]
    assert page.count('<article class="desk on">') == 2  # the two rows of the same line
    assert "つぎは あす（金）8時30分から" in page


def test_aliases_and_opening_month_are_kept(client: Client) -> None:
    desk = load_windows(kasaoka()["windows"])[0]
    assert (desk.aliases, desk.opened_on) == (["ささえ愛・ほっとライン", "ささえ愛ほっとライン"], "2021-05")
    assert "2021年（令和3年）5月" in client.get(desk.get_absolute_url()).content.decode()


def test_roles_table_holds_the_five_rows() -> None:
    rows = kasaoka()["roles"]
    load_roles(rows)
    table = roles_table()
    assert [row.duties for row in table] == [row["roles"] for row in rows]
    assert [row.heading for row in table] == [
        "笠岡市",
        "社会福祉協議会",
        "支援団体（NPO法人）",
        "民間企業",
        "その他関係者（地域包括支援センター、児童相談所、教育関係施設、住民関係者ほか）",
    ]


def test_roles_table_counts_public_organisations(rf: RequestFactory) -> None:
    load_roles(kasaoka()["roles"])
    for kind in ("npo", "npo", "company", "school", "center", "residents"):
        make_member(kind=kind)
    make_member(kind="npo", is_public=False)
    make_organization(kind="npo", is_public=True)
    assert [row.taking_part for row in roles_table()] == [0, 0, 2, 1, 3]
    drawn = Template("{% load desks %}{% roles_table %}").render(Context({"request": rf.get("/")}))
    assert drawn.count("<tr>") == 6
    assert "<li>課題を抱える方の発見</li><li>身近な支援の輪づくり</li>" in drawn
    assert "2団体" in drawn


def test_no_row_no_table(rf: RequestFactory) -> None:
    assert not RoleStatement.objects.exists()
    assert Template("{% load desks %}{% roles_table %}").render(Context({"request": rf.get("/")})).strip() == ""
    assert ConsultationDesk.objects.count() == 0
