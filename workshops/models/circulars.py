"""Circulars and inquiries (回覧・照会): one text to many organisations, and where each of them stands.

The day by which something is asked for (`due_on`) and the day on which the text last changed (`changed_at`) are two
things and never shown as one (SHIRASAGI #2223).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.encryption import EncryptedJSONField, EncryptedTextField
from cms.privatefiles import KeptFile
from directory.fields import LinesField
from directory.models import Body, Organization
from directory.permissions import can, may_enter
from directory.roles import Door, Permission
from workshops.enums import CircularKind, CircularState, CircularTo, QuestionKind, ReplyState

MOST_QUESTIONS = 5
#: What an inquiry may ask: short kinds, so that five minutes are enough.
KINDS = (QuestionKind.SHORT, QuestionKind.LONG, QuestionKind.CHOICE, QuestionKind.NUMBER, QuestionKind.YES_NO)


def writes_circulars(user: Any) -> bool:
    """Sends them and reads every answer: the secretariat."""
    return bool(user.is_active and can(user, Permission.CIRCULARS_KEEP))


class CircularQuerySet(models.QuerySet["Circular"]):
    """Questions about circulars."""

    def visible_to(self, user: Any) -> CircularQuerySet:
        """The secretariat sees all; others what was sent to the organisation they work for."""
        if writes_circulars(user):
            return self
        return self.sent_to(user)

    def sent_to(self, user: Any) -> CircularQuerySet:
        """What lies in the tray of this person's organisation."""
        if not may_enter(user, Door.WORKSPACE) or not user.organization_id:
            return self.none()
        mine = Reply.objects.filter(organization=user.organization_id).values("circular")
        return self.filter(pk__in=mine).exclude(state=CircularState.DRAFT)


class Circular(models.Model):
    """One text, sent to organisations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=CircularKind.choices, default=CircularKind.NOTICE)
    title = models.CharField(_("title"), max_length=120)
    text = EncryptedTextField(_("text"))
    state = models.CharField(_("state"), max_length=8, choices=CircularState.choices, default=CircularState.DRAFT)
    to = models.CharField(_("to whom"), max_length=8, choices=CircularTo.choices, default=CircularTo.ALL)
    body = models.ForeignKey(
        Body, verbose_name=_("body"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    chosen = models.ManyToManyField(Organization, verbose_name=_("chosen organisations"), blank=True, related_name="+")
    due_on = models.DateField(_("by (included)"))  # JST
    shares_answers = models.BooleanField(_("all who got it see the answers afterwards"), default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reminded_on = models.DateField(_("last reminded"), null=True, blank=True)  # JST; at most once a day

    wagtail_reference_index_ignore = True

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = _("circular")
        verbose_name_plural = _("circulars")
        ordering = ["-sent_at", "-changed_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CircularState.DRAFT) | Q(sent_at__isnull=False), name="circular_sent_has_a_time"
            ),
            models.CheckConstraint(condition=Q(kind__in=CircularKind.values), name="circular_of_a_kind"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_inquiry(self) -> bool:
        """It asks for answers."""
        return self.kind == CircularKind.INQUIRY

    @property
    def is_draft(self) -> bool:
        """It has not been sent."""
        return self.state == CircularState.DRAFT

    @property
    def is_open(self) -> bool:
        """Sent, and not closed: one can read and answer, late as well."""
        return self.state == CircularState.SENT

    @property
    def is_closed(self) -> bool:
        """Nothing is taken in any more."""
        return self.state == CircularState.CLOSED

    @property
    def is_overdue(self) -> bool:
        """Its day has passed."""
        return self.due_on < dates.today()

    @property
    def days_left(self) -> int:
        """Until its day; negative afterwards."""
        return (self.due_on - dates.today()).days

    @property
    def answers_are_shared(self) -> bool:
        """Said beforehand, and it is closed."""
        return self.shares_answers and self.is_closed and self.is_inquiry


class CircularQuestion(models.Model):
    """What an inquiry asks. The field `choices` serves questions with a choice only."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("question"), max_length=200)
    kind = models.CharField(
        _("kind of answer"), max_length=10, choices=[(each.value, each.label) for each in KINDS],
        default=QuestionKind.SHORT,
    )  # fmt: skip
    choices = LinesField(_("to choose from"))
    required = models.BooleanField(_("must be answered"), default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question of an inquiry")
        verbose_name_plural = _("questions of an inquiry")
        ordering = ["circular", "order", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class FileQuerySet(models.QuerySet["CircularFile"]):
    """Questions about files."""

    def visible_to(self, user: Any) -> FileQuerySet:
        """Those of circulars this person may read."""
        return self.filter(circular__in=Circular.objects.visible_to(user))


class CircularFile(KeptFile):
    """A file that goes with it."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="files")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a circular")
        verbose_name_plural = _("files of circulars")
        ordering = ["uploaded_at", "pk"]
        default_permissions = ()


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Questions about where organisations stand."""

    def visible_to(self, user: Any) -> ReplyQuerySet:
        """The secretariat: all; others their own organisation's, and shared answers once the inquiry is closed."""
        if writes_circulars(user):
            return self
        mine = Circular.objects.sent_to(user)
        shared = Q(circular__shares_answers=True, circular__state=CircularState.CLOSED, state=ReplyState.ANSWERED)
        return self.filter(circular__in=mine).filter(Q(organization=user.organization_id) | shared)

    def waiting(self) -> ReplyQuerySet:
        """Of which something is still expected: unread circulars, unanswered inquiries."""
        unread = Q(circular__kind=CircularKind.NOTICE, state=ReplyState.UNREAD)
        unanswered = Q(circular__kind=CircularKind.INQUIRY, state__in=[ReplyState.UNREAD, ReplyState.READ])
        return self.filter(unread | unanswered, circular__state=CircularState.SENT)


class Reply(models.Model):
    """Where one organisation stands with one circular, and what it answered: question's number → value."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="replies")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="replies_to_circulars")
    state = models.CharField(_("state"), max_length=8, choices=ReplyState.choices, default=ReplyState.UNREAD)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    draft = EncryptedJSONField(default=dict, blank=True)  # kept for the organisation alone
    answers = EncryptedJSONField(default=dict, blank=True)
    reason = EncryptedTextField(_("why not"), blank=True, default="")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply to a circular")
        verbose_name_plural = _("replies to circulars")
        ordering = ["organization__kana", "organization__name", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["circular", "organization"], name="reply_once")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_late(self) -> bool:
        """It answered (or said that it read it) after the day."""
        done: dt.datetime | None = self.answered_at if self.circular.is_inquiry else self.read_at
        return done is not None and dates.jst(done).date() > self.circular.due_on

    @property
    def is_waiting(self) -> bool:
        """Something is still expected of it."""
        if not self.circular.is_open:
            return False
        return self.state == ReplyState.UNREAD or (self.circular.is_inquiry and self.state == ReplyState.READ)

    @property
    def may_answer(self) -> bool:
        """First answers are taken until it is closed; a given answer may be changed until the day is over."""
        if not (self.circular.is_open and self.circular.is_inquiry):
            return False
        return self.state in (ReplyState.UNREAD, ReplyState.READ) or not self.circular.is_overdue
