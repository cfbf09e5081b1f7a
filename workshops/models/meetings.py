"""Meetings of bodies (会議体): what is planned, who came, what was decided. Private to members until a summary is published."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms import dates
from directory.enums import BodyRole, Openness, Tier
from directory.fields import FuzzyDateField
from directory.models import Body, BodyMembership, Department, Membership, Organization
from workshops.enums import (
    Asked,
    AttendanceMode,
    AttendanceRole,
    LegalBasis,
    MeetingAudience,
    MeetingState,
    Outcome,
)

#: Roles that work in the members' room and hear of meetings; the secretariat sees all of them.
WORKING = ("member", "partner", "colleague", "orgadmin", "counsellor", "supervisor", "reviewer")
#: Roles whose holders keep the meetings of a body in which their organisation is the office.
KEEPING = ("member", "orgadmin")


def seats_held(organization: int, **how: Any) -> models.QuerySet[Body]:
    """The bodies in which the organisation sits today."""
    seats = BodyMembership.objects.on(dates.today()).filter(organization=organization, **how)
    return Body.objects.filter(pk__in=seats.order_by().values("body"))


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def visible_to(self, user: Any) -> MeetingQuerySet:
        """The secretariat sees all; members those whose audience they belong to, once called; who keeps them, drafts too.

        Nobody without a working role.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        roles = user.active_roles()
        if "secretariat" in roles:
            return self
        if not roles & set(WORKING):
            return self.none()
        sight = Q(audience=MeetingAudience.MEMBERS)
        if "member" in roles:
            sight |= Q(audience=MeetingAudience.CORE)
        if user.organization_id:
            sight |= Q(pk__in=Attendance.objects.filter(organization=user.organization_id).values("meeting"))
            sight |= Q(audience=MeetingAudience.BODY, body__in=seats_held(user.organization_id))
        hidden = Q(state=MeetingState.DRAFT) | Q(state=MeetingState.CANCELLED, sequence=0)  # nobody had heard of it
        called = sight & ~hidden
        return self.filter(called | self._kept(user))

    def kept_by(self, user: Any) -> MeetingQuerySet:
        """Those this person prepares: the secretariat all, the office of a body its own."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if "secretariat" in user.active_roles() else self.filter(self._kept(user))

    def coming(self) -> MeetingQuerySet:
        """Not over: those in preparation and those that lie ahead, the next first."""
        today = Q(starts_at__gte=dates.now() - dt.timedelta(hours=12)) | Q(starts_at=None)
        ahead = Q(state__in=[MeetingState.DRAFT, MeetingState.POLL]) | (Q(state=MeetingState.CALLED) & today)
        return self.filter(ahead).order_by(F("starts_at").asc(nulls_last=True), "created_at")

    def past(self) -> MeetingQuerySet:
        """Held, called off, or over without anybody having said so; the latest first."""
        over = Q(state=MeetingState.CALLED, starts_at__lt=dates.now() - dt.timedelta(hours=12))
        return self.filter(Q(state__in=[MeetingState.HELD, MeetingState.CANCELLED]) | over).order_by(
            "-happened_on", F("starts_at").desc(nulls_last=True), "-created_at"
        )

    def _kept(self, user: Any) -> Q:
        if not (user.organization_id and user.active_roles() & set(KEEPING)):
            return Q(pk__in=[])
        return Q(body__in=seats_held(user.organization_id, role=BodyRole.OFFICE))


class Meeting(models.Model):
    """One meeting of a body. A past one may be known only as "2022-10" (`happened_on`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("number of the meeting"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(pgettext_lazy("meeting", "what it is for"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.DRAFT)
    audience = models.CharField(
        _("who sees it"), max_length=8, choices=MeetingAudience.choices, default=MeetingAudience.BODY
    )
    openness = models.CharField(
        _("who may be there"), max_length=8, choices=Openness.choices, default=Openness.CLOSED, blank=True
    )
    legal_basis = models.CharField(
        pgettext_lazy("meeting", "legal basis"), max_length=12, choices=LegalBasis.choices, default=LegalBasis.ANONYMOUS
    )
    happened_on = FuzzyDateField(_("day, as far as it is known"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)  # JST on screens
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_url = models.URLField(_("address of the online meeting"), blank=True)
    asked = models.CharField(_("who answers"), max_length=8, choices=Asked.choices, default=Asked.ORGANIZATION)
    answers_until = models.DateField(_("answers until"), null=True, blank=True)
    reported_to = models.ForeignKey(
        Body, verbose_name=_("reported to"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reported_on = FuzzyDateField(_("reported on"))
    with_press = models.BooleanField(_("the press was there"), default=False)
    is_public = models.BooleanField(_("named in the public history of the body"), default=False)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sequence = models.PositiveIntegerField(default=0)  # of its calendar entry; 0 until somebody else hears of it
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

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

    @property
    def takes_words(self) -> bool:
        """Whether free text may be written about what is spoken of here; under another law it belongs elsewhere."""
        return self.legal_basis == LegalBasis.ANONYMOUS

    @property
    def is_held(self) -> bool:
        """It took place."""
        return self.state == MeetingState.HELD

    @property
    def is_over(self) -> bool:
        """It was held, or its time is over."""
        end = self.ends_at or self.starts_at
        return self.is_held or (self.state == MeetingState.CALLED and end is not None and end < dates.now())

    @property
    def length(self) -> int | None:
        """Minutes from beginning to end."""
        if not self.starts_at or not self.ends_at:
            return None
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def invited(self) -> set[int]:
        """Ids of the organisations that are asked: by their seats or their tier, and whoever is on the list besides."""
        named = Attendance.objects.filter(meeting=self, organization__isnull=False)
        return self.belonging() | set(named.values_list("organization", flat=True))

    def belonging(self) -> set[int]:
        """Ids of the organisations to whose circle the meeting speaks today."""
        today = dates.today()
        if self.audience == MeetingAudience.BODY:
            seats = BodyMembership.objects.on(today).filter(body=self.body_id, organization__isnull=False)
            return {pk for pk in seats.values_list("organization", flat=True) if pk}
        members = Membership.objects.on(today)
        if self.audience == MeetingAudience.CORE:
            members = members.filter(tier=Tier.CORE)
        return set(members.values_list("organization", flat=True))


class AgendaItem(models.Model):
    """A point of the agenda, in its order; a guest lecture is one too."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("how many minutes"), null=True, blank=True)
    led_by = models.CharField(_("who leads or speaks"), max_length=120, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=120, blank=True)
    is_lecture = models.BooleanField(_("a lecture"), default=False)
    cases = models.CharField(_("numbers of cases"), max_length=120, blank=True)  # K7F-204: text, never a link by key
    outcome = models.CharField(_("what became of it"), max_length=10, choices=Outcome.choices, blank=True)
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
    """Who was asked and who came: a department, an organisation, or people of a title (民生委員) counted together.

    `reply` is what they said beforehand; `mode` and `headcount` are what was so on the day.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=AttendanceRole.choices, default=AttendanceRole.MEMBER)
    reply = models.CharField(
        _("answer beforehand"), max_length=8, choices=AttendanceMode.choices, default=AttendanceMode.ASKED
    )
    expected = models.PositiveSmallIntegerField(_("how many will come"), null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)
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

    @property
    def name(self) -> str:
        """The department, the organisation or the title; asks for what is loaded (`select_related`)."""
        return str(self.department or self.title or self.organization or "")

    @property
    def came(self) -> bool:
        """They were there, in the room or on a screen."""
        return self.mode in (AttendanceMode.VENUE, AttendanceMode.ONLINE)
