"""Verbs about what members tell each other: profile, offers and wishes, activities, cards. Each writes its audit row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms import audit, dates
from cms.forms import CheckedUpload
from cms.privatefiles import KeptFile
from directory.actions.notifications import notify
from directory.models import (
    ActivityNote,
    ActivityPicture,
    MemberProfile,
    Membership,
    Organization,
    PersonCard,
    Resource,
    RoleAssignment,
    User,
)
from directory.models.profiles import FRESH_FOR, WORKING_ROLES
from directory.permissions import may_keep_profile

NEWS_OLD = "profile_old"
#: A new member is asked about an empty profile after so long.
SETTLING = dt.timedelta(days=30)


def _ask(by: User, organization: Organization) -> None:
    if not may_keep_profile(by, organization):
        raise PermissionDenied


@transaction.atomic
def keep_profile(*, organization: Organization, by: User, values: Mapping[str, Any]) -> MemberProfile:
    """Write the profile; whoever writes it has looked at it. Raises PermissionDenied."""
    _ask(by, organization)
    plain = {name: value for name, value in values.items() if name != "concerns"}
    seen = {"looked_at_on": dates.today(), "looked_at_by": by}
    profile, _made = MemberProfile.objects.update_or_create(organization=organization, defaults={**plain, **seen})
    profile.concerns.set(values.get("concerns", ()))
    audit.record("profile.kept", by=by, target=profile)
    return profile


@transaction.atomic
def confirm_profile(*, organization: Organization, by: User) -> MemberProfile:
    """Everything is still right. Raises PermissionDenied."""
    _ask(by, organization)
    seen = {"looked_at_on": dates.today(), "looked_at_by": by}
    profile, _made = MemberProfile.objects.update_or_create(organization=organization, defaults=seen)
    audit.record("profile.confirmed", by=by, target=profile)
    return profile


@transaction.atomic
def keep_resource(*, resource: Resource, by: User, values: Mapping[str, Any]) -> Resource:
    """Write an offer or a wish, a new one or one to be changed. Raises PermissionDenied."""
    _ask(by, resource.organization)
    for name, value in values.items():
        setattr(resource, name, value)
    resource.written_by = by
    resource.save()
    audit.record("resource.kept", by=by, target=resource, direction=resource.direction, kind=resource.kind)
    return resource


@transaction.atomic
def remove_resource(*, resource: Resource, by: User) -> None:
    """It is offered, or looked for, no longer. Raises PermissionDenied."""
    _ask(by, resource.organization)
    audit.record("resource.removed", by=by, target=resource, direction=resource.direction, kind=resource.kind)
    resource.delete()


@transaction.atomic
def keep_note(
    *,
    note: ActivityNote,
    by: User,
    values: Mapping[str, Any],
    picture: CheckedUpload | None = None,
    described: str = "",
) -> ActivityNote:
    """Write a piece about an activity, with one more picture if there is one. Raises PermissionDenied."""
    _ask(by, note.organization)
    for name, value in values.items():
        setattr(note, name, value)
    note.written_by = by
    note.save()
    if picture is not None:
        ActivityPicture.objects.create(note=note, described=described, **KeptFile.of(picture, by=by))
    audit.record("activity.kept", by=by, target=note, pictures=int(picture is not None))
    return note


@transaction.atomic
def remove_picture(*, picture: ActivityPicture, by: User) -> None:
    """Take a picture out; the file goes with it. Raises PermissionDenied."""
    _ask(by, picture.note.organization)
    audit.record("activity.picture_removed", by=by, target=picture.note)
    _forget_files([picture])
    picture.delete()


@transaction.atomic
def remove_note(*, note: ActivityNote, by: User) -> None:
    """Take a piece back, with its pictures. Raises PermissionDenied."""
    _ask(by, note.organization)
    audit.record("activity.removed", by=by, target=note)
    _forget_files(note.pictures.all())
    note.delete()


def _forget_files(pictures: Iterable[ActivityPicture]) -> None:
    """The files go when it is certain that the rows have gone."""
    for storage, name in [(picture.file.storage, picture.file.name) for picture in pictures]:
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]


@transaction.atomic
def keep_card(*, by: User, values: Mapping[str, Any], agrees: bool) -> PersonCard:
    """One's own card. Without agreement it stays with oneself, and nobody is listed."""
    before = PersonCard.objects.filter(user=by).first()
    agreed_at = (before.agreed_at if before and before.agreed_at else dates.now()) if agrees else None
    card, _made = PersonCard.objects.update_or_create(user=by, defaults={**values, "agreed_at": agreed_at})
    audit.record("card.kept", by=by, target=card, shown=int(agrees))
    return card


@transaction.atomic
def remove_card(*, by: User) -> None:
    """Take everything back at once: nothing of the card is kept."""
    for card in PersonCard.objects.filter(user=by):
        audit.record("card.removed", by=by, target=card)
        card.delete()


# --- every night --------------------------------------------------------------------------------------------


@transaction.atomic
def ask_due(*, on: dt.date) -> int:
    """Once a year the administrators hear that nobody has looked at the profile; how many were told."""
    due = _due(on)
    told = 0
    for organization, keepers in _keepers(set(due)).items():
        key = f"profile:{organization}:{due[organization]}"
        told += notify(kind=NEWS_OLD, people=keepers, target=organization, key=key)
    return told


def _due(on: dt.date) -> dict[int, str]:
    """Member organisations whose profile is old, or was never written → since when, and in which year of it."""
    looked = dict(MemberProfile.objects.values_list("organization_id", "looked_at_on"))
    old = {}
    for organization, since in Membership.objects.on(on).values_list("organization_id", "since"):
        seen = looked.get(organization)
        waited = on - (seen or since)
        if waited >= (FRESH_FOR if seen else SETTLING):
            old[organization] = f"{seen or since}:{waited.days // FRESH_FOR.days}"
    return old


def _keepers(organizations: set[int]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    rows = RoleAssignment.objects.active().filter(role="orgadmin", user__organization__in=organizations)
    for row in rows.select_related("user"):
        found.setdefault(row.user.organization_id or 0, []).append(row.user)
    return found


@transaction.atomic
def forget_cards() -> int:
    """Cards of people who no longer work here are deleted; how many. They had vanished from the screens at once."""
    working = RoleAssignment.objects.active().filter(role__in=WORKING_ROLES).values("user")
    gone = PersonCard.objects.exclude(user__in=working)
    count = gone.count()
    gone.delete()
    return count
