"""What has a time of its own in the casebook."""

import datetime as dt
from typing import Any

from casebook.actions import incidents, keeping, release
from cms import dates
from cms.signals import purging, ticking


def open_what_is_due(at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Cases that were found fit go out together, in the morning."""
    return {"cases_opened": release.open_due(at=at)}


def every_night(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night: last days, old drafts, cases to look at again, reports that fall due."""
    return {**keeping.every_night(now), "incidents_reminded": incidents.remind_due(dates.jst(now).date())}


def register() -> None:
    """Listen to the clock of the house."""
    ticking.connect(open_what_is_due, dispatch_uid="casebook.open_what_is_due")
    purging.connect(every_night, dispatch_uid="casebook.every_night")
