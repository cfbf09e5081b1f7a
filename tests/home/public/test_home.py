"""The first page and what surrounds every page."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from cms.models import SiteSettings
from home.models import HomePage
from tests.factories.bodies import make_member
from tests.factories.desks import make_desk
from tests.factories.pages import make_content_page, make_news

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/about/", "/news/", "/search/", "/volunteer/", "/join/", "/privacy/", "/accessibility/", "/traces/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_has_one_heading_and_a_way_out(client: Client, path: str) -> None:
    answer = client.get(path)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert len(re.findall(r"<h1[ >]", body)) == 1
    assert 'href="https://www.jma.go.jp/"' in body
    assert 'href="#main"' in body
    assert not re.search(r'\sstyle="|\son\w+="|<script>', body)


@pytest.mark.parametrize("path", PUBLIC)
def test_no_link_is_dead(client: Client, path: str) -> None:
    body = client.get(path).content.decode()
    for address in set(re.findall(r'href="(/[^"#?]*)', body)):
        if not address.startswith("/static/"):
            assert client.get(address).status_code in {200, 302}, address


def test_the_doors_say_what_staff_wrote(client: Client) -> None:
    HomePage.objects.update(help_title="話したい", volunteer_text="いつでも")
    body = client.get("/").content.decode()
    assert "話したい" in body
    assert "いつでも" in body


def test_the_town_lights_as_many_windows_as_desks_answer(client: Client, frozen) -> None:
    frozen("2026-12-03T18:40+09:00")
    assert "夜のあいだも" in client.get("/").content.decode()
    for number in range(3):
        make_desk({"hours": "Mo-Su 18:00-22:00"}, name=f"夜の窓口{number}")
    make_desk({"hours": "Mo-Fr 09:00-17:00"}, name="昼の窓口")
    body = client.get("/").content.decode()
    assert "<em>3つの窓</em>" in body
    assert len(re.findall(r'class="house [abc] lit"', body)) == 3


def test_ten_windows_are_counted_without_tsu(client: Client, frozen) -> None:
    frozen("2026-12-03T18:40+09:00")
    for number in range(11):
        make_desk({"hours": "Mo-Su 18:00-22:00"}, name=f"夜の窓口{number}")
    assert "<em>11の窓</em>" in client.get("/").content.decode()


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    counts = []
    for number in (3, 12):
        for count in range(number):
            make_news()
            make_desk({"hours": "24/7"}, name=f"窓口 {number} {count}")
        client.get("/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_notice_can_be_switched_on(client: Client) -> None:
    row = SiteSettings.for_site(Site.objects.get())
    row.notice_text = "大雨のため、窓口をひらいています。"
    row.save()
    assert row.notice_text not in client.get("/").content.decode()
    row.notice_on = True
    row.save()
    assert row.notice_text in client.get("/").content.decode()


def test_about_names_public_members_that_have_not_ended(client: Client, frozen) -> None:
    frozen("2026-12-03T12:00+09:00")
    make_member(name="見える団体")
    make_member(name="見えない団体", is_public=False)
    make_member(name="終わった団体", ended_on=dt.date(2026, 12, 1))
    body = client.get("/about/").content.decode()
    assert [name in body for name in ("見える団体", "見えない団体", "終わった団体")] == [True, False, False]


def test_about_shows_people_and_area(client: Client) -> None:
    row = SiteSettings.for_site(Site.objects.get())
    row.municipality_name, row.population, row.area_km2 = "みなも市", 45218, "112.40"
    row.save()
    body = client.get("/about/").content.decode()
    assert "<b>45,218</b>人" in body
    assert "<b>112.4</b> km²" in body


def test_the_page_that_is_not_there(client: Client) -> None:
    answer = client.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert "この窓は、いまありません" in answer.content.decode()


def test_a_page_shows_when_it_was_checked(client: Client) -> None:
    page = make_content_page(reviewed_on=dt.date(2026, 11, 1))
    assert "2026年（令和8年）11月1日（日）に内容を確かめました" in client.get(page.url).content.decode()


def test_robots_and_sitemap(client: Client) -> None:
    hidden = make_content_page(live=False, slug="hiddenx")
    robots = client.get("/robots.txt")
    assert robots["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in robots.content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert f"<loc>{settings.BASE_URL}/</loc>" in sitemap
    assert f"<loc>{settings.BASE_URL}/join/</loc>" in sitemap
    assert hidden.slug not in sitemap
