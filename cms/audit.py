"""The audit trail's only door."""

import re

from django.db import models

from cms.models import AuditEvent

ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,80}")


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
