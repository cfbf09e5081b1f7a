"""The consultation itself: one thread between a person without an account and a desk."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.encryption import EncryptedJSONField, EncryptedTextField
from directory.enums import (
    CODE_STATES,
    DESK_STATES,
    DESKS_TURN,
    OPEN_CONSULTATIONS,
    Author,
    ConsultationOutcome,
    ConsultationState,
    HeardOf,
    LifeStage,
    Method,
    NoteKind,
    Route,
)
from directory.models.consultations.receptions import DeskSeat
from directory.models.desks import ConsultationDesk
from directory.roles import Permission, holds

State = ConsultationState
#: Mark of a consultation that no code opens any more.
SHUT = "shut:"


def new_number() -> str:
    """A random number like C-07714: says nothing about order or time."""
    return f"C-{secrets.randbelow(100_000):05d}"


def own_mark() -> str:
    """For what came by no form."""
    return secrets.token_hex(32)


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Questions about consultations."""

    def visible_to(self, user: Any) -> ConsultationQuerySet:
        """What the counsellors of a desk read: that of their own desk, and no other. is_superuser opens nothing.

        While a hand-over is under way (`handed_from`), the desk that handed on still reads, and writes no more.
        """
        desks = self.desks_of(user)
        return self.filter(Q(desk__in=desks) | Q(handed_from__in=desks), state__in=DESK_STATES)

    def kept_by(self, user: Any) -> ConsultationQuerySet:
        """Those that this person's desk has now: what may be answered, closed, handed on."""
        return self.filter(desk__in=self.desks_of(user), state__in=DESK_STATES)

    def held_for(self, user: Any) -> ConsultationQuerySet:
        """Deleted by the person, and kept for a reason that was said before: supervisors of that desk alone."""
        if not holds(user, Permission.CONSULTATIONS_SUPERVISE):
            return self.none()
        return self.filter(desk__in=self.desks_of(user), state=State.HELD)

    @staticmethod
    def desks_of(user: Any) -> models.QuerySet[Any, Any]:
        """Keys of the desks where this person sits."""
        if not holds(user, Permission.CONSULTATIONS_READ):
            return DeskSeat.objects.none().values("desk")
        return DeskSeat.objects.of(user).values("desk")

    def by_code(self, code_hash: str) -> ConsultationQuerySet:
        """The one this receipt code opens, or none: wrong, deleted and expired look the same."""
        return self.filter(code_hash=code_hash, state__in=CODE_STATES)

    def open(self) -> ConsultationQuerySet:
        """Not at its end."""
        return self.filter(state__in=OPEN_CONSULTATIONS)

    def desks_turn(self) -> ConsultationQuerySet:
        """Waiting for a word of the desk."""
        return self.filter(state__in=DESKS_TURN)

    def with_first_words(self) -> ConsultationQuerySet:
        """`first_words_id`: the key of the person's first message, for lists (opened one by one, never searched)."""
        first = Message.objects.filter(consultation=OuterRef("pk")).order_by("at", "pk")
        return self.annotate(first_words_id=Subquery(first.values("pk")[:1]))

    def still(self, pk: Any) -> Consultation | None:
        """The row, held until the end of the transaction, if it is one of these at this moment."""
        return self.filter(pk=pk).order_by().select_for_update(of=("self",)).first()


