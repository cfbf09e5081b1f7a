"""One date of an event: put off, called off, held after all. Each asks once more and says what mails go out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from workshops.actions import events as actions
from workshops.enums import OPEN
from workshops.models import Occurrence
from workshops.staff.asked import author, for_editors, with_page


@dataclass(frozen=True)
class Verb:
    """What is done to a date, and the words for it."""

    do: Callable[..., None]
    question: str | Promise
    what: str | Promise
    button: str | Promise
    done: str | Promise
    mails: bool = True


VERBS = {
    "put-off": Verb(
        actions.put_off,
        _("Put this date off?"),
        _("The page says “put off”. Seats and the waiting list stay. Write the new day later; then it takes place."),
        _("Put it off"),
        _("The date is put off. Write the new day as soon as it is known."),
    ),
    "call-off": Verb(
        actions.call_off_date,
        _("Call this one date off?"),
        _("Only this date does not take place. The others do, and the page says so."),
        _("Call this date off"),
        _("The date is called off. The others take place."),
    ),
    "hold": Verb(
        actions.hold_date_after_all,
        _("Hold this date after all?"),
        _("It takes place again at the time that stands here. Nobody is told by mail: please tell those who come."),
        _("Hold it after all"),
        _("The date takes place after all."),
        mails=False,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def change(request: HttpRequest, pk: int, date: int, verb: str) -> HttpResponse:
    """`/admin/events/<event>/dates/<date>/<verb>/`"""
    if verb not in VERBS:
        raise Http404
    event = get_object_or_404(with_page(), pk=pk)
    occurrence = get_object_or_404(Occurrence.objects.select_related("event"), pk=date, event=event)
    chosen = VERBS[verb]
    if request.method == "POST":
        chosen.do(occurrence=occurrence, by=author(request))
        messages.success(request, str(chosen.done))
        return redirect("event:edit", event.pk)
    context: dict[str, Any] = {"event": event, "occurrence": occurrence, "verb": chosen, **told(occurrence)}
    return render(request, "workshops/staff/date_change.html", context)


def told(occurrence: Occurrence) -> dict[str, int]:
    """How many parties are registered or wait, and how many of them left an address. Nobody by name."""
    parties = occurrence.registrations.filter(state__in=OPEN)
    return {"parties": parties.count(), "mails": parties.exclude(email_hash="").count()}
