"""The day itself, on a telephone at the door. Every button is a form: it works without JavaScript, and twice."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.dates import today
from cms.text.folding import hiragana, plain, squeeze
from workshops import keys
from workshops.actions import checkin, passes
from workshops.actions.capacity import CalledOff, Full
from workshops.actions.registrations import KEPT_FOR, Closed
from workshops.enums import Origin
from workshops.members.forms import MORE, ArrivedForm, FindForm, WalkInForm
from workshops.members.receiving import actor, for_those_who_receive, occurrence_or_404, people_of
from workshops.models import PARTY_LIMIT, Occurrence, Registration
from workshops.queries.results import arrivals

#: Empty lines on the paper sheet, for those who come without having registered.
EMPTY_LINES = 8


@dataclass(frozen=True)
class Guest:
    """A registration at the door, and the numbers one may choose from."""

    row: Registration

    @property
    def numbers(self) -> range:
        """1 … a few more than announced."""
        return range(1, min(self.row.party_size + MORE, PARTY_LIMIT) + 1)

    @property
    def came_without(self) -> bool:
        """Nobody had registered them."""
        return self.row.origin == Origin.WALK_IN


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_receive
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/events/dates/<id>/`: who has not come yet, who has. What is looked for is posted: it may be a name."""
    occurrence = occurrence_or_404(request, pk)
    form = FindForm(request.POST if request.method == "POST" else None)
    sought = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    rows = people_of(request, occurrence)
    shown = found(rows, sought) if sought else rows
    context = {
        "occurrence": occurrence,
        "event": occurrence.event,
        "find": form,
        "sought": sought,
        "counts": arrivals(rows),
        "receives": checkin.receives(occurrence),
        "early": occurrence.starts_on > today(),
        "erased_on": occurrence.ends_on + KEPT_FOR,
        **lists_of(shown, sought=bool(sought)),
    }
    return render(request, "workshops/members/check_in.html", context)


def lists_of(rows: Sequence[Registration], *, sought: bool) -> dict[str, list[Guest]]:
    """Not yet, by name; came, the last first; waiting in their order; and only when looked for, those without a seat."""
    to_come = sorted((row for row in rows if row.is_active and not row.checked_in_at), key=lambda row: folded(row.name))
    came = [row for row in rows if row.checked_in_at]
    waiting = sorted((row for row in rows if row.is_waiting), key=lambda row: (row.way, row.queue_number or 0))
    others = [row for row in rows if not row.is_open and not row.checked_in_at] if sought else []
    return {
        "to_come": [Guest(row) for row in to_come],
        "came": [Guest(row) for row in sorted(came, key=lambda row: row.checked_in_at or 0, reverse=True)],  # type: ignore[arg-type,return-value]
        "waiting": [Guest(row) for row in waiting],
        "others": [Guest(row) for row in others],
    }


def folded(name: str) -> str:
    """For finding and ordering: width, case, kana and blanks do not matter."""
    return hiragana(squeeze(plain(name))).casefold()


def found(rows: Sequence[Registration], sought: str) -> list[Registration]:
    """By the code, whole; else by a part of any name in the party."""
    hashed, part = keys.code_hash(sought), folded(sought)
    by_code = [row for row in rows if row.code_hash == hashed]
    return by_code or [row for row in rows if any(part in folded(name) for name in row.people if name)]


@require_POST
@for_those_who_receive
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """A party stands there. Those who hold no seat are let in; past the capacity only when that was said."""
    occurrence = occurrence_or_404(request, pk)
    form = ArrivedForm(request.POST)
    registration = sent_registration(request, occurrence, form)
    people = form.cleaned_data.get("people")
    try:
        if registration.is_active:
            done = checkin.arrive(registration=registration, by=actor(request), people=people)
        else:
            beyond = form.cleaned_data.get("beyond", False)
            done = checkin.let_in(registration=registration, by=actor(request), people=people, beyond=beyond)
    except checkin.NotTheDay:
        messages.error(request, _("People are received from the day itself on."))
    except (Full, checkin.HoldsNoSeat):
        return no_seat(request, registration)
    else:
        if done:
            messages.success(request, came_words(registration.attended or 0))
    return redirect("members:check_in", pk=occurrence.pk)


def came_words(people: int) -> str:
    """What is said after a tap. No name: this sentence is kept with the session until it is shown."""
    return ngettext("%(number)d person is in.", "%(number)d people are in.", people) % {"number": people}


