"""Sixty minutes of one browser at `/consult/`: a random cookie there, an encrypted row here. The quick exit ends it."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from cms import dates
from cms.encryption import keyed_hash
from directory.models import Consultation, ConsultVisit

LASTS = dt.timedelta(minutes=60)


def mark(token: str) -> str:
    """What is stored of the cookie."""
    return keyed_hash(token, purpose="directory.consult-visit")


def begin() -> tuple[str, ConsultVisit]:
    """A new visit and its cookie's value; the hour begins."""
    token = secrets.token_urlsafe(24)
    return token, ConsultVisit.objects.create(token_hash=mark(token), expires_at=dates.now() + LASTS)


def find(token: str) -> ConsultVisit | None:
    """The visit of that cookie, while its hour lasts."""
    running = ConsultVisit.objects.filter(expires_at__gt=dates.now()).select_related("consultation__desk__organization")
    return running.filter(token_hash=mark(token)).first() if token else None


def keep(visit: ConsultVisit, **changes: Any) -> ConsultVisit:
    """Write `draft`, `code` or `consultation`; the hour begins anew."""
    for name, value in {**changes, "expires_at": dates.now() + LASTS}.items():
        setattr(visit, name, value)
    visit.save()
    return visit


def open_thread(visit: ConsultVisit, consultation: Consultation) -> ConsultVisit:
    """From now on this browser reads that thread, until it leaves."""
    return keep(visit, consultation=consultation, draft=None)


def end(token: str) -> None:
    """Nothing of it is left."""
    ConsultVisit.objects.filter(token_hash=mark(token)).delete()
