"""Meetings of bodies (会議体): what is planned, who came, what was decided. Private to members until a summary is published."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.enums import Openness
from directory.fields import FuzzyDateField
from directory.models import Body, Department, Organization
from workshops.enums import AttendanceMode, AttendanceRole, MeetingAudience, MeetingState


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def visible_to(self, user: Any) -> MeetingQuerySet:
        """The secretariat sees all; members those whose audience they belong to. Nobody without a working role."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        roles = user.active_roles()
        if "secretariat" in roles:
            return self
        if not roles & {"member", "partner", "orgadmin", "counsellor", "supervisor", "reviewer"}:
            return self.none()
        sight = Q(audience=MeetingAudience.MEMBERS)
        if "member" in roles:
            sight |= Q(audience=MeetingAudience.CORE)
        if user.organization_id:
            sight |= Q(pk__in=Attendance.objects.filter(organization=user.organization_id).values("meeting"))
            seats = Body.objects.filter(seats__organization=user.organization_id, seats__until=None)
            sight |= Q(audience=MeetingAudience.BODY, body__in=seats)
        return self.filter(sight).exclude(state=MeetingState.DRAFT)


class Meeting(models.Model):
    """One meeting of a body. A past one may be known only as "2022-10" (`happened_on`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("number of the meeting"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("what it is for"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.DRAFT)
    audience = models.CharField(
        _("who sees it"), max_length=8, choices=MeetingAudience.choices, default=MeetingAudience.BODY
    )
    openness = models.CharField(
        _("who may be there"), max_length=8, choices=Openness.choices, default=Openness.CLOSED, blank=True
    )
    happened_on = FuzzyDateField(_("day, as far as it is known"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)  # JST on screens
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_url = models.URLField(_("address of the online meeting"), blank=True)
    reported_to = models.ForeignKey(
        Body, verbose_name=_("reported to"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    with_press = models.BooleanField(_("the press was there"), default=False)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = [F("starts_at").desc(nulls_last=True), "-happened_on", "-created_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="meeting_in_order"),
            models.UniqueConstraint(fields=["body", "number"], condition=Q(number__isnull=False), name="meeting_number_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """A point of the agenda, in its order; a guest lecture is one too."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    led_by = models.CharField(_("who leads or speaks"), max_length=120, blank=True)
    is_lecture = models.BooleanField(_("a lecture"), default=False)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("point of the agenda")
        verbose_name_plural = _("agenda")
        ordering = ["meeting", "order", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Who was asked and who came: a department, an organisation, or people of a title (民生委員) counted together."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=AttendanceRole.choices, default=AttendanceRole.MEMBER)
    mode = models.CharField(_("attendance"), max_length=8, choices=AttendanceMode.choices, default=AttendanceMode.ASKED)
    headcount = models.PositiveSmallIntegerField(_("how many people"), null=True, blank=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")  # who came, with a login

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["meeting", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(title=""), name="attendance_of_somebody"
            ),
            models.UniqueConstraint(
                fields=["meeting", "organization"],
                condition=Q(department__isnull=True, title="", organization__isnull=False),
                name="attendance_organization_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "department"],
                condition=Q(department__isnull=False),
                name="attendance_department_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.mode}"
