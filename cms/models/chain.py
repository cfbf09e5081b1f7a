"""Chains of seals: rows that are only ever added, each sealed together with the one before it.

A seal is an HMAC-SHA256 over all columns of a row, its place in the chain and the seal before, with a key that comes
from the key file. The head says how long the chain is; it is sealed too, and every writer holds it while it adds, so
that a chain can neither fork nor have gaps. Whoever changes, removes, adds or swaps rows without the key leaves a trace
that `manage.py verify_audit` finds. What it cannot find without a seal noted elsewhere: docs/operator/audit.md.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NoReturn
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.encryption import keyed_hash

GENESIS = "0" * 64  # the seal before the first row
HEADS = "cms.heads"
CHECKS = "cms.checks"


class AppendOnly(Exception):
    """Rows of a record that is kept for ever are neither changed nor deleted."""


class BrokenChain(Exception):
    """The head of a chain is not what we sealed: nothing is added to it until a person has looked."""


def plain(value: Any) -> str:
    """What JSON does not know, as text: times in UTC with microseconds, ids."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a chain.")


def seal_of(chain: str, facts: Sequence[Any]) -> str:
    """The seal of these facts. Canonical: the same facts give the same bytes on every database and in every year."""
    key = bytes.fromhex(keyed_hash(chain, purpose="cms.chain"))
    message = json.dumps(facts, default=plain, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, message.encode("ascii"), hashlib.sha256).hexdigest()


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads; whatever would change a row, or add one beside the chain, is refused."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class OnlyAdded(models.Model):
    """Abstract: the row refuses to change. The database refuses it too, by triggers (migration 0010_chain)."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new row only."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class ChainHeadQuerySet(models.QuerySet["ChainHead"]):
    """The ends of the chains."""

    def held(self, name: str) -> ChainHead:
        """The head, held until the end of the transaction; the first writer makes it. Raises BrokenChain.

        PostgreSQL holds the row; on SQLite the transaction has held the whole database since it began (IMMEDIATE).
        """
        head = self.select_for_update().filter(name=name).first()
        if head is None:
            first: Any = ChainHead(name=name)
            first.proof = first.expected_proof()
            # Another first writer may have been quicker: then theirs is taken.
            models.QuerySet(ChainHead).bulk_create([first], ignore_conflicts=True)
            head = self.select_for_update().get(name=name)
        if not head.is_ours:
            raise BrokenChain(name)
        return head


class ChainHead(models.Model):
    """Where a chain ends: how many rows it has, and the seal of the last one."""

    name = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, default=GENESIS)
    proof = models.CharField(max_length=64)

    objects = ChainHeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("head of a chain")
        verbose_name_plural = _("heads of chains")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.seq}"

    def expected_proof(self) -> str:
        """The seal of the head itself."""
        return seal_of(HEADS, [self.name, self.seq, self.seal])

    @property
    def is_ours(self) -> bool:
        """Whether somebody with the key wrote it."""
        return hmac.compare_digest(self.proof, self.expected_proof())

    def extend(self, links: Iterable[Link]) -> None:
        """Give each link its place and its seal, in this order. The caller holds the head and inserts the links."""
        for link in links:
            link.seq, link.previous = self.seq + 1, self.seal
            link.seal = link.expected_seal()
            self.seq, self.seal = link.seq, link.seal
        self.proof = self.expected_proof()
        self.save()


class Link(OnlyAdded):
    """Abstract: one row of a chain. Saving it puts it at the end, in one step."""

    CHAIN: ClassVar[str]

    seq = models.BigIntegerField(unique=True, editable=False)
    previous = models.CharField(max_length=64, editable=False)
    seal = models.CharField(max_length=64, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new row only, at the end of its chain. Raises BrokenChain; then nothing is stored."""
        if not self._state.adding:
            raise AppendOnly
        self.join(ChainHead.objects.held(self.CHAIN))

    def facts(self) -> list[Any] | None:
        """Everything that is sealed beside the place; None when what it speaks of is gone."""
        raise NotImplementedError

    def expected_seal(self) -> str:
        """The seal that these columns must have."""
        return seal_of(self.CHAIN, [self.seq, self.previous, self.facts()])

    def join(self, head: ChainHead) -> None:
        """The same for who holds the head already, because something has to be counted first."""
        head.extend([self])
        super().save(force_insert=True)


class ChainCheck(OnlyAdded):
    """What `verify_audit` found, and how long the chain was then: a chain that has become shorter betrays itself."""

    chain = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField(_("time"), default=timezone.now)
    rows = models.BigIntegerField()
    head = models.CharField(max_length=64)
    ok = models.BooleanField()
    first_bad = models.BigIntegerField(null=True)
    why = models.CharField(max_length=20, blank=True)
    proof = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("check of a chain")
        verbose_name_plural = _("checks of chains")
        ordering: ClassVar = ["-pk"]
        base_manager_name = "objects"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.chain} {self.at:%Y-%m-%d %H:%M:%S} {self.rows}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new row only, sealed."""
        self.proof = self.proof or self.expected_proof()
        super().save(*args, **kwargs)

    def expected_proof(self) -> str:
        """The seal of this row."""
        return seal_of(CHECKS, [self.chain, self.at, self.rows, self.head, self.ok, self.first_bad, self.why])
