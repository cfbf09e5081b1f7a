"""How allauth behaves here: nobody signs up, secrets are encrypted, mail goes through the outbox."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms import encryption, throttle
from directory.actions import accounts
from directory.models import User
from directory.reauthentication import is_recent

SEALED_AS = "allauth.mfa"


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, in words of ours. A known and an unknown address cost the same: one row each."""
        link = context.get("password_reset_url") or context.get("activate_url") or ""
        what = template_prefix.rpartition("/")[2]
        user = context.get("user")
        if user is None and what != "unknown_account":
            user = User.objects.filter(emailaddress__email=email).first()
        accounts.tell(what=what, to=email, user=user, path=urlsplit(str(link)).path)

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere in the house: X-Forwarded-For is believed as far as our own proxies wrote it."""
        address = throttle.address(request)
        if not address:
            raise PermissionDenied("The request says nothing of where it comes from.")
        return address

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """allauth would ask once more a moment after signing in; the house's own ten minutes hold for it too."""
        return not is_recent(self.request) if self.request else True


class MFAAdapter(DefaultMFAAdapter):
    """allauth would store the secrets of authenticator apps in plain text."""

    def encrypt(self, text: str) -> str:
        return encryption.seal(text, SEALED_AS)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.unseal(encrypted_text, SEALED_AS)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Tsunagari"}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)s") % {"number": number}


def resealed(value: Any) -> Any:
    """A stored secret, or a list of them, sealed with the current key; anything else as it is."""
    if isinstance(value, list):
        return [resealed(item) for item in value]
    if isinstance(value, str) and value.startswith(f"{encryption.VERSION}."):
        return encryption.seal(encryption.unseal(value, SEALED_AS), SEALED_AS)
    return value


def reseal_factors() -> int:
    """For `rotate_keys`: second factors are sealed by allauth, not by a field. Says how many rows it sealed again."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    numbers = list(Authenticator.objects.filter(type__in=kinds).values_list("pk", flat=True))
    for number in numbers:
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=number).first()
            if factor is not None:
                factor.data = {name: resealed(value) for name, value in factor.data.items()}
                factor.save(update_fields=["data"])
    return len(numbers)
