"""What hand-overs have to know of consultations: who may know of one, who moves it, whom to tell, where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.actions import handover_news
from directory.actions.consultations import handing_on
from directory.actions.notifications import Kind, register_kind
from directory.enums import Side
from directory.models import Consultation, Handover, Notification, User
from directory.models.handovers import Subject
from directory.permissions import sits_at
from directory.queries.consultations import handing_on as questions
from directory.queries.consultations import people_at
from directory.roles import Permission

ANSWERS = {
    "agreed": _("%(number)s: the person agrees to being handed on. The other desk is asked."),
    "refused": _("%(number)s: the person would rather stay with you."),
    "nobody": _("%(number)s: the person agrees, but nobody at the other desk can take it just now."),
}


def may_see(user: Any) -> Any:
    """Keys, to be nested: those of the two desks, and of nobody else in the two organisations."""
    return questions.of_what_is_seen(user).order_by().values("pk")


def may_act(user: Any, handover: Handover, side: str) -> bool:
    """Whoever sits at the desk of that side. Without the person's yes nobody."""
    consent = questions.consent_of(handover)
    if consent is None:
        return False
    return sits_at(user, consent.from_desk if side == Side.ASKING else consent.to_desk)


def people(handover: Handover) -> list[User]:
    """Everybody who sits at the desk that is asked."""
    consent = questions.consent_of(handover)
    return people_at(consent.to_desk) if consent else []


def path(key: UUID) -> str:
    """For the desk that is asked, what it may know; for whoever reads it already, the consultation."""
    return reverse("members:consultation_handing", args=[key])


def seen(user: Any, targets: Sequence[str]) -> dict[str, Any]:
    """Those this person's desk has now, by number."""
    found = Consultation.objects.kept_by(user).filter(pk__in=[UUID(target) for target in targets])
    return {str(pk): {"number": number} for pk, number in found.order_by().values_list("pk", "number")}


def answer_sentence(row: Notification) -> str:
    """What the person said to the question, in one line."""
    return str(ANSWERS[row.codes["what"]]) % {"number": row.thing["number"]}


def back_sentence(row: Notification) -> str:
    """It is with the desk."""
    return str(_("%(number)s: it has come to your desk from another one.")) % {"number": row.thing["number"]}


def thread(row: Notification) -> str:
    """The consultation."""
    return reverse("members:consultation", args=[row.target])


def register() -> None:
    """Consultations can be handed on."""
    handover_news.register(
        Subject(
            kind=questions.KIND,
            may_see=may_see,
            may_act=may_act,
            people=people,
            numbers=questions.numbers,
            path=path,
            label=pgettext_lazy("preferences", "Hand-overs of consultations"),
            permission=Permission.CONSULTATIONS_READ,
            above=questions.above,
        )
    )
    for name, label, sentence in (
        (handing_on.CONSENT, _("Answers to the question about handing on"), answer_sentence),
        (handing_on.BACK, _("Consultations that come from another desk"), back_sentence),
    ):
        register_kind(
            Kind(
                name=name,
                label=label,
                sees=seen,
                sentence=sentence,
                path=thread,
                sensitive=True,
                thing=questions.KIND,
                permission=Permission.CONSULTATIONS_READ,
            )
        )
