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
    """Write `draft`, `code` or `consultation`; the hour begins anew, but not while the words are shown.

    A visit that was ended meanwhile stays ended: nothing brings it back.
    """
    if "code" in changes or not visit.code:
        changes = {**changes, "expires_at": dates.now() + LASTS}
    ConsultVisit.objects.filter(pk=visit.pk).update(**changes)
    for name, value in changes.items():
        setattr(visit, name, value)
    return visit


def turn(visit: ConsultVisit, **changes: Any) -> str:
    """Another value for its cookie, and what else changes: whoever knew the old one (or planted it) knows nothing now."""
    token = secrets.token_urlsafe(24)
    ConsultVisit.objects.filter(pk=visit.pk).update(token_hash=mark(token), **changes)
    visit.token_hash = mark(token)
    for name, value in changes.items():
        setattr(visit, name, value)
    return token


def hold_words(visit: ConsultVisit, consultation: Consultation, code: tuple[str, ...]) -> str:
    """The words and the thread of what was sent, for an hour that nothing prolongs. The cookie's new value."""
    expires_at = dates.now() + LASTS
    return turn(visit, code=" ".join(code), consultation=consultation, draft=None, expires_at=expires_at)


def forget_words(visit: ConsultVisit) -> None:
    """They are shown no more."""
    keep(visit, code=None)


def again(consultation: Consultation) -> str:
    """A new cookie's value for the visit that still holds the words of that consultation; "" when none does.

    For whoever sends the very form that made it: our answer never reached them, and with it the first cookie.
    """
    running = ConsultVisit.objects.filter(expires_at__gt=dates.now(), code__isnull=False)
    visit = running.filter(consultation=consultation).first()
    return turn(visit) if visit else ""


def open_thread(visit: ConsultVisit, consultation: Consultation) -> ConsultVisit:
    """From now on this browser reads that thread, until it leaves."""
    return keep(visit, consultation=consultation, draft=None)


def end(token: str) -> None:
    """Nothing of it is left."""
    ConsultVisit.objects.filter(token_hash=mark(token)).delete()
