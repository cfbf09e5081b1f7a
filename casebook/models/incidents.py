"""A case that somebody has stopped: what was done about it, and the days the law counts (CB-15).

Law: 個人情報保護法 Art. 68 and its rules. A quick report "without delay" (in practice within 3 to 5 days) after one
knows, a full one within 30 days, 60 where an evil purpose is suspected. Here the day of awareness is the first day, and
a due day on a Sunday or holiday stays where it is: the stricter reading of both, so a report that is in time by this
clock is in time by any (docs/adr/0051).
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casebook.models.cases import LETTERS, Case
from cms import dates
from cms.encryption import EncryptedJSONField, EncryptedTextField
from directory.models import Organization
from directory.permissions import can
from directory.roles import Permission

QUICK_FROM, QUICK_WITHIN, FULL_WITHIN, MALICIOUS_WITHIN = 3, 5, 30, 60  # days; the day of awareness is the first


class StopReason(models.TextChoices):
    """What made somebody press. A code; nobody has to say."""

    KNOWN = "known", _("I know who it is")
    NAME = "name", _("A name, a place or an organisation stands in it")
    RARE = "rare", _("So rare that people here would guess")
    NEWS = "news", _("It points to news or an event")
    MISTAKE = "mistake", _("I pressed by mistake")
    OTHER = "other", pgettext_lazy("reason to stop a case", "Something else")


class Suspicion(models.TextChoices):
    """An answer that may still be open."""

    UNKNOWN = "unknown", _("Not known yet")
    YES = "yes", pgettext_lazy("suspicion", "Yes, or suspected")
    NO = "no", pgettext_lazy("suspicion", "No")


class Ruling(models.TextChoices):
    """What becomes of the case."""

    UNFOUNDED = "unfounded", _("Nobody can be recognised: show it again as it was")
    MEND = "mend", _("Have it mended: back to its author as a draft")
    ERASE = "erase", _("Delete it: words, answers and notes go at once")


class Act(models.TextChoices):
    """A step in the handling of an incident."""

    PRESSED = "pressed", _("Somebody stopped the case")
    REASON = "reason", _("Who stopped it said why")
    LOOKED = "looked", _("Somebody of the secretariat has looked at it")
    FACTS = "facts", _("What is known was written down")
    AUTHOR = "author", _("Spoke with the organisation that asked")
    READERS = "readers", _("Asked the readers to forget it and pass nothing on")
    COPIES = "copies", _("Asked for the printed copies back")
    PERSON = "person", _("Told the person whom it is about")
    QUICK = "quick", _("Quick report to the Personal Information Protection Commission")
    CAUSE = "cause", _("Found the cause, and how it is prevented")
    FULL = "full", _("Full report to the Personal Information Protection Commission")
    NOTE = "note", pgettext_lazy("act", "Something else was done")
    RULED = "ruled", _("Decided what becomes of the case")
    ENDED = "ended", _("The incident is closed")


CHECKLIST = (Act.AUTHOR, Act.READERS, Act.COPIES, Act.PERSON, Act.QUICK, Act.CAUSE, Act.FULL)
BY_HAND = (*CHECKLIST, Act.NOTE)  # what a person writes down; the others write themselves
LEGAL = (Act.QUICK, Act.PERSON, Act.FULL)  # asked for where the law wants a report


def new_incident_number() -> str:
    """A random number like S-48217: says nothing about order or time."""
    return f"{secrets.choice(LETTERS)}-{secrets.randbelow(100_000):05d}"


def nth_day(of: dt.date, number: int) -> dt.date:
    """The n-th calendar day, counting that day as the first."""
    return of + dt.timedelta(days=number - 1)


@dataclass(frozen=True)
class Deadline:
    """A report, the day by which it is due, and the day on which it was made."""

    act: Act
    due_on: dt.date
    done_on: dt.date | None

    def days_left(self, on: dt.date) -> int:
        """Days until it is due: 0 today, negative when it is over."""
        return (self.due_on - on).days

    @property
    def is_open(self) -> bool:
        """Still to be made."""
        return self.done_on is None


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Questions about incidents."""

    def visible_to(self, user: Any) -> IncidentQuerySet:
        """The secretariat: number, clock and acts. The words of the case are `Case.objects.stopped_for`."""
        if not user.is_authenticated or not user.is_active or not can(user, Permission.INCIDENTS_KEEP):
            return self.none()
        return self.all()

    def running(self) -> IncidentQuerySet:
        """Not closed yet."""
        return self.filter(ended_at__isnull=True)

    def undecided(self) -> IncidentQuerySet:
        """The case stands still: nobody has said what becomes of it."""
        return self.filter(verdict="")


