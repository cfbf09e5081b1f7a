"""Walking a chain from its first row to its head, to see whether anybody has laid hands on it."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.models import AuditEvent, AuditSeal, ChainCheck, ChainHead
from cms.models.chain import GENESIS, Link

logger = logging.getLogger(__name__)

BATCH = 1000

# Chain → its rows and what people call it. A room adds its own in ready().
_chains: dict[str, tuple[type[Link], str | Promise]] = {AuditSeal.CHAIN: (AuditSeal, _("Who did what"))}


@dataclass(frozen=True)
class Verdict:
    """What a walk found. `first_bad` is the place of the first row that is wrong or missing, `why` a code:

    gap (a row is missing or there twice), previous (two rows do not follow each other), seal (a row was changed),
    gone (the act it seals was removed, changed, or not written by us), end (the last rows are missing), beyond (rows
    after the head), head (the head itself was changed), shorter (an earlier check saw more), check (an earlier check was
    changed).
    """

    chain: str
    rows: int
    head: str
    first_bad: int | None = None
    why: str = ""

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.why


def register_chain(link: type[Link], *, label: str | Promise) -> None:
    """In ready(): this chain is walked too."""
    _chains[link.CHAIN] = (link, label)


def chains() -> dict[str, str | Promise]:
    """Names of all chains, with what people call them."""
    return {name: label for name, (_link, label) in _chains.items()}


@dataclass(frozen=True)
class State:
    """A chain as people see it: what it is called, and what was found when it was looked at last (None: never)."""

    label: str | Promise
    check: ChainCheck | None


def states() -> list[State]:
    """Every chain with its latest check, one query for all."""
    latest = ChainCheck.objects.order_by().values("chain").annotate(last=Max("pk")).values("last")
    checks = {check.chain: check for check in ChainCheck.objects.filter(pk__in=latest)}
    return [State(label, checks.get(name)) for name, label in chains().items()]


def verify(name: str, *, noted: set[str] | None = None) -> Verdict:
    """Walk one chain, in batches. `noted` are seals known from elsewhere; those found on the way are taken out.

    The result is written down as a ChainCheck.
    """
    verdict = _walk(_chains[name][0], noted if noted is not None else set())
    if not verdict.ok:
        logger.error("chain %s: %s at %s", name, verdict.why, verdict.first_bad)
    ChainCheck.objects.create(
        chain=name,
        rows=verdict.rows,
        head=verdict.head,
        ok=verdict.ok,
        first_bad=verdict.first_bad,
        why=verdict.why,
    )
    return verdict


def _walk(link: type[Link], noted: set[str]) -> Verdict:
    head, rows, beyond = _as_it_stands(link)
    witness, forged = _longest_seen(link.CHAIN)
    last, seal = 0, GENESIS
    noted.discard(GENESIS)

    def found(why: str, at: int | None) -> Verdict:
        return Verdict(link.CHAIN, rows, seal, at, why)

    for row in _rows(link, head.seq):
        if fault := _fault(row, last, seal):
            return found(fault, last + 1)
        last, seal = row.seq, row.seal
        noted.discard(seal)
        if witness is not None and witness.rows == last:
            if witness.head != seal:
                return found("shorter", last)
            witness = None
    if not head.is_ours:
        return found("head", None)
    if last < head.seq or seal != head.seal:
        return found("end", last + 1)
    if beyond is not None or rows != last:
        return found("beyond" if beyond is not None else "gap", beyond)
    if witness is not None:
        return found("shorter", last + 1)
    return found("check" if forged else "", None)


def _as_it_stands(link: type[Link]) -> tuple[ChainHead, int, int | None]:
    """Head, number of rows, and the first row after the head: all of the same moment, while no writer can add."""
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().filter(name=link.CHAIN).first()
        rows = link.objects.count()
        if head is None:  # nothing was ever added; or somebody removed it
            head = ChainHead(name=link.CHAIN, proof="" if rows else GENESIS)
            head.proof = "" if rows else head.expected_proof()
        after = link.objects.filter(seq__gt=head.seq).order_by("seq").values_list("seq", flat=True).first()
    return head, rows, after


def _longest_seen(chain: str) -> tuple[ChainCheck | None, bool]:
    """The longest state of the chain that an earlier, sound check wrote down; or that this note is not ours."""
    seen = ChainCheck.objects.filter(chain=chain, ok=True, rows__gt=0).order_by("-rows", "-pk").first()
    if seen is None or hmac.compare_digest(seen.proof.encode(), seen.expected_proof().encode()):
        return seen, False
    return None, True


def _rows(link: type[Link], until: int) -> Iterator[Link]:
    """The chain in its order, a batch in memory at a time."""
    last: int | None = None
    while True:
        rows = link.objects.filter(seq__lte=until).order_by("seq", "pk")
        batch = list((rows if last is None else rows.filter(seq__gt=last))[:BATCH])
        if not batch:
            return
        _lay_acts_beside(batch)
        yield from batch
        last = batch[-1].seq


def _lay_acts_beside(batch: Sequence[Any]) -> None:
    """The acts that these seals speak of, in one query."""
    if isinstance(batch[0], AuditSeal):
        acts: dict[Any, AuditEvent] = models.QuerySet(AuditEvent).in_bulk([seal.event for seal in batch])
        for seal in batch:
            seal.act = acts.get(seal.event)


def _fault(row: Link, last: int, seal: str) -> str:
    """What is wrong with the row that comes after `last`."""
    if row.seq != last + 1:
        return "gap"
    if row.previous != seal:
        return "previous"
    if row.facts() is None:
        return "gone"
    return "" if hmac.compare_digest(row.seal.encode(), row.expected_seal().encode()) else "seal"
