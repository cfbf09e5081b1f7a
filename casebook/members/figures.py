"""How many cases there were: closed quarters only, small numbers hidden."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from casebook.actions import eyes
from casebook.members.finding import allow, page, signed_in
from casebook.permissions import sees_figures
from casebook.queries.tallies import Figures, figures
from cms import dates, exports


@require_safe
def case_figures(request: HttpRequest) -> HttpResponse:
    """Quarters that are over, as plain tables."""
    allow(sees_figures(signed_in(request)))
    return page(request, "casebook/members/case_figures.html", quarters=figures(dates.now()))


@require_POST
def case_figures_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a file. A line of the access log is written first."""
    user = signed_in(request)
    allow(sees_figures(user))
    eyes.note_export(by=user)
    header = [_("Fiscal year"), _("Quarter"), pgettext("figures", "Event"), _("By what"), _("Line"), _("Count")]
    content = exports.csv_bytes(header, rows_of(figures(dates.now())))
    return exports.download(content, name="jirei-suuji.csv", media_type=exports.CSV_TYPE)


def rows_of(found: list[Figures]) -> list[list[str | int]]:
    """One row a figure. A hidden one is empty: what it is exactly is not said, not even that it is small."""
    return [
        [each.quarter.year, each.quarter.number, table.event_label, table.label, line.label,
         "" if line.count is None else line.count]
        for each in found
        for table in each.tables
        for line in table.lines
    ]  # fmt: skip
