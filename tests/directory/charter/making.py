"""Versions and pledges for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms import dates
from directory.enums import CharterState
from directory.models import Charter, CharterVersion, Pledge, User


def make_charter() -> Charter:
    """The charter that opens the casebook."""
    charter, _new = Charter.objects.get_or_create(is_pledged=True, defaults={"title": "運営ルール"})
    return charter


def make_version(number: int, since: dt.date, **fields: Any) -> CharterVersion:
    """A decided version."""
    fields.setdefault("text", f"第1条（目的）\n第{number}の文章。")
    return CharterVersion.objects.create(
        charter=make_charter(),
        number=number,
        state=CharterState.DECIDED,
        in_force_from=since,
        decided_at=dates.now(),
        **fields,
    )


def accept(user: User, version: CharterVersion, on: dt.date | None = None) -> Pledge:
    """That person accepted that version on that day."""
    made = Pledge.objects.create(user=user, version=version, pledged_on=on or dates.today())
    user.forget_roles()
    return made
