"""The audit trail's only door, and the job that gives each act its place in the chain."""

import datetime as dt
import re
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from cms.models import AuditEvent, AuditSeal, ChainHead

ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,80}")
BATCH = 500


def record(
    action: str, *, by: models.Model | None, target: models.Model | None = None, **codes: str | int | None
) -> AuditEvent:
    """Write one row. `action` is dotted ("case.released"), `by` the acting person or None for the system.

    Codes are enum values, numbers, ids, dates. Raises ValueError for anything that could be text, a name or an address.
    """
    if not ACTION.fullmatch(action):
        raise ValueError("An action is dotted lower-case ASCII.")
    for name, value in codes.items():
        if not (value is None or isinstance(value, int) or (isinstance(value, str) and CODE.fullmatch(value))):
            raise ValueError(f"{name} is not a code.")
    return AuditEvent.objects.create(
        action=action,
        actor="" if by is None or by.pk is None else str(by.pk),
        target="" if target is None else f"{target._meta.label_lower}:{target.pk}",
        codes=codes,
    )


def seal_events(*, since: dt.datetime | None = None) -> int:
    """Give every visible act its place in the chain; how many got one.

    In the order in which they became visible: an act with a smaller number may be committed after one with a larger.
    `since` spares the background process the whole trail (no transaction lasts a day); verify_audit looks at all of it.
    """
    done = 0
    while batch := _seal_batch(since):
        done += batch
    return done


@transaction.atomic
def _seal_batch(since: dt.datetime | None) -> int:
    head = ChainHead.objects.held(AuditSeal.CHAIN)  # held first: what another process has just sealed is seen below
    unsealed = AuditEvent.objects.filter(~Exists(AuditSeal.objects.filter(event=OuterRef("pk"))))
    if since is not None:
        unsealed = unsealed.filter(at__gte=since)
    seals: list[Any] = []
    for act in unsealed.order_by("pk")[:BATCH]:
        seals.append(AuditSeal(event=act.pk))
        seals[-1].act = act
    if seals:
        head.extend(seals)
        models.QuerySet(AuditSeal).bulk_create(seals)
    return len(seals)
