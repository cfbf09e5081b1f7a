"""Words that residents type: GET searches the site, POST tells a worry. Neither is logged nor kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cms import dates, throttle
from home import queries

A_MINUTE = 60
MOST_A_MINUTE = 30  # worries from one address; beyond it people are shown, and the text is not read


def search(request: HttpRequest) -> HttpResponse:
    """`/search/`: GET `?q=…` finds pages, desks and events; POST `worry` leads to people first."""
    response = _by_method(request)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("worry")
def _by_method(request: HttpRequest) -> HttpResponse:
    return _worry(request) if request.method == "POST" else _search(request)


def _search(request: HttpRequest) -> HttpResponse:
    found = queries.search(request.GET.get("q", ""), kind=request.GET.get("kind", ""), page=request.GET.get("page", ""))
    told = queries.understood(found.question)
    people = queries.listen(found.question, dates.now()) if told.danger else None
    return render(request, "home/public/search.html", {"found": found, "told": told, "heard": people})


@sensitive_variables()
def _worry(request: HttpRequest) -> HttpResponse:
    """Answered at once and not by a redirect: nothing typed has to be carried anywhere."""
    calm = throttle.allow("worry", throttle.address(request), limit=MOST_A_MINUTE, seconds=A_MINUTE)
    heard = queries.listen(request.POST.get("worry", ""), dates.now(), read=calm)
    request._desk_board = heard.board  # type: ignore[attr-defined]  # tags on the page ask for the same board
    return render(request, "home/public/worry.html", {"heard": heard, "told": heard, "calm": calm})
