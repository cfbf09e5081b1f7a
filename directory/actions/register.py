"""Verbs about memberships: admit, correct, move to the other tier. One organisation is a member once at a time."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cms import audit, dates
from cms.dates import japanese_date_long
from directory.actions import leaving
from directory.enums import Tier
from directory.models import Membership, Organization, User


@transaction.atomic
def admit(
    *, organization: Organization, tier: str, since: dt.date, until: dt.date | None = None, by: User | None
) -> Membership:
    """An organisation joins. ValidationError, by field, when the time overlaps another membership or runs backwards."""
    membership = Membership(organization=organization, tier=Tier(tier), since=since, until=until)
    _keep(membership)
    _note("membership.admitted", membership, by)
    leaving.settle(organization=organization, by=by)
    return membership


@transaction.atomic
def correct(*, membership: Membership, tier: str, since: dt.date, until: dt.date | None, by: User | None) -> Membership:
    """Set right what was written down, or write down the end. ValidationError like `admit`."""
    membership.tier, membership.since, membership.until = Tier(tier), since, until
    _keep(membership)
    _note("membership.corrected", membership, by)
    leaving.settle(organization=membership.organization, by=by)
    return membership


@transaction.atomic
def move(*, membership: Membership, tier: str, on: dt.date, by: User | None) -> Membership:
    """From that day on the organisation belongs to the other tier; the earlier membership stays in the history."""
    if tier == membership.tier:
        raise ValidationError({"tier": _("It already belongs to this tier.")})
    if on <= membership.since or (membership.until is not None and on >= membership.until):
        raise ValidationError({"on": _("Choose a day within the membership that is to change.")})
    until, membership.until = membership.until, on
    _keep(membership)
    _note("membership.ended", membership, by)
    return admit(organization=membership.organization, tier=tier, since=on, until=until, by=by)


def _keep(membership: Membership) -> None:
    """Check against the others of the organisation, one writer at a time, and save."""
    organization = Organization.objects.select_for_update().get(pk=membership.organization_id)
    if membership.until is not None and membership.until < membership.since:
        raise ValidationError({"until": _("The end is before the beginning.")})
    if organization.ended_on is not None and membership.since >= organization.ended_on:
        raise ValidationError({"since": _("The organisation had ended by then.")})
    others = Membership.objects.filter(organization=organization).exclude(pk=membership.pk)
    met = others.meeting(membership.since, membership.until).order_by("since").first()
    if met is not None:
        raise ValidationError({"since": overlap_words(met)})
    is_over = membership.until is not None and membership.until <= dates.today()
    known = Membership.objects.filter(pk=membership.pk).values_list("announced_at", flat=True).first()
    membership.announced_at = known if is_over else None
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:  # the database's own guard: somebody wrote past this action
        raise ValidationError({"since": _("The time overlaps another membership of this organisation.")}) from error


def overlap_words(met: Membership) -> str:
    """Which membership is in the way, and what to do."""
    words = {"since": japanese_date_long(met.since), "tier": met.get_tier_display()}
    if met.until is None:
        return _("It has been a member since %(since)s (%(tier)s). End that membership first.") % words
    words["until"] = japanese_date_long(met.until)
    return _("It was a member from %(since)s until %(until)s (%(tier)s). The times overlap.") % words


def _note(action: str, membership: Membership, by: User | None) -> None:
    audit.record(
        action,
        by=by,
        target=membership,
        organization=membership.organization_id,
        tier=str(membership.tier),
        since=membership.since.isoformat(),
        until=membership.until.isoformat() if membership.until else None,
    )
