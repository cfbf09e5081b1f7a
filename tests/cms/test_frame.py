"""The frame of every page, and the pages for when something is wrong."""

import re

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.views.defaults import server_error


@pytest.mark.django_db
def test_a_missing_page_is_the_same_bytes_whatever_was_asked_for() -> None:
    first, second = Client().get("/no-such-page/"), Client().get("/nor-this-one/")
    assert (first.status_code, second.status_code) == (404, 404)
    assert first.content == second.content
    assert b"csrfmiddlewaretoken" not in first.content


@pytest.mark.django_db
def test_a_missing_page_says_whom_to_call() -> None:
    page = Client().get("/no-such-page/").content.decode()
    assert re.findall(r'href="tel:(\d+)"', page).count("119") == 2  # in the text and in the footer
    assert 'href="/help/"' in page
    assert page.count("<h1") == 1


def test_the_error_page_needs_no_database_no_context_and_no_catalogue() -> None:
    """Without the db fixture any query fails; the default handler gives the template no context."""
    page = server_error(HttpRequest()).content.decode()
    assert re.findall(r'href="tel:(\d+)"', page) == ["119", "110"]
    assert "{%" not in page
    assert re.findall(r'(?:href|src)="([^"]+)"', page) == [
        "/static/cms/css/error.css",
        "tel:119",
        "tel:110",
        "/help/",
        "/",
    ]


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html"])
def test_pages_that_django_draws_without_context_stand_alone(name: str) -> None:
    page = render_to_string(name)
    assert re.findall(r'href="tel:(\d+)"', page) == ["119", "110"]
    assert page.count("<h1") == 1


@pytest.mark.django_db
def test_every_public_page_has_the_way_out_and_the_way_past_the_header() -> None:
    page = Client().get("/").content.decode()
    assert page.index('class="skip" href="#main"') < page.index('class="exit"') < page.index('<main id="main"')
    assert 'rel="nofollow noreferrer"' in page
    assert '<meta name="referrer" content="same-origin">' in page


@pytest.mark.django_db
def test_the_reader_s_choice_is_worn_by_the_page() -> None:
    client = Client()
    client.cookies["theme"] = "dusk"
    client.cookies["size"] = "large"
    assert '<html lang="ja" data-theme="dusk" data-size="large">' in client.get("/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert '<html lang="ja" data-size="large">' in client.get("/").content.decode()
