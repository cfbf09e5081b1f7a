"""Decisions (決定事項): what a meeting settled, who sees to it, until when; each step of it is a row."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedTextField
from directory.models import CharterVersion, Department, Organization
from workshops.enums import WAITING_DECISIONS, DecisionState, MinutesState
from workshops.models.meetings import WORKING, Meeting
from workshops.models.minutes import READ_BY_ALL, Minutes, attended_by


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Questions about decisions."""

    def visible_to(self, user: Any) -> DecisionQuerySet:
        """As far as the minutes: who keeps the meeting at once, attendees while they may change them, its circle once
        they are confirmed; and whoever is to see to it, even if the meeting is not theirs."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        roles = user.active_roles()
        if not roles & {*WORKING, "secretariat"}:
            return self.none()
        settled = Minutes.objects.filter(state__in=READ_BY_ALL).order_by().values("meeting")
        open_to_change = Minutes.objects.filter(state=MinutesState.AMENDING).order_by().values("meeting")
        sight = Q(meeting__in=Meeting.objects.kept_by(user).order_by().values("pk"))
        circle = Meeting.objects.visible_to(user).order_by().values("pk")
        sight |= Q(meeting__in=circle) & Q(meeting__in=settled)
        there = attended_by(user).order_by().values("meeting")
        sight |= Q(meeting__in=circle) & Q(meeting__in=open_to_change) & Q(meeting__in=there)
        return self.filter(sight | (self._owned(user) & Q(meeting__in=settled)))

    def owned_by(self, user: Any) -> DecisionQuerySet:
        """Those that this person, or the person's organisation, sees to."""
        return self.filter(self._owned(user))

    def waiting(self) -> DecisionQuerySet:
        """Not done, not given up."""
        return self.filter(state__in=WAITING_DECISIONS)

    def overdue(self, on: dt.date) -> DecisionQuerySet:
        """Waiting, and its day is over (JST)."""
        return self.waiting().filter(due__lt=on)

    def to_review(self, on: dt.date) -> DecisionQuerySet:
        """The day of looking at it again has come."""
        return self.exclude(state=DecisionState.DROPPED).filter(review_on__lte=on)

    def _owned(self, user: Any) -> Q:
        mine = Q(person=user.pk)
        if user.organization_id:
            mine |= Q(organization=user.organization_id)
        return mine


class Decision(models.Model):
    """One decision. The number is R8-09-1: year of the era, meeting, running number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(_("number"), max_length=16, editable=False)
    text = EncryptedTextField(_("what was decided"))
    organization = models.ForeignKey(
        Organization, verbose_name=_("organisation that sees to it"), on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Department, verbose_name=_("department"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due = models.DateField(_("until when"), null=True, blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=DecisionState.choices, default=DecisionState.OPEN)
    charter_version = models.ForeignKey(
        CharterVersion,
        verbose_name=_("version of the rules it changes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    reminded = models.PositiveSmallIntegerField(default=0)  # steps of reminding that are behind us, for this day
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-created_at", "number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="decision_number_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_waiting(self) -> bool:
        """It still asks something of somebody."""
        return self.state in WAITING_DECISIONS

    @property
    def owner(self) -> str:
        """Who sees to it, in words; asks for what is loaded (`select_related`)."""
        names = [str(self.organization), str(self.department or "")]
        return " ".join(name for name in names if name)


class DecisionStep(models.Model):
    """A line of the history of a decision: what it became, in whose words."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=DecisionState.choices)
    note = EncryptedTextField(_("in a sentence"), default="", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("step of a decision")
        verbose_name_plural = _("steps of decisions")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state}"
