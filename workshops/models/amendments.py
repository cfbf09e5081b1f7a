"""What those who were there say to minutes: how a paragraph should read, and that it may stay so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedTextField
from workshops.enums import AmendmentState
from workshops.models.minutes import Guarded, Minutes, OfMinutes, Paragraph

if TYPE_CHECKING:
    from directory.models import User


class AmendmentQuerySet(Guarded):
    """Questions about proposed changes."""

    def visible_to(self, user: Any) -> AmendmentQuerySet:
        """Those who were there, and who keeps the meeting. What was taken back only its author."""
        rows = self.filter(minutes__in=Minutes.objects.amended_by(user).order_by().values("pk"))
        return rows.filter(~Q(state=AmendmentState.WITHDRAWN) | Q(proposed_by=user.pk))


class Amendment(OfMinutes):
    """How somebody who was there would like a paragraph to read."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="amendments")
    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="amendments")
    before = EncryptedTextField(_("as it read"))
    text = EncryptedTextField(_("as it should read"))
    reason = EncryptedTextField(_("why"), default="", blank=True)
    state = models.CharField(_("state"), max_length=10, choices=AmendmentState.choices, default=AmendmentState.OPEN)
    proposed_by: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField(_("a word on it"), default="", blank=True)

    wagtail_reference_index_ignore = True

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of minutes")
        verbose_name_plural = _("changes of minutes")
        ordering = ["minutes", "paragraph__order", "proposed_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "proposed_by"], condition=Q(state="open"), name="amendment_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.state}"


class Consent(OfMinutes):
    """Somebody who was there: "it may stay so". For the version they had read."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="consents")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    given_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    objects = Guarded.as_manager()

    class Meta:
        verbose_name = _("consent to minutes")
        verbose_name_plural = _("consents to minutes")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["minutes", "user"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.version}"
