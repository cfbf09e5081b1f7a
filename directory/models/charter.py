"""The charter (運営ルール): versioned rules, and who has pledged to keep them.

One charter opens the casebook (`is_pledged`): each person accepts the version in force first. A new version leaves
fourteen days, unless it is urgent; a pledge lasts a year (CB-09, CB-24). Only the casebook closes, nothing else.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.models.base import neutral_slug
from directory.enums import CharterState

GRACE = dt.timedelta(days=14)  # to read a new version, while the earlier pledge still opens the casebook
PLEDGE_LASTS = dt.timedelta(days=365)


class Charter(models.Model):
    """A set of rules that lives through its versions."""

    slug = models.SlugField(max_length=20, unique=True, default=neutral_slug, editable=False)
    title = models.CharField(_("title"), max_length=100)
    purpose = models.CharField(_("what it is for"), max_length=200, blank=True)
    is_pledged = models.BooleanField(_("must be accepted before the casebook opens"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")
        ordering = ["sort_order", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["is_pledged"], condition=Q(is_pledged=True), name="charter_one_pledged")
        ]

    def __str__(self) -> str:
        return self.title


class CharterVersionQuerySet(models.QuerySet["CharterVersion"]):
    """Questions about versions."""

    def in_force(self, on: dt.date) -> CharterVersionQuerySet:
        """Decided versions that hold on that day (JST): of each charter the one that began last."""
        later = CharterVersion.objects.filter(
            charter=models.OuterRef("charter"), state=CharterState.DECIDED, in_force_from__lte=on
        ).filter(
            Q(in_force_from__gt=models.OuterRef("in_force_from"))
            | Q(in_force_from=models.OuterRef("in_force_from"), number__gt=models.OuterRef("number"))
        )
        return self.filter(state=CharterState.DECIDED, in_force_from__lte=on).exclude(models.Exists(later))


class CharterVersion(models.Model):
    """One wording. `text` is plain: a line 「第1条（目的）」 begins an article."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=CharterState.choices, default=CharterState.DRAFT)
    text = models.TextField(_("text"), max_length=60_000)
    changes = models.TextField(_("what changes, in a few words"), max_length=2000, blank=True)
    is_urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Without the fourteen days: the casebook waits for the pledge at once.")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    comments_until = models.DateField(_("comments until"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_where = models.CharField(_("decided where"), max_length=100, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = CharterVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a charter")
        verbose_name_plural = _("versions of charters")
        ordering = ["charter", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="charter_version_number"),
            models.CheckConstraint(
                condition=~Q(state=CharterState.DECIDED) | Q(in_force_from__isnull=False, decided_at__isnull=False),
                name="charter_decided_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charter_id} v{self.number}"


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Questions about pledges."""

    def visible_to(self, user: Any) -> PledgeQuerySet:
        """The office sees all; an organisation's administrator those of the own people; everybody the own ones."""
        if not user.is_authenticated:
            return self.none()
        roles = user.active_roles()
        if "secretariat" in roles:
            return self
        if "orgadmin" in roles and user.organization_id:
            return self.filter(user__organization=user.organization_id)
        return self.filter(user=user)


class Pledge(models.Model):
    """A person accepted a version on a day. Never changed, never taken away."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pledges")
    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="pledges")
    pledged_on = models.DateField(_("accepted on"), default=dates.today)
    pledged_at = models.DateTimeField(_("accepted"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["-pledged_at", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "version", "pledged_on"], name="pledge_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.version_id}"


def pledge_stands(user: Any) -> bool:
    """Whether this person's pledge opens the casebook today (JST).

    It does when the version in force was accepted within a year; or an earlier one was, the version in force is not
    urgent, and began less than fourteen days ago. Without a charter in force the casebook stays closed.
    """
    if not hasattr(user, "_pledge_stands"):
        user._pledge_stands = _pledge_stands(user, dates.today())
    return bool(user._pledge_stands)


def _pledge_stands(user: Any, on: dt.date) -> bool:
    version = CharterVersion.objects.in_force(on).filter(charter__is_pledged=True).first()
    if version is None or version.in_force_from is None:
        return False
    pledges = Pledge.objects.filter(
        user=user, version__charter=version.charter_id, pledged_on__gt=on - PLEDGE_LASTS, pledged_on__lte=on
    )
    if version.is_urgent or on >= version.in_force_from + GRACE:
        return pledges.filter(version=version).exists()
    return pledges.exists()
