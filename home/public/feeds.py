"""The news as a feed. Titles are the staff's own; the feed's name is the service's, nothing that tells of trouble."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.dates import JST
from cms.models import SiteSettings
from home import queries

ITEMS = 20


@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    """RSS 2.0, addresses built on BASE_URL."""
    site = SiteSettings.for_request(request)
    feed = Rss201rev2Feed(
        title=_("%(service)s: news") % {"service": site.service_name},
        link=settings.BASE_URL + reverse("home:news_list"),
        description=site.municipality_name or site.service_name,
        language="ja",
        feed_url=settings.BASE_URL + reverse("home:news_feed"),
    )
    for page in queries.news()[:ITEMS]:
        address = settings.BASE_URL + queries.path_of(page, request)
        feed.add_item(
            title=page.title,
            link=address,
            description=page.summary,
            pubdate=dt.datetime.combine(page.date, dt.time(), JST),
            categories=[str(page.get_category_display())],
            unique_id=address,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
