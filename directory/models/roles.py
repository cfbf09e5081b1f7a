"""Who holds which role, for which organisation, from when to when; memberships; invitations."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.encryption import EncryptedTextField
from directory.enums import Tier
from directory.models.people import Organization, User
from directory.roles import ROLE_CHOICES


def running(on: dt.date) -> Q:
    """Since … until (exclusive) holds on that day (JST)."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships."""

    def active(self) -> MembershipQuerySet:
        """Memberships that hold today."""
        return self.on(dates.today())

    def on(self, day: dt.date) -> MembershipQuerySet:
        """Memberships that held on that day (JST), of organisations that had not ended."""
        standing = Q(organization__ended_on__isnull=True) | Q(organization__ended_on__gt=day)
        return self.filter(running(day), standing)

    def public(self) -> MembershipQuerySet:
        """Those of organisations that may be named to residents."""
        return self.filter(organization__is_public=True)

    def visible_to(self, user: Any) -> MembershipQuerySet:
        """The office sees all, everybody else the public ones."""
        roles = user.active_roles() if user is not None and user.is_authenticated else set()
        return self.all() if roles & {"secretariat", "admin"} else self.public()

    def meeting(self, since: dt.date, until: dt.date | None) -> MembershipQuerySet:
        """Memberships that share at least one day with the period (`until` exclusive)."""
        if until is not None and until <= since:
            return self.none()
        begun = Q() if until is None else Q(since__lt=until)
        lasting = Q(until__isnull=True) | Q(until__gt=since)
        return self.filter(begun, lasting).exclude(until=F("since"))


class Membership(models.Model):
    """An organisation belongs to the partnership, as a core member or a partner."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="memberships"
    )
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices, default=Tier.PARTNER)
    since = models.DateField(_("since"), default=dates.today)
    until = models.DateField(_("until (this day no more)"), null=True, blank=True)
    # When the house was told that it is over (directory.signals.membership_ended): once, however it came about.
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organization__kana", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_in_order"
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(until__isnull=True), name="membership_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ({self.get_tier_display()})"


def standing(on: dt.date, organization: str = "organization__") -> Q:
    """The organisation takes part: it has not ended and, if it ever was a member, it is one on that day (JST).

    `organization` is the way to it, with the two underscores; "" asks organisations themselves. The city is an
    organisation like any other; one that was never a member (not taken in yet) stands by itself.
    """
    theirs = Membership.objects.filter(organization=OuterRef(f"{organization}pk"))
    ever = theirs.filter(since__lte=on).exclude(until=F("since"))
    not_ended = Q(**{f"{organization}ended_on__isnull": True}) | Q(**{f"{organization}ended_on__gt": on})
    return not_ended & (Q(Exists(theirs.filter(running(on)))) | ~Q(Exists(ever)))


def stands(organization: Organization | None) -> bool:
    """Whether there is an organisation and it takes part today; asked once for each copy of it in memory."""
    if organization is None or (organization.ended_on is not None and organization.ended_on <= dates.today()):
        return False
    if not hasattr(organization, "_stands"):
        mine = Organization.objects.filter(standing(dates.today(), ""), pk=organization.pk)
        organization._stands = mine.exists()  # type: ignore[attr-defined]
    return bool(organization._stands)  # type: ignore[attr-defined]


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Questions about roles."""

    def active(self) -> RoleAssignmentQuerySet:
        """Roles that hold today: inside their dates and not paused, of active people.

        A role given for an organisation holds only while the person belongs to it and it stands (`standing`).
        """
        today = dates.today()
        theirs = Q(organization__isnull=True) | Q(Q(organization=F("user__organization")), standing(today))
        awake = Q(pauses_on__isnull=True) | Q(pauses_on__gt=today)
        return self.filter(running(today), awake, theirs, user__is_active=True)

    def running(self) -> RoleAssignmentQuerySet:
        """Inside their dates, whether or not they open anything: what screens about people list."""
        return self.filter(running(dates.today()))


class RoleAssignment(models.Model):
    """A person holds a role for an organisation during a time."""

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_assignments",
    )
    since = models.DateField(_("since"), default=dates.today)
    until = models.DateField(_("until (this day no more)"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="granted_roles"
    )
    # From this day on it rests, unless somebody confirms before that the person is still here (models.leaving).
    pauses_on = models.DateField(_("rests from"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        ordering = ["user_id", "role", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="role_in_order"),
            models.UniqueConstraint(fields=["user", "role"], condition=Q(until__isnull=True), name="role_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def visible_to(self, user: Any) -> InvitationQuerySet:
        """The office sees all; an organisation's administrator those of the own organisation."""
        roles = user.active_roles()
        if roles & {"secretariat", "admin"}:
            return self
        if "orgadmin" in roles and user.organization_id:
            return self.filter(organization_id=user.organization_id)
        return self.none()


class Invitation(models.Model):
    """A person was asked in. The link is known only to the mail: here its keyed hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = EncryptedTextField(_("e-mail address"), null=True)
    email_hash = models.CharField(max_length=64, db_index=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="sent_invitations")
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """It may still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > dates.now()
