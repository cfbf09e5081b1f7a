"""One consultation: what the person wrote, what the desk answered, the notes of the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from directory.actions.consultations import news, receiving, states
from directory.enums import CHOSEN_OUTCOMES
from directory.members.consultations.finding import find, signed_in
from directory.members.consultations.forms import AnswerForm, NoteForm, SamePersonForm
from directory.models import Consultation
from directory.permissions import can, supervises
from directory.queries.consultations import people_at
from directory.queries.consultations.handing_on import handing_of
from directory.queries.consultations.thread import readers_of, thread_of
from directory.roles import Permission

WRONG = 422


@sensitive_variables()
@require_safe
def consultation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`consultations/<id>/`. Opening it writes a line of the trail, and tells the person that it was read."""
    return drawn(request, find(request, pk))


@sensitive_variables()
def drawn(request: HttpRequest, found: Consultation, **forms: Any) -> HttpResponse:
    """The page with the forms as they stand (`answer`, `note`, `same`). Whoever gets it has read it: noted each time."""
    user = signed_in(request)
    try:
        receiving.read(by=user, consultation=found)
    except states.TooLate:  # deleted at this moment
        raise Http404 from None
    news.looked_at(found, by=user)
    fresh = find(request, found.pk)
    thread = thread_of(user, fresh)
    context = {
        "consultation": fresh,
        "thread": thread,
        "people": thread.people,
        "outcomes": CHOSEN_OUTCOMES,
        "answer": (forms.get("answer") or AnswerForm()).before(thread.last_seen),
        "note": forms.get("note") or NoteForm(),
        "handing": handing_of(user, fresh),
        "may_write_cases": can(user, Permission.CASES_WRITE),
        "same": forms.get("same") or SamePersonForm(user=user, consultation=fresh, initial=_same(thread.same)),
    }
    status = WRONG if any(form.errors for form in forms.values()) else 200
    return render(request, "directory/members/consultation.html", context, status=status)


def _same(other: Consultation | None) -> dict[str, str]:
    return {"number": other.number} if other else {}


@require_safe
def readers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`consultations/<id>/readers/`: the supervisor sees who opened it and when. No word of it stands there."""
    found = find(request, pk)
    if not supervises(signed_in(request), found.desk):
        raise Http404
    context = {"consultation": found, "people": people_at(found.desk), "acts": readers_of(found)}
    return render(request, "directory/members/consultation_readers.html", context)
