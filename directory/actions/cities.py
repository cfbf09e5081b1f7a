"""The city's own login (OpenID Connect): whom an address belongs to here."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from cms import audit
from cms.encryption import keyed_hash
from directory.actions import people
from directory.models import Invitation, User

# Authentication Method References (RFC 8176) that are, or stand for, something besides the password.
SECOND = frozenset({"mfa", "otp", "hwk", "swk", "sc", "fpt", "face", "iris", "pop", "sms", "tel"})


def is_vouched_for(email: str) -> bool:
    """The city's login speaks for addresses of these domains, and for no others."""
    return email.rpartition("@")[2].lower() in settings.OIDC_EMAIL_DOMAINS


def address_in(claims: dict[str, Any]) -> str:
    """The address the city's login vouches for, or ""."""
    said = claims.get("userinfo") or claims.get("id_token") or {}
    email = str(said.get("email") or "").strip().lower()
    return email if is_vouched_for(email) and said.get("email_verified") is not False else ""


@transaction.atomic
def person_of(email: str) -> User | None:
    """Who owns this address here. An open invitation to it is accepted; nobody else gets in."""
    known = EmailAddress.objects.filter(email=email, verified=True, user__is_active=True).first() if email else None
    user = known.user if known else invited(email)
    if user is not None:
        audit.record("account.linked", by=user, target=user)
    return user


def invited(email: str) -> User | None:
    """The person of an open invitation, with an account from now on: without a password, they come by the city."""
    waiting = Invitation.objects.filter(email_hash=keyed_hash(email, purpose="invitation-email"))
    found = next((each for each in waiting if each.is_open), None)
    if found is None or User.objects.filter(email=email).exists():  # one that rests is not woken by this
        return None
    try:
        return people.accept(invitation=found, name=found.name or email.partition("@")[0], password=None)
    except ValidationError:  # somebody was quicker with the link
        return None


def asked_twice(claims: dict[str, Any]) -> bool:
    """Whether the city's login asked for a second factor. One that says how (`amr`) must name one; silence is trusted
    as far as settings.OIDC_COUNTS_AS_MFA trusts it.
    """
    methods = (claims.get("id_token") or {}).get("amr") or (claims.get("userinfo") or {}).get("amr")
    return methods is None or bool(SECOND.intersection(methods))
