"""Pieces of the portal's pages that ask for data."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import pgettext
from wagtail.models import Page

from directory.hours import opens_words
from directory.models import Organization, RoleStatement
from home import queries
from home.models import NewsPage
from home.queries import Listened
from home.queries.searching import Found, Row

register = template.Library()

HOME_DEPTH = 2


@register.simple_tag
def latest_news(count: int = 3, without: NewsPage | None = None) -> list[NewsPage]:
    """``{% latest_news 3 as items %}``: the newest pieces of news, ``{% latest_news 4 page as others %}``: the others."""
    found = queries.news()
    if without is not None:
        found = found.exclude(pk=without.pk)
    return list(found[:count])


@register.simple_tag
def roles_are_written() -> bool:
    """``{% roles_are_written as written %}``: the table of roles has a row."""
    return RoleStatement.objects.exists()


@register.simple_tag
def public_members() -> list[tuple[str, list[Organization]]]:
    """``{% public_members as groups %}``: (kind, organisations) of those who take part."""
    return queries.public_members()


@register.simple_tag
def crumbs(page: Page) -> list[dict[str, Any]]:
    """``{% crumbs page as trail %}``: the pages above this one, for ``components/breadcrumbs.html``."""
    above = page.get_ancestors().filter(depth__gte=HOME_DEPTH).live().order_by("path")
    first = pgettext("breadcrumb", "First page")
    return [{"url": p.url, "label": first if p.depth == HOME_DEPTH else p.title} for p in above]


@register.inclusion_tag("directory/components/open_lines.html")
def people_now(heard: Listened) -> dict[str, Any]:
    """``{% people_now heard %}``: who answers a worry now, drawn as on the first page."""
    board, nearest = heard.board, heard.board.next_opening
    return {
        "items": heard.people,
        "nobody_here": not board.open_local,
        "further_open": max(0, len(board.open_local) - sum(not item.desk.is_national for item in heard.people)),
        "closed": board.closed_local,
        "next": nearest,
        "next_when": opens_words(nearest.state.opens, board.at) if nearest and nearest.state.opens else "",
    }


@register.filter
def grouped(number: int) -> str:
    """``45218`` → ``45,218``. Django's Japanese formats group nothing."""
    return f"{number:,}"


@register.simple_tag(takes_context=True)
def address(context: template.Context, row: Row) -> str:
    """``{% address row %}``: where a hit is read."""
    return row.address(context["request"])


@register.simple_tag
def hit_title(row: Row, found: Found) -> SafeString:
    """``{% hit_title row found %}``: its title, with what was asked for marked."""
    return found.highlighter.marked(row.hit.title)


@register.simple_tag
def hit_snippet(row: Row, found: Found) -> SafeString:
    """``{% hit_snippet row found %}``: the piece of its text that answers, marked."""
    return found.highlighter.snippet(row.text)
