"""What the monthly tally registers: the reminder that is news and mail, and what every tick looks at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms import dates, outbox
from cms.signals import ticking
from directory.actions.consultations import tallies, trends
from directory.actions.notifications import Kind, register_kind
from directory.models import Notification
from directory.permissions import can
from directory.queries.consultations import tallies as months
from directory.roles import Permission

SENTENCE = _("%(month)s: the figures of your organisation are still missing.")


def seen(user: Any, targets: Sequence[str]) -> dict[str, Any]:
    """Months that whoever keeps the tally may still fill in."""
    if not can(user, Permission.TALLY_OWN) or user.organization_id is None:
        return {}
    still = {f"{month:%Y-%m}": {"month": months.label(month)} for month in months.open_months(dates.today())}
    return {target: still[target] for target in targets if target in still}


def sentence(row: Notification) -> str:
    """One line."""
    return str(SENTENCE) % {"month": row.thing["month"]}


def path(row: Notification) -> str:
    """The page of that month."""
    return reverse("members:tally_month", args=[dt.date.fromisoformat(f"{row.target}-01")])


def keep_months(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """On every tick: who has not handed in is reminded once; a month whose last day has passed is published."""
    return {"tallies_reminded": tallies.remind(at), "trends_published": trends.publish_due(at)}


def register() -> None:
    """Called once when the house starts."""
    register_kind(
        Kind(
            name=tallies.DUE,
            label=_("Monthly figures that are still missing"),
            sees=seen,
            sentence=sentence,
            path=path,
            permission=Permission.TALLY_OWN,
        )
    )
    outbox.register_kind(tallies.MAIL_KIND, tallies.mail_stands, label=_("Monthly figures that are still missing"))
    ticking.connect(keep_months, dispatch_uid="directory.keep_months")
