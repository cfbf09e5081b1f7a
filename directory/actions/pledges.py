"""The pledge: accepting the rules in force, and reminding those who have not."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms import audit, dates, outbox
from directory.actions import charter_news as news
from directory.actions.notifications import mark_read, notify
from directory.enums import PledgeKind
from directory.models import CharterVersion, Pledge, User
from directory.models.pledges import PledgeState
from directory.queries.pledges import Asked, days_left, everybody_asked, states_of

WEEK = 7  # days before the casebook closes: the second reminder
DAY = 1  # the last


@transaction.atomic
def pledge(*, by: User, version: CharterVersion) -> Pledge:
    """This person accepts the version in force. Twice on a day is once. ValidationError for any other version."""
    if not CharterVersion.objects.in_force(dates.today()).filter(pk=version.pk, charter__is_pledged=True).exists():
        raise ValidationError(_("Another version is in force by now. Please read that one."))
    made, new = Pledge.objects.get_or_create(user=by, version=version, pledged_on=dates.today())
    by.forget_roles()
    mark_read(by, kind=news.PLEDGE)
    if new:
        audit.record("charter.pledged", by=by, target=version, number=version.number)
    return made


def stage_of(state: PledgeState, on: dt.date) -> str:
    """Which reminder is due: start, week, day, closed; "" for who has nothing to accept.

    After days without a nightly run only the latest is sent, not all that were missed.
    """
    if state.kind == PledgeKind.MISSING:
        return "closed"
    left = days_left(state, on)
    if not state.asks or left is None:
        return ""
    return "day" if left <= DAY else "week" if left <= WEEK else "start"


@transaction.atomic
def remind(now: dt.datetime) -> int:
    """Tell everybody who has something to accept, once at each stage; how many were told. Safe to repeat."""
    on = dates.jst(now).date()
    due = [(asked, stage_of(asked.state, on)) for asked in states_of(everybody_asked(), on)]
    return sum(_told(asked, stage) for asked, stage in due if stage)


def _told(asked: Asked, stage: str) -> int:
    """One piece of news and one mail, on the same key."""
    version, user = asked.state.version, asked.user
    day = asked.state.until or asked.state.since
    if version is None or day is None:
        return 0
    last = day - dt.timedelta(days=1)  # the last day on which it is open
    key = f"pledge:{version.pk}:{stage}:{day.isoformat()}"
    codes = {"what": stage, "number": version.number, "day": last.isoformat()}
    told = notify(kind=news.PLEDGE, people=[user], target=version.pk, key=key, **codes)
    outbox.post(
        kind=news.MAIL_KIND,
        to=user.email,
        template="directory/mail/pledge",
        context={
            "user": user.pk,
            "version": version.pk,
            "number": version.number,
            "stage": stage,
            "day": dates.japanese_date(last),
            "path": reverse("members:pledge"),
        },
        key=f"{key}:{user.pk}",
    )
    return told
