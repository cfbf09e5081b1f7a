"""`/members/tally/`: what an organisation counts for a month. Codes and numbers, no words about anybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from cms import dates, exports
from cms.importing.tables import Refusal
from cms.once import once
from directory.actions.consultations import tallies
from directory.members.people import signed_in
from directory.members.tally_forms import HEADINGS, HeardForm, TableForm, fresh, lines_of, read_table, with_more
from directory.members.tally_forms import Lines as LineForms
from directory.models import Organization, User
from directory.permissions import can
from directory.queries.consultations import tallies as months
from directory.queries.consultations.tallies import Line, Sheet
from directory.roles import Permission

MONTHS_LISTED = 13


class MonthConverter:
    """A month in an address: 2026-10."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> dt.date:
        """Its first day."""
        return dt.date.fromisoformat(f"{value}-01")

    def to_url(self, value: dt.date) -> str:
        """As it is written."""
        return f"{value:%Y-%m}"


def keeper(request: HttpRequest) -> tuple[User, Organization]:
    """Whoever keeps the tally of the own organisation."""
    user = signed_in(request)
    if not can(user, Permission.TALLY_OWN) or user.organization is None:
        raise PermissionDenied
    return user, user.organization


@require_safe
def tally(request: HttpRequest) -> HttpResponse:
    """The own months: which may be filled in, which are published."""
    _user, organization = keeper(request)
    first, today = months.first_of(dates.today()), dates.today()
    listed = [months.after(first, -back) for back in range(MONTHS_LISTED)]
    rows = months.months_of([organization], listed, today)[0]
    context = {"organization": organization, "rows": rows, "open": [row for row in rows if row.is_open]}
    return render(request, "directory/members/tally.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def tally_month(request: HttpRequest, month: dt.date) -> HttpResponse:
    """One month of the own organisation: rows, save, hand in."""
    user, organization = keeper(request)
    return Page(request, user, organization, month, back=reverse("members:tally")).answer()


@require_safe
def tally_csv(request: HttpRequest, month: dt.date) -> HttpResponse:
    """The rows as they stand, with the headings: to fill in elsewhere and bring back."""
    _user, organization = keeper(request)
    begun(month)
    rows = table_rows(months.sheet(organization, month).lines, months.choices(months.concern_names()))
    content = exports.csv_bytes([str(words) for words in HEADINGS.values()], rows)
    return exports.download(content, name=f"tally-{month:%Y-%m}.csv", media_type=exports.CSV_TYPE)


def table_rows(lines: tuple[Line, ...], words: dict[str, dict[str, str]]) -> list[list[str | int]]:
    """Lines in the words of the form."""
    return [
        [*(words[name].get(code, "") for name, code in zip(months.CODES, line.codes, strict=True)), line.count]
        for line in lines
    ]


def begun(month: dt.date) -> None:
    """A month that has not begun is not there."""
    if month > dates.today():
        raise Http404


@dataclass
class Page:
    """One month of one organisation, for its own people and for the secretariat."""

    request: HttpRequest
    by: User
    organization: Organization
    month: dt.date
    back: str

    def answer(self) -> HttpResponse:
        """Show it; on POST save, hand in, give more rows, or read a table into the form."""
        begun(self.month)
        self.words = months.choices(months.concern_names())
        self.sheet: Sheet = months.sheet(self.organization, self.month)
        self.is_open = months.is_open(self.month, dates.today())
        if self.request.method != "POST":
            return self.drawn(fresh(self.offered(), self.words), HeardForm(initial=self.sheet.heard))
        if not self.is_open:
            return self.closed()
        if "read" in self.request.POST:
            return self.brought()
        if "more" in self.request.POST:
            heard = HeardForm(initial=self.raw_heard())
            return self.drawn(with_more(self.request.POST, self.words), heard)
        return self.saved()

    def offered(self) -> list[Line]:
        """What is entered; on the wish of the person also last month's combinations, without numbers."""
        lines = list(self.sheet.lines)
        if self.request.GET.get("start") == "last":
            there = {line.codes for line in lines}
            earlier = months.sheet(self.organization, months.after(self.month, -1)).lines
            lines += [Line(line.codes) for line in earlier if line.codes not in there]
        return lines

    def raw_heard(self) -> dict[str, str]:
        """What was typed about how people heard of us."""
        return {code: self.request.POST.get(f"heard-{code}", "") for code in months.HEARD}

    def saved(self) -> HttpResponse:
        """Save, and hand in where that was pressed."""
        rows = LineForms(self.request.POST, form_kwargs={"words": self.words})
        heard = HeardForm(self.request.POST)
        if not (rows.is_valid() and heard.is_valid()):
            return self.drawn(rows, heard, status=422)
        about: dict[str, Any] = {"by": self.by, "organization": self.organization, "month": self.month}
        try:
            tallies.enter(
                **about,
                lines=[form.line for form in rows.forms],
                heard=heard.counts,
                seen=self.request.POST.get("seen", ""),
            )
            if "hand_in" in self.request.POST:
                tallies.hand_in(**about)
        except tallies.MonthIsClosed:
            return self.closed()
        except tallies.Changed:
            self.sheet = months.sheet(self.organization, self.month)
            return self.drawn(rows, heard, changed=True, status=409)
        except tallies.NotOverYet:
            raise PermissionDenied from None
        handed = "hand_in" in self.request.POST
        messages.success(self.request, _("The month is handed in. Thank you.") if handed else _("The month is saved."))
        return redirect(self.request.path)

    def closed(self) -> HttpResponse:
        """Too late for this month: where it can go instead stands on the page."""
        messages.warning(self.request, _("This month is closed. Nothing was changed."))
        return redirect(self.request.path)

    @sensitive_variables()
    def brought(self) -> HttpResponse:
        """A table is read into the form: one bad row, and none of it. Nothing is saved before the person has looked."""
        table = TableForm(self.request.POST, self.request.FILES)
        listing = read_table(table, self.words) if table.is_valid() else None
        heard = HeardForm(initial=self.sheet.heard)
        if listing is None or listing.refusals:
            refusals = listing.refusals if listing else ()
            return self.drawn(fresh(self.sheet.lines, self.words), heard, table=table, refusals=refusals, status=422)
        lines = months.merged(lines_of(listing))
        return self.drawn(fresh(lines, self.words, extra=0), heard, brought=len(lines))

    def drawn(
        self,
        rows: Any,
        heard: HeardForm,
        *,
        table: TableForm | None = None,
        refusals: tuple[Refusal, ...] = (),
        brought: int | None = None,
        changed: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """The page. `seen` is what was there when it was drawn: after a colleague's change the next save is meant."""
        over = months.is_over(self.month, dates.today())
        context = {
            "sheet": self.sheet, "label": months.label(self.month), "back": self.back, "organization": self.organization,
            "own": self.organization.pk == self.by.organization_id, "is_open": self.is_open, "is_over": over,
            "until": dates.japanese_date(months.last_day_to_mend(self.month)), "month": self.month,
            "running": months.first_of(dates.today()), "rows": rows, "heard": heard, "table": table or TableForm(),
            "refusals": refusals, "brought": brought, "changed": changed, "headings": HEADINGS.values(),
            "counted": table_rows(self.sheet.counted, self.words) if over else [], "entered": table_rows(self.sheet.lines, self.words),
            "counted_sum": sum(line.count for line in self.sheet.counted), "heard_counted": sum(self.sheet.heard_counted.values()),
            "failed": [number for number, form in enumerate(rows.forms, start=1) if rows.is_bound and form.errors],
            "started": self.request.GET.get("start") == "last",
        }  # fmt: skip
        return render(self.request, "directory/members/tally_month.html", context, status=status)
