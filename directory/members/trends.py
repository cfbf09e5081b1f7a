"""`/members/trends/`: how many came with what, month by month, for every member. What is shown is what was published."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from cms import exports
from directory.queries.consultations import trends as query
from directory.queries.consultations.trends import Published


@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    """Twelve months."""
    found = query.published()
    longest = max((each.total or 0 for each in found), default=0)
    context = {
        "latest": found[0] if found else None,
        "changes": query.commonest(found[0], found[1] if len(found) > 1 else None) if found else [],
        "months": [(each, query.step(each.total, longest)) for each in reversed(found)],
        "concerns": query.by_month(found[::-1], "concern"),
    }
    return render(request, "directory/members/trends.html", context)


@require_safe
def trend(request: HttpRequest, month: dt.date) -> HttpResponse:
    """One month, every table of it."""
    found = published(month)
    before = query.published(before=month, count=1)
    earlier = before[0] if before else None
    context = {"it": found, "changes": query.commonest(found, earlier), "earlier": earlier}
    context["later"] = query.next_after(month)
    return render(request, "directory/members/trends_month.html", context)


@require_safe
def trends_csv(request: HttpRequest) -> HttpResponse:
    """All tables of the twelve months."""
    return table(query.published()[::-1], name="trends.csv")


@require_safe
def trend_csv(request: HttpRequest, month: dt.date) -> HttpResponse:
    """The tables of one month."""
    return table([published(month)], name=f"trends-{month:%Y-%m}.csv")


def published(month: dt.date) -> Published:
    """That month, or 404: not published looks like not there."""
    found = query.of_month(month)
    if found is None:
        raise Http404
    return found


def table(months: list[Published], *, name: str) -> HttpResponse:
    """The same figures as on the page, no more."""
    header = [_("Month"), _("By what"), _("Line"), pgettext("tally", "How many")]
    return exports.download(exports.csv_bytes(header, query.rows_of(months)), name=name, media_type=exports.CSV_TYPE)
