"""Back to the desk that receives what names no other: what every road there has in common."""

from __future__ import annotations

from cms import audit
from directory.actions.consultations import news, states
from directory.actions.consultations.ending import end_handing, end_hold
from directory.enums import HandingEvent
from directory.models import Consultation, ConsultationDesk, Message, User

GIVEN_BACK = HandingEvent.GIVEN_BACK  # the event of the note in the thread


def move_back(consultation: Consultation, desk: ConsultationDesk, *, by: User | None) -> Message:
    """That desk has it from now on, and hears of it. The caller holds the row, and has asked whether `by` may.

    What waits for the desk begins anew there, with that desk's time to answer; what waits for the person goes on
    waiting for them. A question to the person about another organisation is over, and so is what was asked of it.
    """
    before, was_held = consultation.desk.slug, end_hold(consultation, by=by)
    consultation.desk, consultation.counsellor, consultation.handed_from = desk, None, None
    consultation.same_person_as = None  # whom a desk takes for whom stays there
    if consultation.waits_for_desk:
        states.to_desk(consultation)
    else:
        consultation.save(update_fields=["desk", "counsellor", "handed_from", "same_person_as"])
    end_handing(consultation, by=by)
    Consultation.objects.filter(same_person_as=consultation).update(same_person_as=None)
    if was_held:
        states.note(consultation, "hold_over")
    note = states.note(consultation, GIVEN_BACK)
    audit.record("consultation.given_back", by=by, target=consultation, desk=before, to=desk.slug)
    news.arrived(consultation, again=note)
    return note
