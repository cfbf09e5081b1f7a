"""What residents tell us of a desk, and what we ask its owner: rows with an end."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.encryption import EncryptedTextField
from directory.enums import WrongThing
from directory.models.numbers import person

REPORT_KEPT_FOR = dt.timedelta(days=90)


class DeskReportQuerySet(models.QuerySet["DeskReport"]):
    """Questions about reports."""

    def open(self) -> DeskReportQuerySet:
        """Nobody has looked into them yet."""
        return self.filter(done_at__isnull=True)


class DeskReport(models.Model):
    """「情報の誤りを知らせる」: what a resident found wrong. No name; the words are sealed and go after 90 days.

    `sender` tells repeated reports of one sender from those of several people; it is a keyed hash, for this desk only.
    """

    desk = models.ForeignKey("directory.ConsultationDesk", on_delete=models.CASCADE, related_name="reports")
    what = models.CharField(_("what is wrong"), max_length=12, choices=WrongThing.choices)
    words = EncryptedTextField(_("in their words"), null=True, blank=True)
    sender = models.CharField(max_length=64, blank=True, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("told at"), default=dates.now, db_index=True)
    done_by = person(_("settled by"))
    done_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = DeskReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report about a desk")
        verbose_name_plural = _("reports about desks")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(what__in=WrongThing.values), name="report_of_known_thing")]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.get_what_display()}"


class DeskOwner(models.Model):
    """Who in the organisation is asked whether a desk is still right. Without a row its administrators are."""

    desk = models.OneToOneField("directory.ConsultationDesk", on_delete=models.CASCADE, related_name="owner")
    email = EncryptedTextField(_("e-mail"))
    named_by = person(_("named by"))
    named_at = models.DateTimeField(_("named at"), default=dates.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("owner of a desk")
        verbose_name_plural = _("owners of desks")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.desk_id)


class DeskQuestionQuerySet(models.QuerySet["DeskQuestion"]):
    """Questions about questions."""

    def open(self) -> DeskQuestionQuerySet:
        """Their links still work."""
        return self.filter(answered_at__isnull=True, expires_at__gt=dates.now())


class DeskQuestion(models.Model):
    """「いまも正しいですか」: one mail to one owner. The link's token is kept as a hash."""

    desk = models.ForeignKey("directory.ConsultationDesk", on_delete=models.CASCADE, related_name="questions")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=dates.now)
    expires_at = models.DateTimeField(_("valid until"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = DeskQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to an owner")
        verbose_name_plural = _("questions to owners")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["desk", "asked_at"], name="question_by_desk")]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.asked_at:%Y-%m-%d}"
