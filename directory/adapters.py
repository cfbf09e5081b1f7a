"""How allauth behaves here: nobody signs up, secrets are encrypted, mail goes through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from cms import encryption

SEALED_AS = "allauth.mfa"


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """allauth would store the secrets of authenticator apps in plain text."""

    def encrypt(self, text: str) -> str:
        return encryption.seal(text, SEALED_AS)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.unseal(encrypted_text, SEALED_AS)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Tsunagari"}


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
