"""Who is still here: what administrators ask the secretariat for, and the yearly confirmation in April.

Once a year each organisation says, person by person, who still works here with which roles (CB-10, 人事異動). What is
not confirmed pauses by itself: the day is written on the role (`RoleAssignment.pauses_on`), so that nothing need run.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.enums import Confirmed, RequestState
from directory.models.people import Organization, User
from directory.roles import ROLE_CHOICES

OFFICE_ROLES = frozenset({"secretariat", "admin"})


class RoleRequestQuerySet(models.QuerySet["RoleRequest"]):
    """Questions about what was asked for."""

    def visible_to(self, user: Any) -> RoleRequestQuerySet:
        """The office sees all; an organisation's administrator those of the own organisation."""
        if not user.is_authenticated:
            return self.none()
        roles = user.active_roles()
        if roles & OFFICE_ROLES:
            return self
        if "orgadmin" in roles and user.organization_id:
            return self.filter(organization=user.organization_id)
        return self.none()

    def waiting(self) -> RoleRequestQuerySet:
        """Not answered yet."""
        return self.filter(state=RequestState.WAITING)


class RoleRequest(models.Model):
    """An organisation asks for a role that opens the casebook, for one of its people. The secretariat answers."""

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="role_requests")
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="role_requests")
    state = models.CharField(_("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("answered"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a role")
        verbose_name_plural = _("requests for roles")
        ordering = ["asked_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(state=RequestState.WAITING), name="role_request_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class AttestationRound(models.Model):
    """The confirmation of one fiscal year: when it begins, and when what is not confirmed pauses."""

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"), unique=True)
    starts_on = models.DateField(_("begins on"))
    due_on = models.DateField(
        _("to be confirmed by"), help_text=_("On the day after, unconfirmed casebook roles pause.")
    )
    final_on = models.DateField(_("the last day"), help_text=_("On the day after, all unconfirmed roles pause."))
    opened_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("yearly confirmation")
        verbose_name_plural = _("yearly confirmations")
        ordering = ["-fiscal_year"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on"), final_on__gte=F("due_on")), name="attestation_round_in_order"
            )
        ]

    def __str__(self) -> str:
        return str(self.fiscal_year)


class AttestationQuerySet(models.QuerySet["Attestation"]):
    """Questions about confirmations."""

    def visible_to(self, user: Any) -> AttestationQuerySet:
        """The office sees all; an organisation's administrator those of the own organisation."""
        if not user.is_authenticated:
            return self.none()
        roles = user.active_roles()
        if roles & OFFICE_ROLES:
            return self
        if "orgadmin" in roles and user.organization_id:
            return self.filter(organization=user.organization_id)
        return self.none()

    def waiting(self) -> AttestationQuerySet:
        """Nobody has said yet whether the person is still here."""
        return self.filter(answer=Confirmed.WAITING)


class Attestation(models.Model):
    """One person in one year's confirmation. Without an organisation the secretariat confirms."""

    round = models.ForeignKey(AttestationRound, on_delete=models.CASCADE, related_name="attestations")
    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="attestations")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="attestations"
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Confirmed.choices, default=Confirmed.WAITING)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = AttestationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of a person")
        verbose_name_plural = _("confirmations of people")
        ordering = ["organization__kana", "user__name", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="attestation_once_a_year")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.user_id}"
