"""Before another organisation takes over: the person is asked, and knows whom it is about."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.encryption import EncryptedTextField
from directory.enums import ConsentHow, ConsentState
from directory.models.consultations.consultations import Consultation
from directory.models.desks import ConsultationDesk


class ConsentQuestion(models.Model):
    """「…に、引きついでもよいですか」: asked by the desk that has it, answered by the person."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="consent_questions")
    from_desk = models.ForeignKey(ConsultationDesk, on_delete=models.PROTECT, related_name="+")
    to_desk = models.ForeignKey(ConsultationDesk, verbose_name=_("to"), on_delete=models.PROTECT, related_name="+")
    words = EncryptedTextField(_("why, in words to the person"), null=True)
    state = models.CharField(max_length=8, choices=ConsentState.choices, default=ConsentState.ASKED)
    how = models.CharField(max_length=5, choices=ConsentHow.choices, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=dates.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    handover = models.UUIDField(null=True, blank=True)  # directory.Handover, once the person has agreed

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question for consent")
        verbose_name_plural = _("questions for consent")
        ordering: ClassVar = ["asked_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(from_desk=F("to_desk")), name="consent_two_desks"),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(state=ConsentState.ASKED), name="consent_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=ConsentState.ASKED, answered_at__isnull=True)
                | (~Q(state=ConsentState.ASKED) & Q(answered_at__isnull=False)),
                name="consent_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(handover__isnull=True) | Q(state=ConsentState.AGREED), name="consent_before_handover"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
