"""The list of events and the month as a table. Public: the same for everybody, whoever is signed in."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.dates import japanese_date, today
from workshops.models import EventIndexPage, Occurrence
from workshops.public.asked import YEARS, Asked, last_day, next_month, previous_month
from workshops.public.filters import panel, toggles
from workshops.public.months import COLUMNS, shown_in, weeks
from workshops.queries.events import any_after, any_before, coming, for_titles, in_brief, in_full, listed

#: Cards on one page of the list.
A_PAGE = 20
#: A fuller month shows no cards below its table: the days lead to the list.
MOST_CARDS = 100


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """`/events/`: what is coming; of a month or a day (`?m=`, `?d=`) all of it, past or not."""
    asked = Asked.read(request.GET)
    rows = listed(asked.wanted) if asked.day or asked.month else coming(asked.wanted)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": heading(asked),
        "page": page,
        "count": page.paginator.count,
        "everything": request.path,
        "calendar": asked.anytime.href(month_path(asked.day or asked.month or today())),
    }
    return answer(request, asked, "workshops/public/event_list.html", context)


@require_safe
def event_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """`/events/<yyyy>/<mm>/`: the month as a table, and its events below."""
    if year not in YEARS:
        raise Http404
    first = dt.date(year, month, 1)
    asked = Asked.read(request.GET).anytime
    rows = in_brief(listed(replace(asked.wanted, first=first, last=last_day(first))))
    has_cards = len(rows) <= MOST_CARDS
    found = in_full(key for key, *_days in rows) if has_cards else for_titles(shown_in(first, rows))
    context = {
        "first": first,
        "columns": COLUMNS,
        "weeks": weeks(first, rows, found, lambda day: asked.href(reverse("workshops:event_list"), day=day)),
        "count": len(rows),
        "cards": list(cards(first, (found[key] for key, *_days in rows if key in found))) if has_cards else [],
        "has_cards": has_cards,
        "list_of_month": asked.href(reverse("workshops:event_list"), month=first),
        "everything": request.path,
        **neighbours(first, asked),
    }
    return answer(request, asked, "workshops/public/event_month.html", context)


def answer(request: HttpRequest, asked: Asked, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; htmx takes the part it changes out of it, and the address of the tab holds nothing empty."""
    index = EventIndexPage.objects.live().first()
    more = {"index": index, "asked": asked, "toggles": toggles(asked, request.path), "panel": panel(asked)}
    response = render(request, template, {**context, **more, "panel_open": "o" in request.GET})
    patch_vary_headers(response, ["HX-Request"])
    if getattr(request, "htmx", False) and "page" not in request.GET:
        response["HX-Push-Url"] = asked.href(request.path)
    return response


def heading(asked: Asked) -> str:
    """What the list holds, in a few words."""
    if asked.day:
        return _("Events on %(day)s") % {"day": japanese_date(asked.day)}
    if asked.month:
        return _("Events in %(month)s %(year)s") % {"year": asked.month.year, "month": asked.month.month}
    return _("Coming events")


def cards(first: dt.date, occurrences: Iterable[Occurrence]) -> Iterable[tuple[str, Occurrence]]:
    """(anchor, occurrence): the first of each day carries the anchor that its day in the table leads to."""
    seen: set[int] = set()
    for occurrence in occurrences:
        day = max(occurrence.starts_on, first).day
        yield ("" if day in seen else f"d{day}"), occurrence
        seen.add(day)


def month_path(day: dt.date) -> str:
    """The address of the month of a day."""
    return reverse("workshops:event_month", kwargs={"year": day.year, "month": day.month})


def neighbours(first: dt.date, asked: Asked) -> dict[str, Any]:
    """Links to the months beside this one, as far as there are events (and up to the present month)."""
    now = today().replace(day=1)
    before, after = previous_month(first), next_month(first)
    return {
        "before": before if before >= now or any_before(first) else None,
        "before_href": asked.href(month_path(before)),
        "after": after if after <= now or any_after(last_day(first)) else None,
        "after_href": asked.href(month_path(after)),
    }
