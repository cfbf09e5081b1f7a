"""Minutes (議事録): one paragraph a point of the agenda, changes that attendees would like, and the lock at the end.

Locked minutes are never changed. Three things see to it: what is below refuses to save, change or delete; triggers of
the database refuse it again, whoever asks (migration 0008); and the SHA-256 over the words, kept on the day of the
lock, shows what went past both. The words alone may be sealed anew, when keys are rotated: that is the same text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.dates import jst
from cms.encryption import EncryptedJSONField, EncryptedTextField
from workshops.enums import AttendanceMode, ConfirmBy, MinutesState
from workshops.models.meetings import AgendaItem, Attendance, Meeting

CAME = (AttendanceMode.VENUE, AttendanceMode.ONLINE)
#: From the confirmation until the lock: a last chance to open them again.
LOCK_AFTER = dt.timedelta(days=7)
READ_BY_ALL = (MinutesState.CONFIRMED, MinutesState.LOCKED)


class Locked(Exception):
    """Locked minutes are not changed; what was wrong is said in an erratum."""


def attended_by(user: Any, **how: Any) -> models.QuerySet[Attendance]:
    """Rows of meetings at which this person was: by name, or with their organisation where nobody is named."""
    came = Attendance.objects.filter(mode__in=CAME, **how)
    with_the_organization = Q(people=None, organization=user.organization_id, organization__isnull=False)
    return came.filter(Q(people=user) | with_the_organization)


class Guarded(models.QuerySet[Any]):
    """Refuses every change of rows that belong to locked minutes."""

    def locked_rows(self) -> models.QuerySet[Any]:
        """Those of these rows that are locked."""
        return self.filter(minutes__state=MinutesState.LOCKED)

    def _refuse(self) -> None:
        if self.locked_rows().order_by().exists():
            raise Locked

    def update(self, **changes: Any) -> int:
        self._refuse()
        return super().update(**changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse()
        return super().delete()

    def bulk_update(self, objs: Any, *args: Any, **kwargs: Any) -> int:
        objs = list(objs)
        if self.model._default_manager.filter(pk__in=[row.pk for row in objs]).locked_rows().exists():
            raise Locked
        return super().bulk_update(objs, *args, **kwargs)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        objs = list(objs)
        wanted = {row.minutes_id for row in objs if hasattr(row, "minutes_id")}
        if Minutes.objects.filter(pk__in=wanted, state=MinutesState.LOCKED).exists():
            raise Locked
        return super().bulk_create(objs, *args, **kwargs)


class MinutesQuerySet(Guarded):
    """Questions about minutes."""

    def locked_rows(self) -> models.QuerySet[Any]:
        return self.filter(state=MinutesState.LOCKED)

    def visible_to(self, user: Any) -> MinutesQuerySet:
        """Who keeps the meeting sees all phases, attendees from the time of changes, its whole circle once confirmed."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        meetings = Meeting.objects.visible_to(user).order_by().values("pk")
        kept = Meeting.objects.kept_by(user).order_by().values("pk")
        return self.filter(
            Q(state__in=READ_BY_ALL)
            | Q(meeting__in=kept)
            | Q(state=MinutesState.AMENDING, meeting__in=attended_by(user).values("meeting")),
            meeting__in=meetings,
        )

    def amended_by(self, user: Any) -> MinutesQuerySet:
        """Those whose proposed changes this person reads: who keeps the meeting, and who was there."""
        kept = Meeting.objects.kept_by(user).order_by().values("pk")
        there = attended_by(user).order_by().values("meeting")
        return self.visible_to(user).filter(Q(meeting__in=kept) | Q(meeting__in=there))


class Minutes(models.Model):
    """The minutes of one meeting. `version` grows with every change of the words."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="record")
    state = models.CharField(_("state"), max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    dismissed = EncryptedJSONField(default=list)  # marks of the guard that a person called harmless
    amend_until = models.DateField(_("changes until"), null=True, blank=True)  # JST, that day included
    confirm_by = models.CharField(
        _("how they are confirmed"), max_length=8, choices=ConfirmBy.choices, default=ConfirmBy.DAY
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(  # nobody: the day was over and no change waited
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_in = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("record", "minutes")
        verbose_name_plural = pgettext_lazy("record", "minutes")
        ordering = ["-created_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MinutesState.LOCKED) | (Q(locked_at__isnull=False) & ~Q(sha256="")),
                name="minutes_locked_with_their_sum",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MinutesState.DRAFT, MinutesState.AMENDING]) | Q(confirmed_at__isnull=False),
                name="minutes_confirmed_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and Minutes.objects.filter(pk=self.pk, state=MinutesState.LOCKED).exists():
            raise Locked
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Minutes.objects.filter(pk=self.pk, state=MinutesState.LOCKED).exists():
            raise Locked
        return super().delete(*args, **kwargs)

    @property
    def is_locked(self) -> bool:
        """Never changed again."""
        return self.state == MinutesState.LOCKED

    @property
    def is_confirmed(self) -> bool:
        """The words stand."""
        return self.state in READ_BY_ALL

    @property
    def locks_on(self) -> dt.date | None:
        """The day on which confirmed minutes are locked by themselves (JST)."""
        waits = self.state == MinutesState.CONFIRMED and self.confirmed_at
        return jst(self.confirmed_at + LOCK_AFTER).date() if waits and self.confirmed_at else None

    def digest(self) -> str:
        """SHA-256 over meeting, headings and words, in hexadecimal."""
        words = [[row.heading, row.text] for row in self.paragraphs.order_by("order", "pk")]
        whole = json.dumps([str(self.meeting_id), self.version, words], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(whole.encode()).hexdigest()

    def is_intact(self) -> bool:
        """The words are those that were locked."""
        return self.is_locked and self.digest() == self.sha256


class OfMinutes(models.Model):
    """Abstract. A row that stands and falls with its minutes."""

    minutes_id: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse()
        return super().delete(*args, **kwargs)

    def _refuse(self) -> None:
        if Minutes.objects.filter(pk=self.minutes_id, state=MinutesState.LOCKED).exists():
            raise Locked
        rows: Any = type(self)._default_manager.filter(pk=self.pk)
        if self.pk and rows.locked_rows().exists():  # it was moved out of locked minutes
            raise Locked


class Paragraph(OfMinutes):
    """What was said on one point. `version`: who saves says which one they had before them."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="paragraphs")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"))
    heading = models.CharField(_("heading"), max_length=200)
    text = EncryptedTextField(_("what was said"), default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    objects = Guarded.as_manager()

    class Meta:
        verbose_name = _("paragraph of minutes")
        verbose_name_plural = _("paragraphs of minutes")
        ordering = ["minutes", "order", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.order}"


class AppendOnly(models.QuerySet["Erratum"]):
    """Errata are added, never changed."""

    def update(self, **changes: Any) -> int:
        raise Locked

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Locked

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise Locked


class Erratum(models.Model):
    """A correction of locked minutes, with day and person. It stands beside the words, it does not change them."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="errata")
    text = EncryptedTextField(_("what is right"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("erratum of minutes")
        verbose_name_plural = _("errata of minutes")
        ordering = ["written_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Locked
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Locked
