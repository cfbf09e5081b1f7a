"""Entering somebody who telephoned, came to the counter or wrote."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from workshops.actions import registrations as actions
from workshops.actions import waiting
from workshops.actions.capacity import CalledOff, Full
from workshops.actions.registrations import KEPT_FOR, AlreadyRegistered, Closed, Receipt
from workshops.enums import Origin
from workshops.members.entry_forms import EntryForm
from workshops.members.office import for_the_office
from workshops.members.receiving import actor
from workshops.models import Event, Occurrence


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
@never_cache
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/events/<id>/enter/`: one form for telephone, counter, letter; then the code to read out."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("host"), pk=pk)
    coming = event.occurrences.scheduled().upcoming().select_related("event")  # type: ignore[attr-defined]
    occurrences = [each for each in coming if actions.may_still_be_entered(each)]
    if request.method == "POST":
        return entered(request, event, occurrences)
    first = {"key": secrets.token_urlsafe(24), "origin": Origin.PHONE, "occurrence": request.GET.get("day")}
    return drawn(request, event, occurrences, EntryForm(event=event, occurrences=occurrences, initial=first))


def drawn(request: HttpRequest, event: Event, occurrences: list[Occurrence], form: EntryForm) -> HttpResponse:
    """The form."""
    last = max((each.ends_on for each in occurrences), default=None)
    context = {"event": event, "form": form, "occurrences": occurrences, "erased_on": last and last + KEPT_FOR}
    return render(request, "workshops/members/office_entry.html", context, status=422 if form.errors else 200)


def entered(request: HttpRequest, event: Event, occurrences: list[Occurrence]) -> HttpResponse:
    """Take the sent form; the same form twice is one registration."""
    form = EntryForm(request.POST, event=event, occurrences=occurrences)
    if not form.is_valid():
        return drawn(request, event, occurrences, form)
    data = form.cleaned_data
    try:
        receipt = actions.register(
            occurrence=data["occurrence"],
            party=form.party(),
            key=f"office:{request.user.pk}:{data['key'] or secrets.token_urlsafe(24)}",
            by=actor(request),
            or_wait=data["or_wait"],
            origin=data["origin"],
        )
    except AlreadyRegistered as before:
        return done(request, event, before.receipt)
    except Full as full:
        form.add_error("people", no_room(full.left, event))
    except (CalledOff, Closed):
        form.add_error("occurrence", _("Nobody can be entered for this day any more."))
    else:
        return done(request, event, receipt)
    return drawn(request, event, occurrences, form)


def no_room(left: int, event: Event) -> str:
    """Why not, and what can be done about it."""
    words = ngettext(
        "Only %(left)d %(unit)s left. Let more in on the list of registrations, or use the waiting list.",
        "Only %(left)d %(unit)s left. Let more in on the list of registrations, or use the waiting list.",
        left,
    )
    full = _("Full. Let more in on the list of registrations, or use the waiting list.")
    return words % {"left": left, "unit": event.get_unit_display()} if left else full


def done(request: HttpRequest, event: Event, receipt: Receipt) -> HttpResponse:
    """What came of it, and the code, shown once: to be read out or written on a note."""
    registration = receipt.registration
    context = {
        "event": event,
        "receipt": receipt,
        "registration": registration,
        "place": waiting.place_of(registration) if registration.is_waiting else None,
        "erased_on": registration.erase_on,
    }
    return render(request, "workshops/members/office_entered.html", context)
