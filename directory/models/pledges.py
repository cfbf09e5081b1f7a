"""Who has pledged to keep the charter (誓約), and whether that opens the casebook today (CB-09).

Each person accepts the version in force. A new version leaves fourteen days, unless it is urgent; a pledge lasts a
year. Only the casebook closes, nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms import dates
from directory.enums import CharterState, PledgeKind
from directory.models.charter import CharterVersion

GRACE = dt.timedelta(days=14)  # to read a new version, while the earlier pledge still opens the casebook
PLEDGE_LASTS = dt.timedelta(days=365)
SOON = dt.timedelta(days=14)  # before the year ends, one is told


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Questions about pledges."""

    def visible_to(self, user: Any) -> PledgeQuerySet:
        """The office sees all; an organisation's administrator those of the own people; everybody the own ones."""
        if not user.is_authenticated:
            return self.none()
        roles = user.active_roles()
        if "secretariat" in roles:
            return self
        if "orgadmin" in roles and user.organization_id:
            return self.filter(user__organization=user.organization_id)
        return self.filter(user=user)


class Pledge(models.Model):
    """A person accepted a version on a day. Never changed, never taken away."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pledges")
    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="pledges")
    pledged_on = models.DateField(_("accepted on"), default=dates.today)
    pledged_at = models.DateTimeField(_("accepted"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["-pledged_at", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "version", "pledged_on"], name="pledge_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.version_id}"


@dataclass(frozen=True)
class PledgeState:
    """How a person stands with the charter. `until`: the first day on which the casebook is closed again.

    `accepted` is the version accepted last, `version` the one in force; `since` the day from which a pledge is missing.
    """

    kind: PledgeKind
    version: CharterVersion | None = None
    accepted: CharterVersion | None = None
    accepted_on: dt.date | None = None
    until: dt.date | None = None
    since: dt.date | None = None

    @property
    def opens(self) -> bool:
        """Whether the casebook is open."""
        return self.kind in {PledgeKind.STANDS, PledgeKind.SOON, PledgeKind.GRACE}

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it is open without a new pledge."""
        return self.until - dt.timedelta(days=1) if self.until else None

    @property
    def days_left(self) -> int | None:
        """How many days it stays open without a new pledge, today among them."""
        return (self.until - dates.today()).days if self.until else None

    @property
    def asks(self) -> bool:
        """Whether the person has something to do: read and accept."""
        return self.kind in {PledgeKind.SOON, PledgeKind.GRACE, PledgeKind.MISSING}


def versions_so_far(on: dt.date) -> list[CharterVersion]:
    """The pledged charter's versions whose day has come, the one in force last. One query."""
    decided = CharterVersion.objects.filter(
        charter__is_pledged=True, state=CharterState.DECIDED, in_force_from__lte=on
    ).select_related("charter")
    return list(decided.order_by("in_force_from", "number"))


def state_of(pledges: Iterable[Pledge], versions: Sequence[CharterVersion], on: dt.date) -> PledgeState:
    """How somebody with these pledges stands on that day, given the versions so far (the one in force last)."""
    if not versions:
        return PledgeState(PledgeKind.NONE_IN_FORCE)
    places = {version.pk: place for place, version in enumerate(versions)}
    made = [pledge for pledge in pledges if pledge.version_id in places and pledge.pledged_on <= on]
    if not made:
        return PledgeState(PledgeKind.MISSING, versions[-1], since=versions[-1].in_force_from)
    # The newest version accepted, and of it the last pledge: whoever went on to a new version has read it.
    last = max(made, key=lambda pledge: (places[pledge.version_id], pledge.pledged_on))
    place = places[last.version_id]
    year_ends = last.pledged_on + PLEDGE_LASTS
    until = min([year_ends, *(closes_on(version) for version in versions[place + 1 :])])
    facts: dict[str, Any] = {"version": versions[-1], "accepted": versions[place], "accepted_on": last.pledged_on}
    if until <= on:
        return PledgeState(PledgeKind.MISSING, since=until, **facts)
    if place < len(versions) - 1:
        return PledgeState(PledgeKind.GRACE, until=until, **facts)
    return PledgeState(PledgeKind.SOON if year_ends - SOON <= on else PledgeKind.STANDS, until=until, **facts)


def closes_on(version: CharterVersion) -> dt.date:
    """The day on which this version closes the casebook to those who have accepted none but earlier ones."""
    since = version.in_force_from or dt.date.max - GRACE  # a decided version has a day (constraint)
    return since if version.is_urgent else since + GRACE


def pledge_state(user: Any) -> PledgeState:
    """How this person stands with the charter today (JST); asked once a request. Two queries."""
    if not hasattr(user, "_pledge_state"):
        today = dates.today()
        versions = versions_so_far(today)
        user._pledge_state = state_of(Pledge.objects.filter(user=user) if versions else [], versions, today)
    return user._pledge_state  # type: ignore[no-any-return]


def pledge_stands(user: Any) -> bool:
    """Whether this person's pledge opens the casebook today (JST).

    The version in force was accepted within a year; or an earlier one was, and none of those that came after it is
    urgent or older than fourteen days. Without a charter in force the casebook stays closed.
    """
    return pledge_state(user).opens
