"""Sentences about what somebody may do."""

from typing import Any

from cms import dates
from directory.enums import CharterState, Tier
from directory.models import Consultation, Membership
from directory.models.pledges import pledge_stands
from directory.roles import Door, Permission, doors_of, holds

# Nothing of the casebook, not even a count or a mail, without a pledge to the charter in force.
BEHIND_THE_PLEDGE = frozenset({
    Permission.CASES_READ, Permission.CASES_WRITE, Permission.CASES_OFFER, Permission.CASES_READ_FIRST,
    Permission.CASES_RELEASE,
})  # fmt: skip


def can(user: Any, permission: Permission) -> bool:
    """An active role of this person holds the permission. is_superuser does not count."""
    if not holds(user, permission):
        return False
    return permission not in BEHIND_THE_PLEDGE or pledge_stands(user)


def may_enter(user: Any, door: Door) -> bool:
    """An active role of this person opens the door."""
    return bool(user.is_authenticated and door in doors_of(user.active_roles()))


def administers(user: Any, organization_id: int) -> bool:
    """Administrator of that organisation: its people, and what is its own."""
    return bool(user.organization_id == organization_id and can(user, Permission.PEOPLE_INVITE_OWN))


def may_keep_numbers(user: Any) -> bool:
    """The second person for numbers, and who settles reports: the secretariat and communications."""
    return can(user, Permission.DESKS_KEEP)


def may_hide_numbers(user: Any, desk: Any) -> bool:
    """Take a wrong number away at once: they, and the administrator of the desk's own organisation."""
    own = user.is_authenticated and user.organization_id is not None and user.organization_id == desk.organization_id
    return may_keep_numbers(user) or (own and can(user, Permission.DESKS_KEEP_OWN))


def may_propose(user: Any, desk: Any) -> bool:
    """Propose how a desk should read: the administrator of its own organisation."""
    own = user.is_authenticated and user.organization_id is not None and user.organization_id == desk.organization_id
    return own and can(user, Permission.DESKS_KEEP_OWN)


def may_keep_profile(user: Any, organization: Any) -> bool:
    """Write an organisation's profile for members, its offers and wishes: its own administrator, and the secretariat."""
    own = user.is_authenticated and user.organization_id is not None and user.organization_id == organization.pk
    return can(user, Permission.PROFILES_KEEP) or (own and can(user, Permission.PROFILES_KEEP_OWN))


def may_see_names(user: Any, organization: Any) -> bool:
    """The names of people who did not agree to be shown: their own organisation, and the secretariat."""
    own = user.is_authenticated and user.organization_id is not None and user.organization_id == organization.pk
    return bool(own or can(user, Permission.PROFILES_KEEP))


def may_keep_rules(user: Any) -> bool:
    """Decide about the charter, answer comments, see everybody who has not accepted: the secretariat."""
    return can(user, Permission.RULES_KEEP)


def may_propose_rules(user: Any) -> bool:
    """Propose a change of the charter: the secretariat; who works in a core member organisation, or administers one."""
    if may_keep_rules(user):
        return True
    if not user.is_authenticated or user.organization_id is None:
        return False
    if can(user, Permission.RULES_PROPOSE):
        return True
    core = Membership.objects.active().filter(organization=user.organization_id, tier=Tier.CORE)
    return can(user, Permission.PEOPLE_INVITE_OWN) and core.exists()


def may_write_draft(user: Any, version: Any) -> bool:
    """Change a draft: its writer, and those of the same organisation who may propose."""
    own = version.organization_id is not None and version.organization_id == user.organization_id
    mine = version.proposed_by_id == user.pk
    return version.state == CharterState.DRAFT and (own or mine) and may_propose_rules(user)


def may_take_back(user: Any, version: Any) -> bool:
    """Withdraw a proposal: the organisation that made it, and the secretariat."""
    own = version.organization_id is not None and version.organization_id == user.organization_id
    theirs = own or version.proposed_by_id == user.pk
    return version.state == CharterState.PROPOSED and (may_keep_rules(user) or (theirs and may_propose_rules(user)))


def may_comment(user: Any, version: Any) -> bool:
    """Say something about a proposal while comments are open: everybody in the workspace."""
    return may_enter(user, Door.WORKSPACE) and version.hears_comments(dates.today())


def may_change_comment(user: Any, comment: Any) -> bool:
    """Change or take back what one said, while comments are open."""
    return comment.author_id == user.pk and comment.withdrawn_at is None and may_comment(user, comment.version)


# --- consultations: a seat at the desk and a role for it, both ---


def sits_at(user: Any, desk: Any) -> bool:
    """Receives consultations at that desk today."""
    return Consultation.objects.desks_of(user).filter(desk=desk).exists()


def supervises(user: Any, desk: Any) -> bool:
    """Assigns, holds and settles at that desk."""
    return holds(user, Permission.CONSULTATIONS_SUPERVISE) and sits_at(user, desk)


def may_seat(user: Any, desk: Any) -> bool:
    """Says who sits at that desk (never oneself: the constraint keeps it)."""
    return holds(user, Permission.COUNSELLORS_SEAT) or supervises(user, desk)
