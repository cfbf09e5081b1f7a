"""How allauth behaves here: nobody signs up, secrets are encrypted, mail goes through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from cms import encryption


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """allauth would store the secrets of authenticator apps in plain text."""

    def encrypt(self, text: str) -> str:
        return encryption.seal(text, "allauth.mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.unseal(encrypted_text, "allauth.mfa")

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Tsunagari"}
