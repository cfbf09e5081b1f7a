"""Lists for residents. Without JavaScript, without an account, without a trace."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from home import queries
from home.models import NEWS_ON_A_PAGE, NewsIndexPage


@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """`/news/`, newest first, twenty a page; a page number that does not exist gives the nearest."""
    index = get_object_or_404(NewsIndexPage.objects.live())
    shown = Paginator(queries.news(), NEWS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "home/public/news_list.html", {"page": index, "news": shown})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may fetch."""
    return render(request, "home/public/robots.txt", {"base_url": settings.BASE_URL}, "text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Addresses of all public pages, on BASE_URL."""
    pages = [
        {"address": settings.BASE_URL + queries.path_of(page, request), "changed": page.last_published_at}
        for page in queries.public_pages()
    ]
    return render(request, "home/public/sitemap.xml", {"pages": pages}, "application/xml; charset=utf-8")
