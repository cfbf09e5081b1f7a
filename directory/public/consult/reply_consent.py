"""`/consult/reply/handover/<pk>/`: whether another organisation may take over; and taking that word back."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from directory.actions.consultations import handing_on, states
from directory.public.consult import reply_door as door

YES, NO, BACK = "yes", "no", "back"


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def consult_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the answer. One that comes too late changes nothing: the room shows how it stands."""
    consultation = door.inside(request)
    if consultation is None:
        return door.to_the_room()
    question = get_object_or_404(consultation.consent_questions, pk=pk)
    answer = request.POST.get("answer")
    with suppress(states.TooLate):
        if answer in (YES, NO):
            handing_on.answer_question(question=question, agrees=answer == YES)
        elif answer == BACK:
            handing_on.object_to(consultation=consultation)
    return door.to_the_room()