class Incident(models.Model):
    """One stop of one case, until the last report is made. Codes and times; words only in its steps."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(
        _("number of the incident"), max_length=7, unique=True, default=new_incident_number, editable=False
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="incidents")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_for = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    aware_on = models.DateField(_("known since"), default=dates.today)
    sensitive = models.CharField(_("Sensitive facts (illness, disability, crime suffered)"), max_length=8, choices=Suspicion.choices, default=Suspicion.UNKNOWN)  # fmt: skip
    many = models.CharField(_("More than 100 people"), max_length=8, choices=Suspicion.choices, default=Suspicion.UNKNOWN)  # fmt: skip
    malicious = models.CharField(_("An evil purpose"), max_length=8, choices=Suspicion.choices, default=Suspicion.UNKNOWN)  # fmt: skip
    verdict = models.CharField(_("what becomes of the case"), max_length=10, choices=Ruling.choices, blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering: ClassVar = ["-opened_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(verdict=""), name="incident_one_undecided_a_case"),
            models.CheckConstraint(
                condition=Q(verdict="", ruled_by=None, ruled_at=None)
                | (~Q(verdict="") & Q(ruled_by__isnull=False, ruled_at__isnull=False)),
                name="incident_verdict_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | (~Q(verdict="") & Q(ended_by__isnull=False)),
                name="incident_ends_after_verdict",
            ),
        ]

    def __str__(self) -> str:
        return self.number  # never a word of the case: this lands in logs

    @property
    def suspicions(self) -> tuple[str, str, str]:
        """The three answers that decide about a report."""
        return self.sensitive, self.many, self.malicious

    @property
    def wants_report(self) -> bool:
        """The clock runs: one answer is yes, or none is known to be no. Only three times "no" stops it."""
        return set(self.suspicions) != {Suspicion.NO}

    @property
    def report_is_certain(self) -> bool:
        """One of the three is answered with yes."""
        return Suspicion.YES in self.suspicions

    @property
    def quick_due(self) -> dt.date:
        """The quick report, at the latest."""
        return nth_day(self.aware_on, QUICK_WITHIN)

    @property
    def full_due(self) -> dt.date:
        """The full report: 30 days, 60 with an evil purpose. Not known yet counts as no: the shorter time."""
        return nth_day(self.aware_on, MALICIOUS_WITHIN if self.malicious == Suspicion.YES else FULL_WITHIN)

    def deadlines(self, steps: Iterable[IncidentStep]) -> list[Deadline]:
        """The two reports with their days; none where the law wants none."""
        if not self.wants_report:
            return []
        done: dict[str, dt.date] = {}
        for step in steps:
            done[step.act] = min(step.done_on, done.get(step.act, step.done_on))
        return [
            Deadline(Act.QUICK, self.quick_due, done.get(Act.QUICK)),
            Deadline(Act.FULL, self.full_due, done.get(Act.FULL)),
        ]

    def missing(self, steps: Iterable[IncidentStep]) -> list[Act]:
        """What has to be written down before it may be closed."""
        done = {step.act for step in steps}
        wanted = [*([] if self.verdict else [Act.RULED]), *(LEGAL if self.wants_report else ())]
        return [act for act in wanted if act not in done]


class IncidentStep(models.Model):
    """One thing that was done, on which day, by whom. The few words are encrypted, and go with the case's own."""

    wagtail_reference_index_ignore = True

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(_("what was done"), max_length=8, choices=Act.choices)
    code = models.CharField(max_length=12, blank=True)  # of StopReason or Ruling
    done_on = models.DateField(pgettext_lazy("day of a step", "on"), default=dates.today)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = EncryptedTextField(_("in a few words"), null=True)
    dismissals: Any = EncryptedJSONField(null=True)

    class Meta:
        verbose_name = _("step of an incident")
        verbose_name_plural = _("steps of an incident")
        ordering: ClassVar = ["at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["incident", "by"], condition=Q(act=Act.PRESSED), name="incident_pressed_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"

    @property
    def code_label(self) -> str:
        """The code in words."""
        labels = dict(StopReason.choices) if self.act == Act.REASON else dict(Ruling.choices)
        return str(labels.get(self.code, ""))
