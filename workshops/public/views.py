"""The list of events and the month as a table. Public: the same for everybody, whoever is signed in."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.dates import japanese_date, today
from workshops.enums import EventKind
from workshops.models import EventIndexPage, Occurrence
from workshops.public.asked import YEARS, Asked, last_day, next_month, previous_month
from workshops.public.months import COLUMNS, weeks
from workshops.queries import Wanted, coming, listed, span_of_events

#: Cards on one page of the list.
A_PAGE = 20
#: A fuller month shows no cards below its table: the days lead to the list.
MOST_CARDS = 100


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """`/events/`: what is coming; of a month or a day (`?m=`, `?d=`) all of it, past or not."""
    asked = Asked.read(request.GET)
    rows = listed(asked.wanted) if asked.day or asked.month else coming(asked.wanted)
    context = {
        "index": EventIndexPage.objects.live().first(),
        "asked": asked,
        "heading": heading(asked),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "toggles": toggles(asked, request.path),
        "everything": request.path,
        "calendar": Asked(kind=asked.kind, online=asked.online, free=asked.free).href(
            month_path(asked.day or asked.month or today())
        ),
    }
    return render(request, "workshops/public/event_list.html", context)


@require_safe
def event_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """`/events/<yyyy>/<mm>/`: the month as a table, and its events below."""
    if year not in YEARS:
        raise Http404
    first = dt.date(year, month, 1)
    asked = Asked.read(request.GET)
    asked = Asked(kind=asked.kind, online=asked.online, free=asked.free)
    wanted = Wanted(kind=asked.kind, online=asked.online, free=asked.free, first=first, last=last_day(first))
    occurrences = list(listed(wanted))
    has_cards = len(occurrences) <= MOST_CARDS
    context = {
        "index": EventIndexPage.objects.live().first(),
        "first": first,
        "columns": COLUMNS,
        "weeks": weeks(first, occurrences),
        "count": len(occurrences),
        "cards": list(cards(first, occurrences)) if has_cards else [],
        "has_cards": has_cards,
        "list_of_month": asked.href(reverse("workshops:event_list"), month=first),
        "toggles": toggles(asked, request.path),
        "everything": request.path,
        "asked": asked,
        **neighbours(first, asked),
    }
    return render(request, "workshops/public/event_month.html", context)


def heading(asked: Asked) -> str:
    """What the list holds, in a few words."""
    if asked.day:
        return _("Events on %(day)s") % {"day": japanese_date(asked.day)}
    if asked.month:
        return _("Events in %(month)s %(year)s") % {"year": asked.month.year, "month": asked.month.month}
    return _("Coming events")


def toggles(asked: Asked, path: str) -> list[dict[str, Any]]:
    """The switches above a list: each a link to the same list with one thing more or less."""
    kinds = [
        {
            "label": kind.label,
            "is_on": asked.kind == kind.value,
            "href": asked.href(path, kind="" if asked.kind == kind.value else kind.value),
        }
        for kind in EventKind
        if kind != EventKind.OTHER
    ]
    online = {"label": _("Online"), "is_on": asked.online, "href": asked.href(path, online=not asked.online)}
    free = {"label": _("Free of charge"), "is_on": asked.free, "href": asked.href(path, free=not asked.free)}
    return [{**online, "icon": "device"}, {**free, "icon": "free"}, *kinds]


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
    earliest, latest = span_of_events() or (now, now)
    before, after = previous_month(first), next_month(first)
    return {
        "before": before if before >= min(earliest, now).replace(day=1) else None,
        "before_href": asked.href(month_path(before)),
        "after": after if after <= max(latest, now) else None,
        "after_href": asked.href(month_path(after)),
    }
