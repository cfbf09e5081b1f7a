"""The charter (運営ルール): rules in versions, proposed, talked about, decided (CB-24).

One charter opens the casebook (`is_pledged`), see directory.models.pledges. Rules are no personal data; what people
say about a proposal is kept encrypted.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedTextField
from cms.models.base import neutral_slug
from directory.enums import CharterState
from directory.models.people import Organization
from directory.roles import Door, Permission, doors_of, permissions_of

LONGEST_TEXT = 60_000


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

    def visible_to(self, user: Any) -> CharterVersionQuerySet:
        """Whoever enters the workspace reads all that was ever proposed or decided.

        A draft: its writer, and those of the same organisation who may propose. Its existence is nobody else's business.
        """
        if not user.is_authenticated or not user.is_active or Door.WORKSPACE not in doors_of(user.active_roles()):
            return self.none()
        own = Q(proposed_by=user)
        if user.organization_id and Permission.RULES_PROPOSE in permissions_of(user.active_roles()):
            own |= Q(organization=user.organization_id)
        return self.filter(Q(proposed_at__isnull=False) | Q(state=CharterState.DECIDED) | own)

    def proposals(self) -> CharterVersionQuerySet:
        """What is being talked about, the oldest first."""
        return self.filter(state=CharterState.PROPOSED).order_by("proposed_at", "pk")

    def decided(self) -> CharterVersionQuerySet:
        """What was decided, the newest first, whether or not its day has come."""
        return self.filter(state=CharterState.DECIDED).order_by("-in_force_from", "-number")

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
    # Given by the decision: proposals that are talked about at the same time have none yet.
    number = models.PositiveSmallIntegerField(_("version"), null=True, blank=True)
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="changed_by")
    state = models.CharField(_("state"), max_length=10, choices=CharterState.choices, default=CharterState.DRAFT)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    changes = models.TextField(_("what changes, in a few words"), max_length=2000, blank=True)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    comments_until = models.DateField(_("comments until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)  # when it was written down
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_where = models.CharField(_("decided where"), max_length=100, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    is_urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Without the fourteen days: the casebook waits for the pledge at once.")
    )
    urgent_because = models.CharField(_("why it is urgent"), max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

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
                condition=~Q(state=CharterState.DECIDED)
                | Q(in_force_from__isnull=False, decided_at__isnull=False, number__isnull=False),
                name="charter_decided_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=CharterState.DECIDED) | Q(number__isnull=True), name="charter_number_by_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charter_id} v{self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("members:rule_version", args=[self.pk])

    def hears_comments(self, on: dt.date) -> bool:
        """Members may still say something about it."""
        open_until = self.comments_until
        return self.state == CharterState.PROPOSED and open_until is not None and on <= open_until


class CharterCommentQuerySet(models.QuerySet["CharterComment"]):
    """Questions about comments."""

    def visible_to(self, user: Any) -> CharterCommentQuerySet:
        """Whoever reads the proposal reads what was said about it, unless it was taken back."""
        readable = CharterVersion.objects.visible_to(user)
        return self.filter(version__in=readable, withdrawn_at__isnull=True)


class CharterComment(models.Model):
    """What a member says about a proposal: about one article, or about the whole (`article` empty)."""

    version = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="comments")
    article = models.CharField(_("article"), max_length=60, blank=True)
    text = EncryptedTextField(_("comment"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField(_("answer of the secretariat"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    objects = CharterCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a charter")
        verbose_name_plural = _("comments on charters")
        ordering = ["made_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.version_id} {self.pk}"
