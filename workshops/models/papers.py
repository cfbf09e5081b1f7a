"""Papers of a meeting, who took them out, and points that members would like to have on the agenda."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedTextField
from cms.privatefiles import KeptFile
from directory.models import Organization
from workshops.enums import PointState
from workshops.models.meetings import AgendaItem, Meeting


class PaperQuerySet(models.QuerySet["Paper"]):
    """Questions about papers."""

    def visible_to(self, user: Any) -> PaperQuerySet:
        """Those of meetings this person sees, unless they were taken back."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).order_by().values("pk"), withdrawn_at=None)

    def newest(self) -> PaperQuerySet:
        """Without those a newer version has replaced."""
        return self.filter(replaced_by=None)


class Paper(KeptFile):
    """A file for a point of the agenda, or for the whole meeting. A newer version replaces it visibly; both stay."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="papers")
    title = models.CharField(_("title"), max_length=120)
    number = models.PositiveSmallIntegerField(_("number of the paper"))  # 資料1
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a meeting")
        verbose_name_plural = _("papers of a meeting")
        ordering = ["meeting", "number", "-version"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number", "version"], name="paper_version_once"),
        ]


class PaperDownload(models.Model):
    """Who took a paper out, and when."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="downloads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("paper taken out")
        verbose_name_plural = _("papers taken out")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class WantedPoint(models.Model):
    """A member would like something to be spoken of; the office takes it or says in a word why not now."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="wanted_points")
    title = models.CharField(_("What should be spoken of"), max_length=200)
    why = EncryptedTextField(_("Why"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("how many minutes"), null=True, blank=True)
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    wanted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    wanted_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=PointState.choices, default=PointState.WAITING)
    answer = EncryptedTextField(_("A word to it"), blank=True)
    item = models.OneToOneField(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="wanted")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wanted point")
        verbose_name_plural = _("wanted points")
        ordering = ["meeting", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
