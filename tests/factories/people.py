"""People and organisations for tests."""

from __future__ import annotations

import time
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from cms import dates
from directory.actions.people import assign_role
from directory.enums import CharterState
from directory.models import Charter, CharterVersion, Organization, Pledge, User
from directory.roles import ROLES, Door

numbers = count(1)
SECRET = "JBSWY3DPEHPK3PXP"  # of every authenticator app the tests set up


def make_organization(**fields: Any) -> Organization:
    """An organisation; its name is unique unless given."""
    fields.setdefault("name", f"団体{next(numbers)}")
    return Organization.objects.create(**fields)


def make_user(
    *roles: str,
    organization: Organization | None = None,
    password: str = "a-long-pass-phrase",
    pledged: bool = True,
    **fields: Any,
) -> User:
    """A person with a verified address who holds the roles for the organisation and accepted the charter in force."""
    fields.setdefault("email", f"person{next(numbers)}@example.jp")
    fields.setdefault("name", "試験 花子")
    user = User.objects.create_user(password=password, organization=organization, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in roles:
        assign_role(user=user, role=role, organization=organization, by=None)
    if pledged and any(Door.CASEBOOK in ROLES[role].doors for role in roles):
        Pledge.objects.create(user=user, version=charter_in_force())
    return user


def charter_in_force() -> CharterVersion:
    """The version everybody has to accept today; made when there is none."""
    version = CharterVersion.objects.in_force(dates.today()).filter(charter__is_pledged=True).first()
    if version is None:
        charter = Charter.objects.create(title="運営ルール", is_pledged=True)
        version = CharterVersion.objects.create(
            charter=charter, number=1, state=CharterState.DECIDED, text="第1条（目的）\n人をまもる。",
            decided_at=dates.now(), in_force_from=dates.today(),
        )  # fmt: skip
    return version


def satisfy_mfa(user: User) -> Authenticator:
    """A TOTP authenticator, as if the person had set one up."""
    return TOTP.activate(user, SECRET).instance


def sign_in(client: Client, user: User, *, recent: bool = True) -> None:
    """As if the person had come through the login a moment ago; `recent=False`: so long ago that they are asked again."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    at = time.time() - (0 if recent else 3600)
    session["account_authentication_methods"] = [{"method": "password", "at": at, "email": user.email}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
