"""What a registrant shows at the door: an address in a QR code that only the receiving side can open.

It names the registration by number and our signature: no name, no code, no link of the registrant's. Whoever scans
it without being signed in sees the login and nothing else (directory/gate.py).
"""

from __future__ import annotations

import base64
import binascii
import io
import uuid

import segno
from django.conf import settings
from django.core import signing
from django.urls import reverse

from workshops.models import Registration

SALT = "workshops.registration.pass"


def mark_of(registration: Registration) -> str:
    """The last part of the address."""
    number = base64.urlsafe_b64encode(registration.pk.bytes).decode().rstrip("=")
    return signing.Signer(salt=SALT).sign(number)


def registration_of(mark: str) -> uuid.UUID | None:
    """The registration's id, or None when the mark is not ours."""
    try:
        number = signing.Signer(salt=SALT).unsign(mark)
        return uuid.UUID(bytes=base64.urlsafe_b64decode(number + "=="))
    except (signing.BadSignature, binascii.Error, ValueError):
        return None


def address(registration: Registration) -> str:
    """What the QR code holds."""
    return settings.BASE_URL + reverse("members:check_in_scanned", args=[mark_of(registration)])


def drawing(registration: Registration) -> bytes:
    """The QR code as an SVG file, black on white with its quiet zone, so that a scratched screen is still read."""
    out = io.BytesIO()
    segno.make(address(registration), error="m", micro=False).save(
        out, kind="svg", scale=4, border=4, light="#fff", xmldecl=True, nl=False
    )
    return out.getvalue()
