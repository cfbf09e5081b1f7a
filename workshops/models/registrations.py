"""Registrations of residents. A registration is a person's own: encrypted, short-lived, never a page (design §3.1)."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedJSONField, EncryptedTextField
from directory.permissions import can
from directory.roles import Permission
from workshops import keys
from workshops.enums import HOLDING, RegistrationState, Support
from workshops.models.events import PARTY_LIMIT, Occurrence


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Questions about registrations."""

    def visible_to(self, user: Any) -> RegistrationQuerySet:
        """The office's list. A resident reaches their own one by its link or code, not by this."""
        return self.all() if can(user, Permission.REGISTRATIONS_READ) else self.none()

    def by_link(self, token: str) -> RegistrationQuerySet:
        """The one this link opens, or none: unknown, expired and erased look the same."""
        visited = keys.read_visit(token)
        mine = self.select_related("occurrence__event__host")
        return mine.filter(pk=visited) if visited else mine.filter(token_hash=keys.link_hash(token))

    def by_code(self, code: str) -> RegistrationQuerySet:
        """The one this 確認コード opens, or none."""
        return self.filter(code_hash=keys.code_hash(code))

    def by_form_key(self, key: str) -> RegistrationQuerySet:
        """The one that this form made."""
        return self.select_related("occurrence__event__host").filter(idempotency_key=keys.key_hash(key))

    def holding(self) -> RegistrationQuerySet:
        """Those that take seats."""
        return self.filter(state__in=HOLDING)


class Registration(models.Model):
    """A party that comes. Only hashes of its link and its code are kept; names and needs are encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField(
        _("status"), max_length=12, choices=RegistrationState.choices, default=RegistrationState.ACTIVE
    )
    party_size = models.PositiveSmallIntegerField(_("people"))
    seats = models.PositiveSmallIntegerField(_("seats"))

    idempotency_key = models.CharField(max_length=64, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    email_hash = models.CharField(max_length=64, blank=True, db_index=True)

    name = EncryptedTextField(_("what we may call you"))
    email = EncryptedTextField(_("e-mail address"), null=True)
    phone = EncryptedTextField(_("telephone"), null=True)
    companions = EncryptedJSONField(_("who comes along"), null=True)
    supports = EncryptedJSONField(_("to make ready"), null=True)
    note = EncryptedTextField(_("anything else"), null=True)

    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    cancelled_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    erase_on = models.DateField(_("personal fields are erased on"), db_index=True)

    wagtail_reference_index_ignore = True  # Wagtail's "used in …" knows of no registration

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(party_size__gte=1, party_size__lte=PARTY_LIMIT), name="registration_party_in_range"
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=PARTY_LIMIT), name="registration_seats_in_range"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # never a name: this reaches logs and error pages

    @property
    def is_active(self) -> bool:
        """It holds seats."""
        return self.state in HOLDING

    @property
    def support_labels(self) -> list[str]:
        """What to make ready, in words."""
        return [str(Support(code).label) for code in self.supports or [] if code in Support.values]

    @property
    def people(self) -> list[str]:
        """What to call each person that gave a name, the registrant first."""
        return [self.name, *(name for name in self.companions or [] if name)]
