"""Further links to a registration, for mails that come later: the first link is stored nowhere."""

import secrets

from django.conf import settings
from django.urls import reverse

from workshops import keys
from workshops.models import Registration, RegistrationLink


def new_link(registration: Registration) -> str:
    """A link that opens the registration like its first one. The database holds its hash alone."""
    secret = secrets.token_hex(keys.LINK_LENGTH // 2)
    RegistrationLink.objects.create(registration=registration, token_hash=keys.link_hash(secret))
    return settings.BASE_URL + reverse("workshops:registration", args=[secret])
