"""How allauth behaves here: nobody signs up, secrets are encrypted, mail goes through the outbox."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import encryption, throttle
from directory import unsent
from directory.actions import accounts, cities
from directory.models import User
from directory.reauthentication import BY_THE_CITY, is_recent

SEALED_AS = "allauth.mfa"


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """By password, passkey or the city's login: who holds no role today is not let in. Said only to who proved it."""
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if refused is None and not user.active_roles():
            clear_login(request)
            refused = self.respond_user_inactive(request, user)
        return refused

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

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has neither password nor device here goes through the city's login once more."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return methods or ([city_login()] if settings.SOCIALACCOUNT_PROVIDERS else [])

    def logout(self, request: HttpRequest) -> None:
        """The city's login signs out before it signs in again; what was typed outlives that (for the same person)."""
        again = request.resolver_match is not None and request.resolver_match.url_name == "openid_connect_callback"
        waiting = request.session.get(unsent.KEY) if again else None
        super().logout(request)
        if waiting:
            request.session[unsent.KEY] = waiting


def city_login() -> dict[str, Any]:
    """The city's login as a way to prove who one is; `prompt=login`: it asks, even if it has just asked."""
    url = reverse("openid_connect_login", args=[settings.OIDC_PROVIDER])
    return {
        "id": "openid_connect",
        "description": _("With the city's login"),
        "url": f"{url}?{urlencode({'auth_params': 'prompt=login'})}",
    }


class CityLoginAdapter(DefaultSocialAccountAdapter):
    """The login of the city (OpenID Connect): for people who are known or invited here, and nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person by the linked account, else by an address that the city vouches for."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(refused(request))
        account = sociallogin.account
        claims, account.extra_data = account.extra_data, {}  # names and addresses stay where they are
        sociallogin.state[BY_THE_CITY] = cities.asked_twice(claims)
        if sociallogin.is_existing:
            account.save(update_fields=["extra_data"])
            return
        user = cities.person_of(cities.address_in(claims))
        if user is None:
            raise ImmediateHttpResponse(refused(request))
        sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:
        """Cancelled, or the city's login does not answer: back to our own door."""
        raise ImmediateHttpResponse(refused(request))


def refused(request: HttpRequest) -> HttpResponse:
    """One answer for everybody who does not come in this way."""
    words = _("The city's login did not open the door. Is the address the one you were invited with?")
    messages.error(request, words)
    return redirect("account_login")


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
