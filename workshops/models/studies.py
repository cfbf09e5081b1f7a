"""Study sessions (勉強会): closed events for members. The event itself is a plain `Event` without a page (design §3.2)."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedTextField
from directory.models import Organization
from directory.permissions import can, may_enter
from directory.roles import Door, Permission
from workshops.enums import GOING, StudyAnswer, StudyAudience
from workshops.models.events import Event
from workshops.models.materials import Material
from workshops.models.registrations import Registration


class StudySessionQuerySet(models.QuerySet["StudySession"]):
    """Questions about study sessions."""

    def visible_to(self, user: Any) -> StudySessionQuerySet:
        """The secretariat sees all; whoever works in the workspace those that mean them; a host its own."""
        if not user.is_authenticated or not user.is_active or not may_enter(user, Door.WORKSPACE):
            return self.none()
        if can(user, Permission.REGISTRATIONS_READ):
            return self.all()
        sight = Q(audience=StudyAudience.MEMBERS)
        if "member" in user.active_roles():
            sight |= Q(audience=StudyAudience.CORE)
        if user.organization_id:
            invited = StudySession.invited.through.objects.filter(organization=user.organization_id)
            sight |= Q(event__host=user.organization_id)
            sight |= Q(audience=StudyAudience.CHOSEN, pk__in=invited.values("studysession"))
        return self.filter(sight)

    def held_by(self, user: Any) -> StudySessionQuerySet:
        """Those this person may change: the host's administrator its own, the secretariat all."""
        return self.visible_to(user).filter(event__in=Event.objects.received_by(user))


class StudySession(models.Model):
    """A closed event: for whom, what for, what to read before, and what was noted afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="study")
    audience = models.CharField(
        _("who may come"), max_length=8, choices=StudyAudience.choices, default=StudyAudience.MEMBERS
    )
    invited = models.ManyToManyField(Organization, verbose_name=_("organisations asked"), blank=True, related_name="+")
    speaker = models.CharField(_("who speaks or leads"), max_length=200, blank=True)
    prepare = models.TextField(_("to read or bring"), max_length=2000, blank=True)
    materials = models.ManyToManyField(Material, verbose_name=_("materials"), blank=True, related_name="+")
    answer_by = models.DateField(_("answers until"), null=True, blank=True)
    notes = EncryptedTextField(_("notes"), null=True)
    notes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    notes_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    objects = StudySessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("study session")
        verbose_name_plural = _("study sessions")
        ordering = ["-event", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class StudyReplyQuerySet(models.QuerySet["StudyReply"]):
    """Questions about answers."""

    def visible_to(self, user: Any) -> StudyReplyQuerySet:
        """One's own, those of one's organisation, and all of them for who holds the session."""
        if not user.is_authenticated:
            return self.none()
        own = Q(user=user)
        if user.organization_id:
            own |= Q(user__organization=user.organization_id)
        held = StudySession.objects.held_by(user).values("pk")
        return self.filter(own | Q(session__in=held), session__in=StudySession.objects.visible_to(user).values("pk"))

    def going(self) -> StudyReplyQuerySet:
        """Those who come."""
        return self.filter(answer__in=GOING)


class StudyReply(models.Model):
    """出欠 of one person. Who comes to the venue or online holds a seat: `registration`, made by workshops.actions."""

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="replies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(_("answer"), max_length=8, choices=StudyAnswer.choices)
    wish = EncryptedTextField(_("what I would like to ask"), null=True)
    registration = models.OneToOneField(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="study_reply"
    )
    replied_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    objects = StudyReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a study session")
        verbose_name_plural = _("answers to study sessions")
        ordering = ["session", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="study_reply_once"),
            models.CheckConstraint(
                condition=Q(answer__in=GOING) | Q(registration__isnull=True), name="study_reply_absent_holds_no_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.answer}"
