"""Verbs about people: invite, accept. Roles themselves: directory.actions.roles."""

import datetime as dt
import secrets

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import audit, dates, outbox
from cms.encryption import keyed_hash
from directory.actions.roles import ask_for, assign_role, end_role
from directory.models import Invitation, Organization, RoleAssignment, User
from directory.models.roles import stands
from directory.permissions import can
from directory.roles import BEFORE_CONFIRMATION, ROLES, ROLES_ASKED_FOR, ROLES_FOR_OWN_PEOPLE, Permission

__all__ = ["accept", "assign_role", "end_role", "find_invitation", "invite", "may_invite", "withdraw"]

INVITATION_DAYS = 14
MAIL_KIND = "invitation"


def may_invite(by: User, *, organization: Organization | None, role: str) -> bool:
    """The secretariat invites anybody; an organisation's administrator own people to ordinary roles."""
    if can(by, Permission.PEOPLE_INVITE):
        return role in ROLES
    own = organization is not None and organization.pk == by.organization_id
    return can(by, Permission.PEOPLE_INVITE_OWN) and own and role in ROLES_FOR_OWN_PEOPLE


@transaction.atomic
def invite(*, by: User, email: str, name: str, organization: Organization | None, role: str) -> Invitation:
    """Ask a person in. The link goes by mail and is valid 14 days; an earlier open invitation ends.

    Raises PermissionDenied when `by` may not, ValidationError when the person already holds the role.
    """
    if not may_invite(by, organization=organization, role=role):
        raise PermissionDenied
    email = email.strip().lower()
    holders = RoleAssignment.objects.active().filter(user__email=email, role=role)
    if not can(by, Permission.PEOPLE_INVITE):  # who works elsewhere is not theirs to learn
        holders = holders.filter(user__organization=organization)
    if holders.exists():
        raise ValidationError(_("This person already has that role."))
    return ask_in(by=by, email=email, name=name, organization=organization, role=role)[0]


def ask_in(
    *, by: User | None, email: str, name: str, organization: Organization | None, role: str
) -> tuple[Invitation, str]:
    """The invitation and the path of its link, which goes by mail. Whoever calls has asked whether `by` may."""
    email_hash = keyed_hash(email, purpose="invitation-email")
    now = dates.now()
    Invitation.objects.filter(email_hash=email_hash, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        email_hash=email_hash,
        name=name,
        organization=organization,
        role=role,
        token_hash=keyed_hash(token, purpose="invitation-token"),
        invited_by=by,
        expires_at=now + dt.timedelta(days=INVITATION_DAYS),
    )
    path = reverse("invitation", args=[token])
    outbox.post(
        kind=MAIL_KIND,
        to=email,
        template="directory/mail/invitation",
        context={
            "path": path,
            "organization": organization.name if organization else "",
            "invitation": str(invitation.pk),
            "valid_until": dates.japanese_date(invitation.expires_at.astimezone(dates.JST).date()),
        },
        key=f"invitation:{invitation.pk}",
    )
    audit.record(
        "person.invited", by=by, target=invitation, role=role, organization=organization.pk if organization else None
    )
    return invitation, path


def find_invitation(token: str) -> Invitation | None:
    """The open invitation behind a link, or None: wrong, used, withdrawn and expired look alike."""
    invitation = Invitation.objects.filter(token_hash=keyed_hash(token, purpose="invitation-token")).first()
    return invitation if invitation and invitation.is_open else None


@transaction.atomic
def accept(*, invitation: Invitation, name: str, password: str | None) -> User:
    """The invited person makes the account (or adds the role to the one they have) and holds the role.

    Raises ValidationError when somebody was quicker with the same link.
    """
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        accepted_at=dates.now(), email=None
    )
    if not taken:
        raise ValidationError(_("This invitation was already used."))
    email = invitation.email or ""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name, organization=invitation.organization)
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    belong(user, invitation.organization)
    take_role(user, invitation)
    audit.record("person.accepted", by=user, target=invitation, role=invitation.role)
    return user


def belong(user: User, organization: Organization | None) -> None:
    """One person works for one organisation. Raises ValidationError while another one holds them."""
    if organization is None or user.organization_id == organization.pk:
        return
    held = RoleAssignment.objects.running().filter(user=user, organization=user.organization_id)
    if user.organization_id is not None and stands(user.organization) and held.exists():
        words = _("You still work here for %(organization)s. Please ask its administrator or the secretariat first.")
        raise ValidationError(words % {"organization": user.organization})
    user.organization = organization
    user.save(update_fields=["organization"])


def take_role(user: User, invitation: Invitation) -> None:
    """Hold the role; what opens the casebook only when somebody invited who may give it, otherwise it is asked for."""
    by, organization, role = invitation.invited_by, invitation.organization, invitation.role
    confirmed = by is not None and can(by, Permission.PEOPLE_INVITE)
    if role in ROLES_ASKED_FOR and organization is not None and not confirmed:
        if not user.active_roles():
            assign_role(user=user, role=BEFORE_CONFIRMATION, organization=organization, by=by)
        if role not in user.active_roles():
            ask_for(user=user, role=role, organization=organization, by=by)
        return
    assign_role(user=user, role=role, organization=organization, by=by)


@transaction.atomic
def withdraw(*, by: User, invitation: Invitation) -> None:
    """The link dies at once."""
    if not may_invite(by, organization=invitation.organization, role=invitation.role):
        raise PermissionDenied
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(withdrawn_at=dates.now())
    audit.record("person.invitation_withdrawn", by=by, target=invitation)
