"""Meetings for tests: made through the actions, so that every rule holds for them too."""

from __future__ import annotations

import datetime as dt
import hashlib
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from cms.dates import now
from cms.forms import CheckedUpload
from directory.models import Body
from tests.factories.bodies import make_body
from tests.factories.people import make_user
from workshops.actions import meetings
from workshops.enums import MeetingState
from workshops.models import Meeting

numbers = count(1)
UNSET: Any = object()


def make_office(**fields: Any) -> Any:
    """Somebody of the secretariat."""
    return make_user("secretariat", **fields)


def make_meeting(body: Body | None = None, *, by: Any = None, starts_at: Any = UNSET, **fields: Any) -> Meeting:
    """A draft; in a week at 18 o'clock for 90 minutes, unless said otherwise (None: no day yet)."""
    if starts_at is UNSET:
        starts_at = (now() + dt.timedelta(days=7)).replace(hour=18, minute=0, second=0, microsecond=0)
    fields.setdefault("title", f"会議{next(numbers)}")
    ends = starts_at + dt.timedelta(minutes=90) if starts_at else None
    return meetings.prepare(
        by=by or make_office(), body=body or make_body(), starts_at=starts_at, ends_at=ends, **fields
    )


def make_called(body: Body | None = None, *, by: Any = None, **fields: Any) -> Meeting:
    """Called: everybody was told."""
    by = by or make_office()
    return meetings.call(by=by, meeting=make_meeting(body, by=by, **fields))


def make_held(body: Body | None = None, **fields: Any) -> Meeting:
    """Called, and its day has come and gone."""
    meeting = make_called(body, **fields)
    begun = now() - dt.timedelta(days=1)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=begun, ends_at=begun + dt.timedelta(minutes=90), state=MeetingState.HELD,
        happened_on=begun.date().isoformat(),
    )  # fmt: skip
    meeting.refresh_from_db()
    return meeting


def make_upload(words: str = "資料です", name: str = "資料.txt") -> CheckedUpload:
    """A text file, as the upload field gives it."""
    data = words.encode("utf-8")
    return CheckedUpload(ContentFile(data, name=name), name, "text/plain", len(data), hashlib.sha256(data).hexdigest())
