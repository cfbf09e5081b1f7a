"""`/members/office/tally/`: who has handed in, the figures of each, routes and methods for the city's own use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms import audit, dates, exports
from cms.once import once
from directory.actions.consultations import trends
from directory.actions.consultations.tallies import NotOverYet
from directory.members.office.persons import keeper
from directory.members.tally import Page, begun, table_rows
from directory.members.tally_forms import HEADINGS
from directory.models import ConsultationCount, Organization
from directory.queries.consultations import tallies as months
from directory.queries.consultations.tallies import CODES, Line
from directory.queries.consultations.trends import labels
from directory.roles import Permission

MONTHS_LISTED = 6


@require_safe
def office_tally(request: HttpRequest) -> HttpResponse:
    """Organisations × months."""
    keeper(request, Permission.TALLY_KEEP)
    today = dates.today()
    listed = [months.after(months.first_of(today), -back) for back in range(MONTHS_LISTED)]
    organizations = months.keepers(listed[0])
    rows = months.months_of(organizations, listed, today)
    last = listed[1]
    missing = [row for row, found in zip(organizations, rows, strict=True) if not found[1].handed_in]
    context = {
        "months": [(month, months.label(month)) for month in listed],
        "rows": list(zip(organizations, rows, strict=True)),
        "last": last,
        "last_label": months.label(last),
        "missing": missing,
        "is_open": months.is_open(last, today),
        "until": dates.japanese_date(months.last_day_to_mend(last)),
    }
    return render(request, "directory/members/office_tally.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def office_tally_sheet(request: HttpRequest, pk: int, month: dt.date) -> HttpResponse:
    """A month of an organisation that has no login, or that asked for help."""
    user = keeper(request, Permission.TALLY_KEEP)
    organization = get_object_or_404(Organization, pk=pk)
    return Page(request, user, organization, month, back=reverse("members:office_tally")).answer()


@require_safe
def office_tally_month(request: HttpRequest, month: dt.date) -> HttpResponse:
    """K-01: by whom and in which way people came. Every number as it is: stays in the office."""
    keeper(request, Permission.TALLY_KEEP)
    begun(month)
    so_far = sum(months.counted_so_far(month, dates.today()).values())
    context = {"label": months.label(month), "month": month, "so_far": so_far, **grid(month)}
    return render(request, "directory/members/office_tally_month.html", context)


def grid(month: dt.date) -> dict[str, Any]:
    """Routes × methods with their sums; what does not occur at all is left out."""
    counts = months.by_route_and_method(month, dates.today())
    routes = {code: word for code, word in labels("route", {}).items() if any(key[0] == code for key in counts)}
    methods = {code: word for code, word in labels("method", {}).items() if any(key[1] == code for key in counts)}
    rows = [
        (
            word,
            [counts.get((route, method), 0) for method in methods],
            sum(n for k, n in counts.items() if k[0] == route),
        )
        for route, word in routes.items()
    ]
    sums = [sum(n for key, n in counts.items() if key[1] == method) for method in methods]
    return {"methods": list(methods.values()), "rows": rows, "sums": sums, "total": sum(counts.values())}


@require_safe
def office_tally_csv(request: HttpRequest, month: dt.date) -> HttpResponse:
    """Every organisation's rows of a month, as they are. That they were taken out stands in the trail.

    Of a month that runs, the inbox's rows are one number an organisation, without any code.
    """
    user = keeper(request, Permission.TALLY_KEEP)
    begun(month)
    words, today = months.choices(months.concern_names()), dates.today()
    found = months.told(ConsultationCount.objects.visible_to(user).filter(month=month, count__gt=0), month, today)
    cells = found.order_by("organization__kana", "pk").values_list("organization__name", "count", *CODES)
    rows = [[name, *table_rows((Line(tuple(codes), count),), words)[0]] for name, count, *codes in cells]
    so_far = months.counted_so_far(month, today).items()
    rows += [[str(organization), *[""] * len(CODES), count] for organization, count in so_far]
    audit.record("tally.exported", by=user, month=f"{month:%Y-%m}", rows=len(rows))
    header = [_("Organisation"), *(str(word) for word in HEADINGS.values())]
    return exports.download(
        exports.csv_bytes(header, rows), name=f"tally-office-{month:%Y-%m}.csv", media_type=exports.CSV_TYPE
    )


@require_POST
@once
def office_tally_publish(request: HttpRequest, month: dt.date) -> HttpResponse:
    """Earlier than by itself: all have handed in."""
    user = keeper(request, Permission.TALLY_KEEP)
    try:
        trends.publish(by=user, month=month)
    except NotOverYet:
        messages.warning(request, _("This month still runs."))
    except trends.StillMissing:
        messages.warning(request, _("Not all have handed in. The month is published when the last day has passed."))
    else:
        messages.success(request, pgettext("tally", "The month is published."))
        return redirect("members:trend", month=month)
    return redirect("members:office_tally")
