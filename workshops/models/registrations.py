"""Registrations of residents. A registration is a person's own: encrypted, short-lived, never a page (design §3.1)."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedJSONField, EncryptedTextField
from directory.permissions import can
from directory.roles import Permission
from workshops import keys
from workshops.enums import HOLDING, OPEN, Origin, RegistrationState, Support, Way
from workshops.models.events import PARTY_LIMIT
from workshops.models.occurrences import Occurrence

#: Marks of an erased registration: its links, code and form open nothing any more.
ERASED = "erased:"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Questions about registrations."""

    def visible_to(self, user: Any) -> RegistrationQuerySet:
        """The office's list, and for a host those of its own events. A resident comes by link or code, not by this."""
        if can(user, Permission.REGISTRATIONS_READ):
            return self.all()
        if can(user, Permission.REGISTRATIONS_OWN) and user.organization_id:
            return self.filter(occurrence__event__host=user.organization_id)
        return self.none()

    def by_link(self, token: str) -> RegistrationQuerySet:
        """The one this link opens, or none: unknown, expired and erased look the same."""
        visited = keys.read_visit(token)
        mine = self.select_related("occurrence__event__host")
        if visited:
            return mine.filter(pk=visited).exclude(token_hash__startswith=ERASED)
        hashed = keys.link_hash(token)
        later = RegistrationLink.objects.filter(token_hash=hashed).values("registration_id")
        return mine.filter(Q(token_hash=hashed) | Q(pk__in=later))

    def by_code(self, code: str) -> RegistrationQuerySet:
        """The one this 確認コード opens, or none."""
        return self.filter(code_hash=keys.code_hash(code))

    def by_form_key(self, key: str) -> RegistrationQuerySet:
        """The one that this form made."""
        return self.select_related("occurrence__event__host").filter(idempotency_key=keys.key_hash(key))

    def holding(self) -> RegistrationQuerySet:
        """Those that take seats."""
        return self.filter(state__in=HOLDING)

    def waiting(self) -> RegistrationQuerySet:
        """Those in the order of waiting."""
        return self.filter(state=RegistrationState.WAITING).order_by("queue_number")


class Registration(models.Model):
    """A party that comes. Only hashes of its link and its code are kept; names and needs are encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField(
        _("status"), max_length=12, choices=RegistrationState.choices, default=RegistrationState.ACTIVE
    )
    way = models.CharField(_("takes part"), max_length=8, choices=Way.choices, default=Way.VENUE)
    origin = models.CharField(_("came by"), max_length=8, choices=Origin.choices, default=Origin.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
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

    queue_number = models.PositiveIntegerField(_("place in the order of waiting"), null=True, blank=True)
    offer_until = models.DateTimeField(_("the offered seat is kept until"), null=True, blank=True)
    checked_in_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    attended = models.PositiveSmallIntegerField(_("people who came"), null=True, blank=True)
    reminded_for = models.DateTimeField(_("reminded of the beginning at"), null=True, blank=True)
    thanked_at = models.DateTimeField(_("thanked at"), null=True, blank=True)

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
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.WAITING) | Q(queue_number__isnull=False),
                name="registration_waits_at_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.OFFERED) | Q(offer_until__isnull=False),
                name="registration_offer_has_an_end",
            ),
            models.UniqueConstraint(fields=["occurrence", "way", "queue_number"], name="registration_place_once"),
            models.CheckConstraint(
                condition=Q(attended=None) | Q(attended__lte=PARTY_LIMIT), name="registration_attended_in_range"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # never a name: this reaches logs and error pages

    @property
    def is_active(self) -> bool:
        """It holds seats."""
        return self.state in HOLDING

    @property
    def is_open(self) -> bool:
        """It holds seats or waits for them."""
        return self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        """It stands on the waiting list."""
        return self.state == RegistrationState.WAITING

    @property
    def is_offered(self) -> bool:
        """A seat is kept for it until `offer_until`."""
        return self.state == RegistrationState.OFFERED

    @property
    def support_labels(self) -> list[str]:
        """What to make ready, in words."""
        return [str(Support(code).label) for code in self.supports or [] if code in Support.values]

    @property
    def people(self) -> list[str]:
        """What to call each person that gave a name, the registrant first."""
        return [self.name, *(name for name in self.companions or [] if name)]


class RegistrationLink(models.Model):
    """A further link to a registration, for a later mail: the first one is stored nowhere. Only its hash is kept."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link to a registration")
        verbose_name_plural = _("links to registrations")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
