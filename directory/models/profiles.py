"""What members tell each other: an organisation's profile, what it offers and looks for, what it did; people's cards.

All of it stays among members. The public profile is `Organization.description`; nothing flows from here to there.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.encryption import EncryptedTextField
from cms.privatefiles import KeptFile
from directory.enums import Direction, ResourceKind, Served, Weekday
from directory.models.concerns import Concern
from directory.models.people import Organization
from directory.models.roles import Membership, RoleAssignment
from directory.roles import ROLES, Door, doors_of

#: A profile that nobody has looked at for so long is asked about.
FRESH_FOR = dt.timedelta(days=365)
WORKING_ROLES = sorted(name for name, role in ROLES.items() if Door.WORKSPACE in role.doors)


def works_here(user: Any) -> bool:
    """An active role of this person opens the members' workspace."""
    return bool(user.is_authenticated and user.is_active and Door.WORKSPACE in doors_of(user.active_roles()))


def members_today() -> models.QuerySet[Membership]:
    """Memberships that hold today, of organisations that have not ended."""
    return Membership.objects.active()


class OfMembers(models.QuerySet[Any]):
    """What belongs to an organisation (`organization`): seen by those who work here, while it is a member."""

    def visible_to(self, user: Any) -> Self:
        """Nothing for anybody outside; nothing of an organisation that has left or ended."""
        if not works_here(user):
            return self.none()
        return self.filter(organization__in=members_today().values("organization"))


class MemberProfile(models.Model):
    """How an organisation presents itself to the other members."""

    organization = models.OneToOneField(
        Organization, verbose_name=_("organization"), on_delete=models.CASCADE, related_name="member_profile"
    )
    does = models.TextField(_("what we do"), max_length=1500, blank=True)
    serves = models.TextField(_("whom we work for, in words"), max_length=400, blank=True)
    served = models.JSONField(_("whom we work for"), default=list, blank=True)  # values of Served
    concerns = models.ManyToManyField(Concern, verbose_name=_("what people come with"), blank=True, related_name="+")
    area = models.CharField(_("where we work"), max_length=120, blank=True)
    reach = EncryptedTextField(_("how to reach us"), blank=True, default="")
    phone = EncryptedTextField(_("telephone for members"), blank=True, default="")
    looked_at_on = models.DateField(_("looked at on"), null=True, blank=True)  # JST
    looked_at_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    objects = OfMembers.as_manager()

    class Meta:
        verbose_name = _("profile for members")
        verbose_name_plural = _("profiles for members")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def served_words(self) -> list[str]:
        """In the order of the list."""
        return [str(each.label) for each in Served if each.value in self.served]

    @property
    def is_fresh(self) -> bool:
        """Somebody said within a year that it is right."""
        return self.looked_at_on is not None and dates.today() - self.looked_at_on < FRESH_FOR


class ResourceQuerySet(OfMembers):
    """Questions about offers and wishes."""

    def open_on(self, day: dt.date) -> Self:
        """Those whose last day has not passed."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day))


class Resource(models.Model):
    """One thing an organisation can offer, or looks for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="resources")
    direction = models.CharField(_("offered or looked for"), max_length=5, choices=Direction.choices)
    kind = models.CharField(_("kind"), max_length=5, choices=ResourceKind.choices)
    words = models.CharField(_("in one line"), max_length=80)
    conditions = models.TextField(_("conditions"), max_length=400, blank=True)
    weekdays = models.JSONField(
        _("days of the week"), default=list, blank=True
    )  # values of Weekday; empty: to be agreed
    when_text = models.CharField(_("when, in words"), max_length=80, blank=True)
    until = models.DateField(_("until (included)"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer or wish")
        verbose_name_plural = _("offers and wishes")
        ordering = ["-changed_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="resource_has_a_direction"),
            models.CheckConstraint(condition=Q(kind__in=ResourceKind.values), name="resource_of_a_kind"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_offer(self) -> bool:
        """The organisation has it."""
        return self.direction == Direction.OFFER

    @property
    def days(self) -> list[Weekday]:
        """Monday first."""
        return [each for each in Weekday if each.value in self.weekdays]

    def fits_day(self, day: str) -> bool:
        """On that weekday; without any ticked, the day is to be agreed and may fit."""
        return not self.weekdays or day in self.weekdays


class ActivityNote(models.Model):
    """活動紹介: a short piece about something the organisation did."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="activity_notes")
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=3000)
    happened_on = models.DateField(_("day"), default=dates.today)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    objects = OfMembers.as_manager()

    class Meta:
        verbose_name = _("piece about an activity")
        verbose_name_plural = _("pieces about activities")
        ordering = ["-happened_on", "-changed_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class PictureQuerySet(models.QuerySet["ActivityPicture"]):
    """Questions about pictures."""

    def visible_to(self, user: Any) -> PictureQuerySet:
        """Those of pieces this person may read."""
        return self.filter(note__in=ActivityNote.objects.visible_to(user))


class ActivityPicture(KeptFile):
    """A picture of an activity. `described`: for those who do not see it."""

    note = models.ForeignKey(ActivityNote, on_delete=models.CASCADE, related_name="pictures")
    described = models.CharField(_("what the picture shows"), max_length=120)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of an activity")
        verbose_name_plural = _("pictures of activities")
        ordering = ["uploaded_at", "pk"]
        default_permissions = ()


class PersonCardQuerySet(models.QuerySet["PersonCard"]):
    """Questions about people's cards."""

    def agreed(self) -> PersonCardQuerySet:
        """Of people who agreed, may sign in and hold a working role today, in an organisation that is a member, or in none."""
        working = RoleAssignment.objects.active().filter(role__in=WORKING_ROLES).values("user")
        member = Q(user__organization__isnull=True) | Q(user__organization__in=members_today().values("organization"))
        return self.filter(member, agreed_at__isnull=False, user__is_active=True, user__in=working)

    def visible_to(self, user: Any) -> PersonCardQuerySet:
        """Agreed cards, for those who work here; one's own in any case."""
        if not works_here(user):
            return self.none()
        return self.filter(Q(pk__in=PersonCard.objects.agreed().values("pk")) | Q(user=user))


class PersonCard(models.Model):
    """What somebody wants the other members to know. Nobody is listed who did not agree."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="card"
    )
    agreed_at = models.DateTimeField(_("agreed to be shown"), null=True, blank=True)
    does = EncryptedTextField(_("what I do there"), blank=True, default="")
    knows = EncryptedTextField(_("what I know well"), blank=True, default="")
    languages = EncryptedTextField(_("languages"), blank=True, default="")
    reach = EncryptedTextField(_("how to reach me"), blank=True, default="")
    is_contact = models.BooleanField(_("the organisation's contact"), default=False)
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    objects = PersonCardQuerySet.as_manager()

    PRIVATE: ClassVar[tuple[str, ...]] = ("does", "knows", "languages", "reach")

    class Meta:
        verbose_name = _("card of a person")
        verbose_name_plural = _("cards of people")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
