"""What this room registers with the frame of the house."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms import outbox
from cms.models import Mail
from cms.signals import ticking
from directory.models import User
from home.actions import digests
from home.queries.digests import digest_of, may_be_told, wants_mail


def reader_of(mail: Mail) -> User | None:
    """Whom a digest is for, as they stand now."""
    return User.objects.select_related("organization").filter(pk=(mail.context or {}).get("user", 0)).first()


def digest_stands(mail: Mail) -> bool:
    """Asked when it goes: they still work here, still want it, and the address is still theirs."""
    user = reader_of(mail)
    return user is not None and may_be_told(user) and wants_mail(user) and user.email == mail.recipient


def digest_words(mail: Mail) -> outbox.Live | None:
    """What may be said at this moment. The one way to end it asks for a login, so there is no one-click header."""
    user, at = reader_of(mail), dt.datetime.fromisoformat((mail.context or {})["at"])
    digest = digest_of(user, at)
    if digest is None:
        return None
    change = reverse("members:notification_preferences")
    told = [{"lines": each.lines, "path": each.path} for each in digest.told]
    words = {"told": told, "hidden": digest.hidden, "more": digest.more, "day": at, "change": change}
    return outbox.Live(
        {**words, "all": reverse("members:notifications")}, {"List-Unsubscribe": f"<{settings.BASE_URL}{change}>"}
    )


def write_digests(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """On every tick: digests whose hour has come."""
    return {"digests": digests.write_due(at)}


def register() -> None:
    """Called once when the house starts."""
    outbox.register_kind(digests.MAIL_KIND, digest_stands, prepare=digest_words, label=_("Digest of news"))
    ticking.connect(write_digests, dispatch_uid="home.write_digests")
