"""Who did what, when: codes only."""

from __future__ import annotations

import hmac
import secrets
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.chain import AppendOnly, Link, OnlyAdded, seal_of

__all__ = ["AppendOnly", "AuditEvent", "AuditSeal"]

EVENTS = "cms.audit"
MARKS = "cms.audit.marks"
NONCE = 16  # characters of chance before the seal: no two marks are alike


class AuditEvent(OnlyAdded):
    """One act. No foreign keys (it outlives what it speaks of), no titles, no free text: see cms.audit.record.

    Its mark is made by whoever has the key, at once; its place in the chain is given a moment later by AuditSeal, so
    that no two writers of the house ever wait for each other because of the trail.
    """

    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True, editable=False)
    action = models.CharField(_("action"), max_length=80, db_index=True)
    actor = models.CharField(_("who (number of the person)"), max_length=40, blank=True, db_index=True)
    target = models.CharField(_("what (kind and number)"), max_length=120, blank=True, db_index=True)
    codes = models.JSONField(_("codes"), default=dict, blank=True)
    mark = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit trail")
        ordering = ["-pk"]
        base_manager_name = "objects"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action} {self.target}"

    def facts(self) -> list[Any]:
        """Every column but the number."""
        return [self.at, self.action, self.actor, self.target, self.codes]

    def expected_mark(self, nonce: str) -> str:
        """The mark of these columns."""
        return nonce + seal_of(MARKS, [nonce, *self.facts()])

    @property
    def is_ours(self) -> bool:
        """Whether somebody with the key wrote it."""
        return hmac.compare_digest(self.mark.encode(), self.expected_mark(self.mark[:NONCE]).encode())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new row only, with its mark."""
        if not self.mark:
            self.mark = self.expected_mark(secrets.token_hex(NONCE // 2))
        super().save(*args, **kwargs)


class AuditSeal(Link):
    """The place of an act in the chain, in the order in which acts became visible (not that of their numbers)."""

    CHAIN = EVENTS

    event = models.BigIntegerField(unique=True, editable=False)

    class Meta:
        verbose_name = _("seal of an audit event")
        verbose_name_plural = _("seals of the audit trail")
        ordering: ClassVar = ["seq"]
        base_manager_name = "objects"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"

    act: AuditEvent | None = None  # laid beside it by whoever seals or verifies

    def facts(self) -> list[Any] | None:
        """The act, with its number and its mark; None when it is gone or was not written by us."""
        if self.act is None or self.act.pk != self.event or not self.act.is_ours:
            return None
        return [self.event, *self.act.facts(), self.act.mark]
