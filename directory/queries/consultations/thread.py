"""One consultation as the counsellors of a desk read it: what was said, the notes of the desk, who is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms import dates
from cms.models import AuditEvent
from directory.enums import Author, ConsultationState, HandingEvent
from directory.models import Concern, Consultation, ConsultationDesk, DeskNote, Message, ReadyText, User
from directory.models.consultations.contact import Contact
from directory.permissions import sits_at, supervises
from directory.queries.consultations import clock, people_at
from directory.queries.consultations.inbox import chips_of

#: What happened, in words. Codes that are not here are told by the page in general words.
EVENTS: dict[str, str | Promise] = {
    "contacted": pgettext_lazy("event", "The desk has been in touch with them."),
    "closed": pgettext_lazy("event", "It came to an end."),
    "taken_back": pgettext_lazy("event", "The person took it back."),
    "closed_silent": pgettext_lazy("event", "No further word came, so it came to an end."),
    "ends_soon": pgettext_lazy("event", "Both sides were told that it soon goes."),
    "held": pgettext_lazy("event", "The desk has to keep it for a while."),
    "hold_over": pgettext_lazy("event", "Nothing has to be kept any more."),
    **dict(HandingEvent.choices),
}
SOMETHING = _("Something changed.")


@dataclass
class Said:
    """A piece of the thread. `own`: the desk that reads has written it; then `by` is told, otherwise the desk alone."""

    message: Message
    own: bool
    event: str | Promise = ""


@dataclass
class Thread:
    """What the page of a consultation shows to one counsellor."""

    consultation: Consultation
    contact: Contact
    due: clock.Due | None
    not_now: str
    may_write: bool  # this person's desk has it; False: it was handed on, they read along
    is_supervisor: bool
    is_mine: bool
    holder: User | None  # who has it, while they sit there
    said: list[Said] = field(default_factory=list)
    notes: list[DeskNote] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    ready: list[ReadyText] = field(default_factory=list)
    concerns: list[str] = field(default_factory=list)
    chips: list[tuple[str, str]] = field(default_factory=list)
    same: Consultation | None = None

    @property
    def last_seen(self) -> int:
        """The newest piece that stands on the page (see receiving.answer)."""
        return max((each.message.pk for each in self.said), default=0)

    @property
    def may_answer(self) -> bool:
        """A word to the person is possible: it is open, or closed and may go on."""
        return self.may_write and self.consultation.state != ConsultationState.SPAM

    @property
    def may_assign(self) -> bool:
        """It is theirs or nobody's; the supervisor always."""
        return self.may_write and self.consultation.is_open and (self.is_supervisor or self.is_mine or not self.holder)


def thread_of(user: User, consultation: Consultation) -> Thread:
    """Everything for the page. The consultation must be one that this person may see."""
    now, contact = dates.now(), Contact.read(consultation.contact)
    may_write = sits_at(user, consultation.desk)
    people = people_at(consultation.desk)
    holder = next((each for each in people if each == consultation.counsellor), None)
    other = consultation.same_person_as
    same = Consultation.objects.visible_to(user).filter(pk=other.pk).first() if other else None
    return Thread(
        consultation=consultation,
        contact=contact,
        due=clock.due(consultation, now),
        not_now=clock.not_now(contact, now) if consultation.is_open else "",
        may_write=may_write,
        is_supervisor=supervises(user, consultation.desk),
        is_mine=holder == user,
        holder=holder,
        said=list(said_in(user, consultation)),
        notes=list(notes_for(user, consultation)),
        people=people,
        ready=list(ReadyText.objects.filter(desk=consultation.desk)) if may_write else [],
        concerns=names_of_concerns(consultation.concerns),
        chips=chips_of(contact),
        same=same,
    )


def said_in(user: User, consultation: Consultation) -> Iterable[Said]:
    """The thread in its order. Whom another desk had there is that desk's affair: its name stands alone."""
    mine = set(Consultation.objects.desks_of(user).values_list("desk", flat=True))
    for message in consultation.messages.select_related("by", "desk"):
        event = EVENTS.get(message.event, SOMETHING) if message.author == Author.NOTE else ""
        yield Said(message, message.desk_id in mine, event)


def notes_for(user: User, consultation: Consultation) -> Iterable[DeskNote]:
    """The notes of this person's own desks: another desk's stay there."""
    return consultation.notes.filter(desk__in=Consultation.objects.desks_of(user)).select_related("by")


def names_of_concerns(codes: list[str]) -> list[str]:
    """In the order in which they were chosen."""
    if not codes:
        return []
    names = dict(Concern.objects.filter(code__in=codes).values_list("code", "name"))
    return [names[code] for code in codes if code in names]


@dataclass(frozen=True)
class Act:
    """Somebody did something at a moment; never a word of a text. Of another desk's people the desk alone is named."""

    at: Any
    name: str
    action: str


def readers_of(consultation: Consultation) -> list[Act]:
    """Who opened it at the desk that has it, and when, from the audit trail; the last one first.

    Whom another desk had there is that desk's affair: its name stands in their place.
    """
    target = f"{consultation._meta.label_lower}:{consultation.pk}"
    rows = list(AuditEvent.objects.filter(target=target, action="consultation.read").order_by("-pk"))
    own = [row for row in rows if row.codes.get("at") == consultation.desk_id]
    people = User.objects.filter(pk__in={int(row.actor) for row in own if row.actor.isdecimal()})
    names = {str(pk): name for pk, name in people.values_list("pk", "name")}
    elsewhere = {row.codes.get("at") for row in rows} - {consultation.desk_id, None}
    desks = dict(ConsultationDesk.objects.filter(pk__in=elsewhere).values_list("pk", "name"))
    there = {row.pk: names.get(row.actor, "") for row in own}
    return [Act(row.at, there.get(row.pk) or desks.get(row.codes.get("at"), ""), row.action) for row in rows]
