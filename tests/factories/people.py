"""People and organisations for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from directory.actions.people import assign_role
from directory.models import Organization, User

numbers = count(1)


def make_organization(**fields: Any) -> Organization:
    """An organisation; its name is unique unless given."""
    fields.setdefault("name", f"団体{next(numbers)}")
    return Organization.objects.create(**fields)


def make_user(
    *roles: str, organization: Organization | None = None, password: str = "a-long-pass-phrase", **fields: Any
) -> User:
    """A person with a verified address who holds the roles for the organisation."""
    fields.setdefault("email", f"person{next(numbers)}@example.jp")
    fields.setdefault("name", "試験 花子")
    user = User.objects.create_user(password=password, organization=organization, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in roles:
        assign_role(user=user, role=role, organization=organization, by=None)
    return user


def satisfy_mfa(user: User) -> Authenticator:
    """A TOTP authenticator, as if the person had set one up."""
    return TOTP.activate(user, "JBSWY3DPEHPK3PXP").instance
