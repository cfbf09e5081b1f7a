"""Keys of forms: made by us, signed and dated, so that nobody can choose a weak one and a form sent twice is one form."""

from __future__ import annotations

import datetime as dt
import secrets

from django.core import signing


class NotOurs(Exception):
    """The form's key was not made by us, or was changed."""


def new_form_key(salt: str) -> str:
    """A fresh key for a form of that kind."""
    return signing.TimestampSigner(salt=salt).sign(secrets.token_urlsafe(24))


def read_form_key(signed: str, salt: str) -> tuple[str, dt.timedelta]:
    """(key, how long the form has been open). Raises NotOurs."""
    signer = signing.TimestampSigner(salt=salt)
    try:
        key = signer.unsign(signed)
    except signing.BadSignature as error:
        raise NotOurs from error
    stamp = signing.b62_decode(signed.rsplit(":", 2)[1])
    age = dt.datetime.now(dt.UTC) - dt.datetime.fromtimestamp(stamp, dt.UTC)
    return key, age
