"""Mail waiting to go out, and the worker's sign of life."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedJSONField, EncryptedTextField
from cms.enums import MailState

CLAIM_LASTS = dt.timedelta(minutes=10)


class MailQuerySet(models.QuerySet["Mail"]):
    """Questions about mail."""

    def due(self, now: dt.datetime) -> "MailQuerySet":
        """To be sent now: waiting, its time come, and not in the hands of a worker that is still alive."""
        return self.filter(
            Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_LASTS),
            Q(not_before__isnull=True) | Q(not_before__lte=now),
            state=MailState.QUEUED,
            next_attempt_at__lte=now,
        )

    def failed(self) -> "MailQuerySet":
        """Given up: a person must look."""
        return self.filter(state=MailState.FAILED)

    def to_empty(self, before: dt.datetime) -> "MailQuerySet":
        """Ended before that moment and still holding recipient or text."""
        return self.filter(ended_at__lt=before, emptied_at__isnull=True).exclude(state=MailState.QUEUED)


class Mail(models.Model):
    """One mail to one person. Written in the transaction of what it reports, sent later by cms.outbox."""

    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(max_length=200, unique=True)  # the same key is the same mail: posting twice sends once
    recipient = EncryptedTextField(null=True)
    template = models.CharField(max_length=120)
    context = EncryptedJSONField(null=True)
    attachments = EncryptedJSONField(null=True)
    message_id = models.CharField(max_length=200, unique=True)  # stable, so that a repeat can be recognised
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("reason"), max_length=60, blank=True)  # a code, never what a server said
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mail")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="mail_due")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False), name="mail_sent_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"


class Heartbeat(models.Model):
    """When a background process last said that it lives."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
