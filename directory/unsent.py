"""A form that came too late: the session had ended, or the person has to prove again who they are.

What was typed waits sealed in the session, for the same person and for half an hour, and is offered again on a page of
its own (`/accounts/unsent/`): nothing is sent before the person presses. Files do not wait; passwords never do.
"""

import json
import time
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from cms import encryption

KEY = "unsent"
SEALED_AS = "directory.unsent"
KEPT_FOR = 30 * 60  # seconds
LONGEST = 256 * 1024  # characters: a page of Wagtail's editor fits
NEVER = ("/accounts/",)  # passwords and codes


@dataclass(frozen=True)
class Unsent:
    """Where it was going, and its fields in their order (a name may come twice)."""

    path: str
    fields: list[tuple[str, str]]


def keep(request: HttpRequest, session: SessionBase, user_id: int) -> bool:
    """Seal the posted form into the session. False when it cannot wait: nothing typed, files, passwords, too long."""
    if request.path.startswith(NEVER) or request.FILES or not is_a_form(request):
        return False
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        if isinstance(value, str)
    ]
    text = json.dumps({"user": user_id, "at": time.time(), "path": request.get_full_path(), "fields": fields})
    if len(text) > LONGEST:
        return False
    session[KEY] = encryption.seal(text, SEALED_AS)
    return True


def is_a_form(request: HttpRequest) -> bool:
    """A whole page was posted, not a part of one by script."""
    posted = request.method == "POST" and request.content_type in {
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    }
    return posted and not getattr(request, "htmx", False)


def waiting(session: SessionBase, user_id: int) -> Unsent | None:
    """What waits for this person. Somebody else's, or what is too old, is thrown away."""
    sealed = session.get(KEY)
    if not sealed:
        return None
    try:
        found: dict[str, Any] = json.loads(encryption.unseal(sealed, SEALED_AS))
    except encryption.Unreadable:  # the keys have changed meanwhile
        found = {"user": None, "at": 0}
    if found["user"] != user_id or time.time() - found["at"] > KEPT_FOR:
        del session[KEY]
        return None
    return Unsent(found["path"], [(name, value) for name, value in found["fields"]])


def forget(part: str) -> int:
    """The thing is gone: no waiting form that was going to an address with `part` in it stays in any session.

    Forms that nobody can read any more (other keys) and those that have waited too long go too. How many went.
    """
    return sum(_forgotten(session, part) for session in Session.objects.iterator())


def _forgotten(row: Session, part: str) -> bool:
    held = row.get_decoded()
    if KEY not in held or _still_waits(held[KEY], part):
        return False
    del held[KEY]
    # The row alone: saving a session would let it last longer.
    Session.objects.filter(pk=row.pk).update(session_data=SessionStore().encode(held))
    return True


def _still_waits(sealed: str, part: str) -> bool:
    try:
        found: dict[str, Any] = json.loads(encryption.unseal(sealed, SEALED_AS))
    except encryption.Unreadable:
        return False
    return time.time() - found["at"] <= KEPT_FOR and (not part or part not in found["path"])


def forget_old() -> int:
    """Every night: forms that nobody came back for. How many went."""
    return forget("")
