"""Verbs about accounts: mails about them, lost second factors, the first person of all."""

import secrets
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import audit, dates, outbox
from cms.models import Mail
from directory.actions import people, sessions
from directory.enums import FactorProof, FactorReason
from directory.models import RoleAssignment, User
from directory.permissions import can
from directory.roles import Permission

MAIL_KIND = "account"
SECRETARIAT = "secretariat"


def tell(*, what: str, to: str, user: User | None, path: str = "", **words: str) -> Mail:
    """A mail about an account, by the outbox. `what` is a code of templates/directory/mail/account.txt.

    It carries no device, no address and no name; `path` is the link, if there is one. Without `user` it goes to
    somebody who has no account here.
    """
    context = {"what": what, "path": path, "user": user.pk if user else None, "at": moment(), **words}
    key = f"account:{what}:{secrets.token_hex(8)}"
    return outbox.post(kind=MAIL_KIND, to=to, template="directory/mail/account", context=context, key=key)


def moment() -> str:
    """「2026年11月22日 16時30分」."""
    now = dates.jst(dates.now())
    return f"{dates.japanese_date(now.date())} {dates.japanese_time(now)}"


def mail_stands(mail: Mail) -> bool:
    """Only people whose account works hear of it; a new password only while there is a role to sign in for."""
    facts = mail.context or {}
    user = User.objects.filter(pk=facts["user"], is_active=True).first() if facts["user"] is not None else None
    if user is None:
        return facts["user"] is None
    return facts["what"] != "password_reset_key" or bool(user.active_roles())


def may_reset_factors(by: Any, *, of: User) -> bool:
    """The secretariat, and nobody for themselves."""
    return can(by, Permission.FACTORS_RESET) and by.pk != of.pk


@transaction.atomic
def reset_factors(*, user: User, reason: str, proof: str, by: User | None) -> int:
    """Take away a person's second factors, their password and all their sessions; how many factors there were.

    The password goes too: otherwise whoever knows it could set up a device of their own before the person does. The
    way back in is a link to the person's own mailbox. The other people of the secretariat hear of it. `by` is None
    for the command on the server. Raises PermissionDenied, ValidationError for a code that does not exist.
    """
    if by is not None and not may_reset_factors(by, of=user):
        raise PermissionDenied
    if reason not in FactorReason or proof not in FactorProof:
        raise ValidationError(_("Please choose."))
    factors = Authenticator.objects.filter(user=user)
    count = factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    factors.delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    ended = sessions.end_all(user)
    audit.record("account.factors_reset", by=by, target=user, reason=reason, proof=proof, factors=count, sessions=ended)
    tell(what="factors_reset", to=user.email, user=user, path=new_password_path(user))
    for other in secretariat().exclude(pk__in=[user.pk, by.pk if by else 0]):
        tell(what="factors_reset_elsewhere", to=other.email, user=other)
    return count


def new_password_path(user: User) -> str:
    """The link by which a person chooses a new password, once and for a short time."""
    key = account_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def secretariat() -> Any:
    """Everybody who holds the role today."""
    holders = RoleAssignment.objects.active().filter(role=SECRETARIAT).values("user")
    return User.objects.filter(pk__in=holders, is_active=True)


@transaction.atomic
def invite_first(*, email: str, name: str) -> str:
    """Ask in the first person of the secretariat; the path of the link. Raises ValidationError when there is one."""
    if secretariat().exists():
        raise ValidationError(_("There is a secretariat already: it invites people itself."))
    return people.ask_in(by=None, email=email.strip().lower(), name=name, organization=None, role=SECRETARIAT)[1]
