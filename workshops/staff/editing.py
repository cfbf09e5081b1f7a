"""Write an event and its dates; look at the dates of a rule before they are saved."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from workshops.actions import events as actions
from workshops.actions.repeating import MOST_DATES, lay, occupied_dates
from workshops.models import Event, EventProse, Occurrence
from workshops.staff.asked import author, for_editors, hush, with_more_rows, with_page
from workshops.staff.dates import BaseOccurrenceFormSet, OccurrenceFormSet, rows_of, rows_of_plans
from workshops.staff.forms import EventForm
from workshops.staff.repetition import Looked, RepetitionForm

METHODS = ["GET", "HEAD", "POST"]
MORE = 5


class Sheet:
    """The three forms of the screen, as sent or as stored."""

    def __init__(self, request: HttpRequest, event: Event | None) -> None:
        self.request, self.event = request, event
        self.sent: Any = request.POST if request.method == "POST" else None
        if self.sent is not None and "more" in self.sent:
            self.sent = with_more_rows(self.sent, "dates", MORE)
        self.stored = event.recurrence if event else ""
        occurrences = list(event.occurrences.select_related("event")) if event else []
        self.by_pk = {occurrence.pk: occurrence for occurrence in occurrences}
        self.form = EventForm(self.sent, instance=event)
        self.dates: BaseOccurrenceFormSet = OccurrenceFormSet(self.sent, prefix="dates", initial=rows_of(occurrences))
        self.repetition = RepetitionForm(self.sent, stored=self.stored)
        self.looked: Looked | None = None

    @property
    def seen(self) -> str:
        """The rule whose dates the writer has in front of them, saved or not."""
        return self.looked.rule if self.looked else (self.sent or {}).get("repeat-seen", "")[:2000]

    def is_valid(self) -> bool:
        """Everything on it is."""
        return all([self.form.is_valid(), self.dates.is_valid(), self.repetition.is_valid()])

    def must_look(self, rule: str) -> bool:
        """Nobody saves dates of a rule that they have not seen."""
        asked = "look" in self.sent
        return bool(rule) and (asked or rule not in (self.stored, self.seen))

    def look(self, rule: str) -> None:
        """Lay the dates of the rule out as rows; nothing is saved."""
        laid = lay(
            plans=self.dates.plans(),
            rule=rule,
            before=[self.stored, self.seen],
            occupied=occupied_dates(self.by_pk.values()),
        )
        self.dates = OccurrenceFormSet(prefix="dates", initial=rows_of_plans(laid.plans))
        is_cut = len(laid.added) >= MOST_DATES - 1
        self.looked = Looked(rule, laid.added, laid.dropped, laid.kept, is_cut)

    def drawn(self) -> HttpResponse:
        """The screen with what was written."""
        bad = self.form.errors or self.repetition.errors or (self.dates.is_bound and not self.dates.is_valid())
        page = EventProse.objects.select_related("page").filter(event=self.event).first() if self.event else None
        rows = [(row, self.by_pk.get(_pk(row["pk"].value()))) for row in self.dates]
        context = {
            "form": self.form,
            "dates": self.dates,
            "rows": rows,
            "repetition": self.repetition,
            "looked": self.looked,
            "seen": self.seen,
            "event": self.event,
            "page": page.page if page else None,
            "has_errors": bool(bad),
        }
        return render(self.request, "workshops/staff/event_form.html", context, status=422 if bad else 200)


def _pk(value: Any) -> int:
    """The number somebody sent; 0 for none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def answered(request: HttpRequest, event: Event | None) -> HttpResponse:
    """The sheet; after saving, the way on."""
    sheet = Sheet(request, event)
    if request.method != "POST":
        return sheet.drawn()
    if "more" in sheet.sent:
        hush([sheet.form, sheet.dates, sheet.repetition])
        return drawn_without_errors(sheet)
    if not sheet.is_valid():
        return sheet.drawn()
    plans = sheet.dates.plans()
    rule = sheet.repetition.text(plans)
    if sheet.must_look(rule):
        sheet.look(rule)
        return sheet.drawn()
    if "look" in sheet.sent:
        sheet.repetition.add_error("every", _("Please choose how often."))
        return sheet.drawn()
    try:
        return saved(sheet, plans, rule)
    except (ValidationError, Occurrence.DoesNotExist) as error:
        sheet.form.take_errors(
            error if isinstance(error, ValidationError) else ValidationError({"": [_("Look again.")]})
        )
        return sheet.drawn()


def drawn_without_errors(sheet: Sheet) -> HttpResponse:
    """With more rows, everything else as it was typed."""
    answer = sheet.drawn()
    answer.status_code = 200
    return answer


def saved(sheet: Sheet, plans: list[actions.Plan], rule: str) -> HttpResponse:
    """Through the actions; then to the draft of the page, or back to the event. Raises ValidationError."""
    by, values = author(sheet.request), sheet.form.values() | {"recurrence": rule}
    if sheet.event:
        actions.change_event(event=sheet.event, by=by, plans=plans, **values)
        messages.success(sheet.request, _("The event is kept."))
        return redirect("event:edit", sheet.event.pk)
    event = actions.create_event(by=by, plans=plans, **values)
    page = actions.make_page(event=event, by=by)
    messages.success(sheet.request, _("The event is kept. This is the draft of its page: write the text and publish."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_http_methods(METHODS)
@for_editors
def add(request: HttpRequest) -> HttpResponse:
    """A new event; its draft page is opened next."""
    return answered(request, None)


@require_http_methods(METHODS)
@for_editors
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an event, its dates and seats."""
    return answered(request, get_object_or_404(with_page(), pk=pk))
