"""What is kept beyond a deletion, with its reason; and the register of what was destroyed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.encryption import EncryptedTextField, keyed_hash
from directory.enums import Erased, HeldFor
from directory.models.consultations.consultations import Consultation
from directory.models.desks import ConsultationDesk
from directory.models.people import Organization
from directory.roles import Permission, holds


class HoldQuerySet(models.QuerySet["Hold"]):
    """Questions about holds."""

    def standing(self) -> HoldQuerySet:
        """Those that count today: not lifted, not over, of the desk that has it now (handing on ends a desk's hold)."""
        return self.filter(lifted_at=None, until__gt=dates.today(), desk=F("consultation__desk"))


class Hold(models.Model):
    """A desk has to keep a consultation even if the person deletes it: why, until when. The person sees it beforehand."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="holds")
    desk = models.ForeignKey(ConsultationDesk, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=HeldFor.choices)
    note = EncryptedTextField(_("in a few words, for the desk"), null=True)
    until = models.DateField(_("until (this day no more)"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    placed_at = models.DateTimeField(default=dates.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering: ClassVar = ["placed_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "desk"], condition=Q(lifted_at__isnull=True), name="hold_one_open_a_desk"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("placed_at")), name="hold_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DestructionQuerySet(models.QuerySet["Destruction"]):
    """Questions about the register."""

    def visible_to(self, user: Any) -> DestructionQuerySet:
        """Supervisors: what their own desks had."""
        if not holds(user, Permission.CONSULTATIONS_SUPERVISE):
            return self.none()
        return self.filter(desk__in=Consultation.objects.desks_of(user))


def mark_of(consultation: Consultation) -> str:
    """By which the register knows a consultation that comes back with an old backup; it leads to nobody."""
    return keyed_hash(str(consultation.pk), purpose="directory.destroyed")


class Destruction(models.Model):
    """One line of the register (廃棄簿): what number, which desk, why, when. Not a word, and no way back."""

    mark = models.CharField(max_length=64, unique=True)  # mark_of; numbers may be given again
    number = models.CharField(_("number"), max_length=8)
    desk = models.ForeignKey(ConsultationDesk, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=8, choices=Erased.choices)
    received_on = models.DateField(_("received on"))
    erased_at = models.DateTimeField(_("destroyed at"), default=dates.now)

    wagtail_reference_index_ignore = True

    objects = DestructionQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the destruction register")
        verbose_name_plural = _("destruction register")
        ordering: ClassVar = ["-erased_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.number
