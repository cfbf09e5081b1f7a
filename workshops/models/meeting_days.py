"""Looking for a day (日程調整): candidate times, and who said ○△× to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedTextField
from directory.models import Organization
from workshops.enums import Mark
from workshops.models.meetings import Meeting


class DayOption(models.Model):
    """A time that is proposed for a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("proposed day")
        verbose_name_plural = _("proposed days")
        ordering = ["meeting", "starts_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["meeting", "starts_at"], name="option_once"),
            models.CheckConstraint(condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="option_in_order"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class DayReply(models.Model):
    """The answer of an organisation, or of a person, to all proposed days together; the note may be personal."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="day_replies")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    note = EncryptedTextField(_("a word about it"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer about days")
        verbose_name_plural = _("answers about days")
        ordering = ["meeting", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, person__isnull=True)
                | Q(organization__isnull=True, person__isnull=False),
                name="day_reply_of_one",
            ),
            models.UniqueConstraint(fields=["meeting", "organization"], name="day_reply_organization_once"),
            models.UniqueConstraint(fields=["meeting", "person"], name="day_reply_person_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DayMark(models.Model):
    """○, △ or × of one answer to one day."""

    reply = models.ForeignKey(DayReply, on_delete=models.CASCADE, related_name="marks")
    option = models.ForeignKey(DayOption, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=5, choices=Mark.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["reply", "option"], name="day_mark_once")]

    def __str__(self) -> str:
        return self.mark
