"""Verbs that take a whole list: memberships from a table, invitations from a table. A dry run does it and undoes it.

Each row is its own step: a row that is refused keeps no other out. Invitations only, never passwords.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit
from cms.importing.tables import Refusal
from directory.actions import people, register
from directory.importing.lists import Line, Listing
from directory.models import Membership, Organization, User
from directory.permissions import can
from directory.roles import Permission


@dataclass
class Outcome:
    """What became, or would become, of a list. `told`: (line, name, what happens)."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    told: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """Rows kept out."""
        return len({each.line for each in self.refusals})

    @property
    def works(self) -> int:
        """Rows that change something."""
        return self.new + self.changed


class _Undone(Exception):
    """Ends a dry run."""


Step = Callable[[Line, Outcome], None]


def _carried_out(listing: Listing, step: Step, *, dry_run: bool) -> Outcome:
    """Row by row, each by itself; at the end of a dry run all is undone, mails included."""
    outcome = Outcome(refusals=list(listing.refusals))
    try:
        with transaction.atomic():
            for line in listing.lines:
                try:
                    with transaction.atomic():
                        step(line, outcome)
                except ValidationError as refused:
                    outcome.refusals += _refusals(line, refused, listing)
            if dry_run:
                raise _Undone
    except _Undone:
        pass
    outcome.refusals.sort(key=lambda each: each.line)
    return outcome


def _refusals(line: Line, refused: ValidationError, listing: Listing) -> Iterable[Refusal]:
    if not hasattr(refused, "error_dict"):
        return [Refusal(line.line, "", " ".join(refused.messages))]
    return [
        Refusal(line.line, listing.headings.get(name, ""), " ".join(sentences))
        for name, sentences in refused.message_dict.items()
    ]


def organization_named(name: str) -> Organization:
    """By its name or one of its other names. ValidationError when there is none, or several."""
    found = list(Organization.objects.filter(name=name)) or [
        each for each in Organization.objects.exclude(aliases=[]) if name in each.aliases
    ]
    if len(found) != 1:
        words = (
            _("There is no organisation of this name here.") if not found else _("Several organisations are called so.")
        )
        raise ValidationError({"organization": words})
    return found[0]


def import_memberships(*, listing: Listing, by: User, dry_run: bool = False) -> Outcome:
    """A row with a known organisation and the same first day sets that membership right; any other admits."""
    if not can(by, Permission.MEMBERSHIPS_KEEP):
        raise PermissionDenied

    def step(line: Line, outcome: Outcome) -> None:
        values: dict[str, Any] = dict(line.values)
        organization = organization_named(values.pop("organization"))
        known = Membership.objects.filter(organization=organization, since=values["since"]).first()
        if known is None:
            register.admit(organization=organization, by=by, **values)
            outcome.new += 1
            outcome.told.append((line.line, organization.name, _("is taken in")))
        elif (known.tier, known.until) != (values["tier"], values["until"]):
            register.correct(membership=known, by=by, **values)
            outcome.changed += 1
            outcome.told.append((line.line, organization.name, _("is set right")))
        else:
            outcome.same += 1

    outcome = _carried_out(listing, step, dry_run=dry_run)
    if not dry_run:
        audit.record("membership.imported", by=by, new=outcome.new, changed=outcome.changed, refused=outcome.refused)
    return outcome


def import_invitations(*, listing: Listing, by: User, dry_run: bool = False) -> Outcome:
    """Invite everybody on the list. Who already has the role is refused with that sentence."""
    if not can(by, Permission.PEOPLE_INVITE):
        raise PermissionDenied
    seen: dict[str, int] = {}

    def step(line: Line, outcome: Outcome) -> None:
        values: dict[str, Any] = dict(line.values)
        name = values.pop("organization") or ""
        organization = organization_named(name) if name else None
        if values["email"] in seen:
            words = _("The same address stands in line %(line)d already.") % {"line": seen[values["email"]]}
            raise ValidationError({"email": words})
        people.invite(by=by, organization=organization, **values)
        seen[values["email"]] = line.line
        outcome.new += 1
        outcome.told.append((line.line, values["name"] or values["email"], _("is invited")))

    outcome = _carried_out(listing, step, dry_run=dry_run)
    if not dry_run:
        audit.record("person.list_invited", by=by, new=outcome.new, refused=outcome.refused)
    return outcome
