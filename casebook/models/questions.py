"""Questions about a case, and what the organisation that asks for help says to them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casebook.models.cases import Case
from casebook.models.offers import Offer
from cms.encryption import EncryptedJSONField, EncryptedTextField
from directory.models import Organization


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions about questions."""

    def visible_to(self, user: Any) -> QuestionQuerySet:
        """About cases this person may read; about an offer only where they see the offer."""
        offers = Offer.objects.visible_to(user)
        return self.filter(Q(offer=None) | Q(offer__in=offers), case__in=Case.objects.visible_to(user))

    def open(self) -> QuestionQuerySet:
        """Nobody has answered them yet."""
        return self.filter(answered_at__isnull=True)


class Question(models.Model):
    """One question and its answer.

    Without an offer: a reader asks, the author's side answers. With one: the author's side asks, whoever made it answers.
    The author's side is never named here; which side that is follows from `offer`. A question taken back is deleted.
    """

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="questions")
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField(_("question"))
    dismissals: Any = EncryptedJSONField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = EncryptedTextField(_("answer"), null=True)
    answer_dismissals: Any = EncryptedJSONField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about a case")
        verbose_name_plural = _("questions about cases")
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer__isnull=True, answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="question_answered_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # never a word of it

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet."""
        return self.answered_at is None
