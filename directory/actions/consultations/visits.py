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


def room_mark(consultation: Consultation) -> str:
    """What every form of its room carries: the cookie alone says which room is open now, not in which one a form was drawn."""
    return keyed_hash(str(consultation.pk), purpose="directory.consult-room")


def begin() -> tuple[str, ConsultVisit]:
    """A new visit and its cookie's value; the hour begins."""
    token = secrets.token_urlsafe(24)
    return token, ConsultVisit.objects.create(token_hash=mark(token), expires_at=dates.now() + LASTS)


def find(token: str) -> ConsultVisit | None:
    """The visit of that cookie, while its hour lasts."""
    running = ConsultVisit.objects.filter(expires_at__gt=dates.now()).select_related("consultation__desk__organization")
    return running.filter(token_hash=mark(token)).first() if token else None


def keep(visit: ConsultVisit, **changes: Any) -> ConsultVisit:
    """Write `draft`, `code` or `consultation`; the hour begins anew.

    A visit that was ended meanwhile stays ended: nothing brings it back.
    """
    changes = {**changes, "expires_at": dates.now() + LASTS}
    ConsultVisit.objects.filter(pk=visit.pk).update(**changes)
    for name, value in changes.items():
        setattr(visit, name, value)
    return visit


def again(consultation: Consultation) -> str:
    """A new cookie's value for the visit that still holds the words of that consultation; "" when none does.

    For whoever sends the very form that made it: our answer never reached them, and with it the first cookie.
    """
    running = ConsultVisit.objects.filter(expires_at__gt=dates.now(), code__isnull=False)
    visit = running.filter(consultation=consultation).first()
    if visit is None:
        return ""
    token = secrets.token_urlsafe(24)
    keep(visit, token_hash=mark(token))
    return token


def open_thread(visit: ConsultVisit, consultation: Consultation) -> ConsultVisit:
    """From now on this browser reads that thread, until it leaves."""
    return keep(visit, consultation=consultation, draft=None)


def end(token: str) -> None:
    """Nothing of it is left."""
    ConsultVisit.objects.filter(token_hash=mark(token)).delete()
