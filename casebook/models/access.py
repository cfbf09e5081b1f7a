"""Who read what and when. Only ever added to; ids only, so that it outlives what it speaks of."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casebook.enums import Eye


class AppendOnly(Exception):
    """Somebody tried to change or remove a line of the access log."""


class AccessQuerySet(models.QuerySet["Access"]):
    """Questions about readings; no way to change them."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class Access(models.Model):
    """One reading of one case by one person."""

    case = models.UUIDField(db_index=True)
    user = models.BigIntegerField()
    organization = models.BigIntegerField(null=True)
    how = models.CharField(_("how"), max_length=8, choices=Eye.choices)
    at = models.DateTimeField(default=timezone.now)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a case")
        verbose_name_plural = _("readings")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.user}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new line only."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly
