"""What the yearly news about an organisation's profile says, to whom; and what the night does for profiles and cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.dates import jst
from cms.signals import purging
from directory.actions import profiles
from directory.actions.notifications import Kind, register_kind
from directory.models import Membership, Notification
from directory.permissions import can
from directory.roles import Permission


def profile_kept(user: Any, targets: Sequence[str]) -> set[str]:
    """One's own organisation, while one keeps its profile and it is a member."""
    own = str(user.organization_id)
    if own not in targets or not can(user, Permission.PROFILES_KEEP_OWN):
        return set()
    return {own} if Membership.objects.active().filter(organization=user.organization_id).exists() else set()


def sentence(row: Notification) -> str:
    """Without a name: the person knows where they work."""
    return _("Nobody has looked at your organisation's profile for long. Is it still right?")


def path(row: Notification) -> str:
    """The organisation's own page."""
    return reverse("members:organization", args=[row.target])


def every_night(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Old profiles are asked about; cards of people who have left are deleted."""
    return {"profiles_asked": profiles.ask_due(on=jst(now).date()), "cards": profiles.forget_cards()}


def register() -> None:
    """Called once when the house starts."""
    label = gettext_lazy("The profile of my organisation")
    register_kind(Kind(profiles.NEWS_OLD, label, profile_kept, sentence, path))
    purging.connect(every_night, dispatch_uid="directory.profiles_every_night")