class Consultation(models.Model):
    """What a person brought to a desk. Everything they wrote is encrypted; codes stand in the clear."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=8, unique=True, default=new_number, editable=False)
    code_hash = models.CharField(max_length=80, unique=True)  # slow keyed hash of the receipt code, or SHUT + id
    form_hash = models.CharField(max_length=64, unique=True)  # the form that made it: sent twice, it is one
    desk = models.ForeignKey(ConsultationDesk, on_delete=models.PROTECT, related_name="consultations")
    handed_from = models.ForeignKey(
        ConsultationDesk, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # while both desks stand beside the person
    returns_to = models.ForeignKey(
        ConsultationDesk, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the receiving desk whose name stood on the form; none for what was keyed in
    is_undirected = models.BooleanField(_("left to us where it goes"), default=False)  # おまかせ
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)

    route = models.CharField(_("who comes with it"), max_length=2, choices=Route.choices, blank=True)
    method = models.CharField(_("how it came"), max_length=6, choices=Method.choices, default=Method.WEB)
    concerns = models.JSONField(_("concerns"), default=list, blank=True)  # codes of directory.Concern, the first counts
    life_stage = models.CharField(_("stage of life"), max_length=2, choices=LifeStage.choices, blank=True)
    heard_of = models.CharField(_("heard of us by"), max_length=2, choices=HeardOf.choices, blank=True)

    name = EncryptedTextField(_("what we may call you"), null=True)
    contact: Any = EncryptedJSONField(_("how you may be reached"), null=True)  # see models.consultations.contact

    is_urgent = models.BooleanField(_("urgent"), default=False)  # found by the word list, or marked by a person
    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("counsellor"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # keyed in by a counsellor: a call, a visit, a letter, a mail
    same_person_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(_("what came of it"), max_length=2, choices=ConsultationOutcome.choices, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)  # it is in the monthly tally

    received_at = models.DateTimeField(_("received"), default=dates.now)
    read_at = models.DateTimeField(null=True, blank=True)
    reply_by = models.DateTimeField(_("answer by"), null=True, blank=True)  # none while it is the person's turn
    answered_at = models.DateTimeField(null=True, blank=True)  # the first answer
    moved_at = models.DateTimeField(default=dates.now)  # the last message or change of state, of either side
    closed_at = models.DateTimeField(null=True, blank=True)
    erase_on = models.DateField(_("deleted on"), null=True, blank=True)  # none while the desk owes an answer
    warned_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering: ClassVar = ["-is_urgent", F("reply_by").asc(nulls_last=True), "received_at", "pk"]
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["desk", "state"], name="consultation_of_desk"),
            models.Index(fields=["erase_on"], name="consultation_erase_on"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="consultation_state_known"),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(closed_at__isnull=False), name="consultation_closed_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DESKS_TURN) | Q(erase_on__isnull=False), name="consultation_goes_some_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD) | Q(code_hash__startswith=SHUT), name="consultation_held_is_shut"
            ),
            models.CheckConstraint(
                condition=Q(handed_from__isnull=True) | ~Q(handed_from=F("desk")), name="consultation_two_desks"
            ),
        ]

    def __str__(self) -> str:
        return self.number  # never a word of the text: this lands in logs

    @property
    def is_open(self) -> bool:
        """Not at its end."""
        return self.state in OPEN_CONSULTATIONS

    @property
    def waits_for_desk(self) -> bool:
        """The desk's turn."""
        return self.state in DESKS_TURN

    @property
    def is_late(self) -> bool:
        """The time the desk had promised is over."""
        return self.waits_for_desk and self.reply_by is not None and self.reply_by < dates.now()

    @property
    def days_left(self) -> int | None:
        """Until it is deleted (days, JST); None while it stays."""
        return None if self.erase_on is None else (self.erase_on - dates.today()).days


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about messages."""

    def visible_to(self, user: Any) -> MessageQuerySet:
        """Those of consultations this person may read."""
        return self.filter(consultation__in=Consultation.objects.visible_to(user))


class Message(models.Model):
    """One piece of the thread: the person's, the desk's, or a note of what happened (a code)."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="messages")
    author = models.CharField(max_length=6, choices=Author.choices, default=Author.PERSON)
    desk = models.ForeignKey(ConsultationDesk, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # never shown to the person: the desk answers
    text = EncryptedTextField(_("text"), null=True)
    event = models.CharField(max_length=20, blank=True)  # of notes: what happened
    at = models.DateTimeField(default=dates.now)
    form_hash = models.CharField(max_length=64, unique=True, default=own_mark)  # sent twice, it is one

    wagtail_reference_index_ignore = True

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar = ["at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(author=Author.NOTE, text__isnull=True) | (~Q(author=Author.NOTE) & Q(text__isnull=False)),
                name="message_has_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DeskNote(models.Model):
    """What the counsellors of a desk write for themselves: a thought, or a contact outside. The person never reads it.

    Belongs to the desk that wrote it: after a hand-over the next desk does not read it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="notes")
    desk = models.ForeignKey(ConsultationDesk, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(_("what it was"), max_length=6, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = EncryptedTextField(_("text"))
    at = models.DateTimeField(default=dates.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("note of a desk")
        verbose_name_plural = _("notes of a desk")
        ordering: ClassVar = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class ConsultVisit(models.Model):
    """Sixty minutes of one browser: what was begun, the code while it is shown, the thread that was opened.

    Known to the browser by a random cookie, here by its keyed hash. The quick exit deletes it.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    draft: Any = EncryptedJSONField(null=True)
    code = EncryptedTextField(null=True)  # shown on the page after sending until the visit ends
    consultation = models.ForeignKey(Consultation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=dates.now)
    expires_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("visit to the writing desk")
        verbose_name_plural = _("visits to the writing desk")
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