def no_seat(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Full: whoever stands at the door decides, by one more button."""
    occurrence = Occurrence.objects.select_related("event__host").get(pk=registration.occurrence_id)
    registration.refresh_from_db()
    registration.occurrence = occurrence
    context = {
        "occurrence": occurrence,
        "event": occurrence.event,
        "guest": Guest(registration),
        "part": occurrence.part(registration.way),
        "erased_on": occurrence.ends_on + KEPT_FOR,
        "full": True,
    }
    return render(request, "workshops/members/check_in_one.html", context, status=409)


def sent_registration(request: HttpRequest, occurrence: Occurrence, form: ArrivedForm) -> Registration:
    """The registration a button names, of this day and this host's; else 404, whatever else is wrong."""
    if not form.is_valid():
        raise Http404
    mine = Registration.objects.visible_to(request.user).filter(occurrence=occurrence)
    registration = get_object_or_404(mine, pk=form.cleaned_data["registration"])
    registration.occurrence = occurrence
    return registration


@require_POST
@for_those_who_receive
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """A tap too many."""
    occurrence = occurrence_or_404(request, pk)
    registration = sent_registration(request, occurrence, ArrivedForm(request.POST))
    try:
        if checkin.undo(registration=registration, by=actor(request)):
            messages.success(request, _("Taken back."))
    except checkin.NotTheDay:
        messages.error(request, _("This day can no longer be changed."))
    return redirect("members:check_in", pk=occurrence.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_receive
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """`…/walk-in/`: somebody came without registering."""
    occurrence = occurrence_or_404(request, pk)
    if request.method == "POST":
        return walked_in(request, occurrence)
    form = WalkInForm(event=occurrence.event, initial={"key": secrets.token_urlsafe(24)})
    return walk_in_page(request, occurrence, form)


def walk_in_page(
    request: HttpRequest, occurrence: Occurrence, form: WalkInForm, *, full: Full | None = None
) -> HttpResponse:
    """The form; when full, with the question whether to let them in all the same."""
    context = {
        "occurrence": occurrence,
        "event": occurrence.event,
        "form": form,
        "full": full,
        "receives": checkin.receives(occurrence),
        "erased_on": occurrence.ends_on + KEPT_FOR,
    }
    status = 409 if full else 422 if form.errors else 200
    return render(request, "workshops/members/walk_in.html", context, status=status)


def walked_in(request: HttpRequest, occurrence: Occurrence) -> HttpResponse:
    """Take the sent form; the same form twice is one party."""
    form = WalkInForm(request.POST, event=occurrence.event)
    if not form.is_valid():
        return walk_in_page(request, occurrence, form)
    data = form.cleaned_data
    try:
        checkin.walk_in(
            occurrence=occurrence,
            key=f"door:{request.user.pk}:{data['key'] or secrets.token_urlsafe(24)}",
            by=actor(request),
            name=data["name"],
            people=data["people"],
            way=data.get("way", ""),
            beyond=data["beyond"],
        )
    except Full as full:
        occurrence.refresh_from_db()
        return walk_in_page(request, occurrence, form, full=full)
    except (checkin.NotTheDay, Closed, CalledOff):
        form.add_error(None, _("People are received from the day itself on."))
        return walk_in_page(request, occurrence, form)
    messages.success(request, came_words(data["people"]))
    return redirect("members:check_in", pk=occurrence.pk)


@require_safe
@for_those_who_receive
def scanned(request: HttpRequest, mark: str) -> HttpResponse:
    """`/members/events/checkin/<mark>/`: what the QR code of a registrant opens, for the host and the office alone."""
    pk = passes.registration_of(mark)
    mine = Registration.objects.visible_to(request.user).select_related("occurrence__event__host")
    registration = mine.filter(pk=pk).first() if pk else None
    if registration is None:
        raise Http404
    occurrence = registration.occurrence
    context = {
        "occurrence": occurrence,
        "event": occurrence.event,
        "guest": Guest(registration),
        "part": occurrence.part(registration.way),
        "receives": checkin.receives(occurrence),
        "early": occurrence.starts_on > today(),
        "erased_on": occurrence.ends_on + KEPT_FOR,
    }
    return render(request, "workshops/members/check_in_one.html", context)


@require_safe
@for_those_who_receive
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """`…/sheet/`: the list on paper: names as given, people, what to make ready; no way to reach anybody."""
    occurrence = occurrence_or_404(request, pk)
    rows = [row for row in people_of(request, occurrence) if row.is_active]
    context = {
        "occurrence": occurrence,
        "event": occurrence.event,
        "rows": sorted(rows, key=lambda row: folded(row.name)),
        "empty": range(EMPTY_LINES),
        "erased_on": occurrence.ends_on + KEPT_FOR,
    }
    return render(request, "workshops/members/sheet.html", context)
