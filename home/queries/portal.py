"""What the face of the site shows from several rooms. Read-only."""

from itertools import groupby
from operator import attrgetter

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest
from wagtail.models import Page, PageQuerySet

from cms import dates
from directory.enums import OrganizationKind
from directory.models import Membership, Organization
from home.models import NewsPage, NewsPageQuerySet

HOME_DEPTH = 2


def news() -> NewsPageQuerySet:
    """News a resident may read, newest first."""
    return NewsPage.objects.published()


def public_members() -> list[tuple[str, list[Organization]]]:
    """Organisations that take part and may be named, by kind, in the order of the kinds."""
    order = Case(
        *(When(kind=kind, then=Value(number)) for number, kind in enumerate(OrganizationKind.values)),
        output_field=IntegerField(),
    )
    members = Membership.objects.on(dates.today()).values("organization")
    shown = Organization.objects.public().filter(pk__in=members).order_by(order, "kana", "name", "pk")
    return [
        (str(OrganizationKind(kind).label), list(members)) for kind, members in groupby(shown, key=attrgetter("kind"))
    ]


def public_pages() -> PageQuerySet:
    """Every page a resident may read, as the tree orders them."""
    return Page.objects.live().public().filter(depth__gte=HOME_DEPTH).order_by("path")


def path_of(page: Page, request: HttpRequest) -> str:
    """`/news/abc/`: mails, feeds and maps put BASE_URL before it. The request remembers the site's root."""
    parts = page.get_url_parts(request)
    return parts[2] if parts else "/"
