"""Secrets of a registration. None is stored: link and code are derived from the form's key, the database holds hashes.

The form's key is made by us (`new_form_key`), so nobody can choose a weak one; it also tells when the form was opened.
"""

from __future__ import annotations

import datetime as dt
import secrets
import unicodedata

from django.core import signing

from cms import keys
from cms.encryption import keyed_hash
from cms.keys import NotOurs as NotOurs

#: Crockford's base 32: no I, L, O, U, so that a code can be read aloud; 12 of them are 60 bits.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
LINK_LENGTH = 40  # hexadecimal digits: 160 bits
#: Who came with the code may stay on the registration's page for so long.
VISIT_LASTS = dt.timedelta(hours=1)
FORM_SALT = "workshops.registration.form"
VISIT_SALT = "workshops.registration.visit"
FEEDBACK_SALT = "workshops.feedback"


def new_form_key() -> str:
    """A fresh key for a form, signed and dated."""
    return keys.new_form_key(FORM_SALT)


def read_form_key(signed: str) -> tuple[str, dt.timedelta]:
    """(key, how long the form has been open). Raises NotOurs."""
    return keys.read_form_key(signed, FORM_SALT)


def link_secret(key: str) -> str:
    """The secret part of the link."""
    return keyed_hash(key, purpose="registration.link")[:LINK_LENGTH]


def code(key: str) -> str:
    """The 確認コード in groups of four: K7QD-93MX-TB2F."""
    number = int(keyed_hash(key, purpose="registration.code"), 16)
    signs = "".join(CODE_ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def key_hash(key: str) -> str:
    """What the database holds of a form's key."""
    return keyed_hash(key, purpose="registration.key")


def link_hash(secret: str) -> str:
    """What the database holds of a link."""
    return keyed_hash(secret, purpose="registration.link_hash")


def code_hash(text: str) -> str:
    """What the database holds of a code. Width, case, hyphens and the look-alikes O, I, L do not matter."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(str.maketrans("OIL", "011"))
    return keyed_hash("".join(sign for sign in plain if sign in CODE_ALPHABET), purpose="registration.code_hash")


def new_feed_token() -> str:
    """The secret part of the address of a personal calendar feed: 160 bits. Shown once; the database holds its hash."""
    return secrets.token_hex(LINK_LENGTH // 2)


def feed_hash(token: str) -> str:
    """What the database holds of it."""
    return keyed_hash(token, purpose="calendar.feed")


def email_hash(email: str) -> str:
    """For finding the same address twice without reading one; "" stays ""."""
    folded = unicodedata.normalize("NFKC", email).strip().lower()
    return keyed_hash(folded, purpose="registration.email") if folded else ""


def visit(registration_id: object) -> str:
    """A link for an hour, for somebody who came with the code (the lasting link is stored nowhere)."""
    return signing.TimestampSigner(salt=VISIT_SALT).sign(str(registration_id))


def read_visit(token: str) -> str | None:
    """The registration's id, or None when this is no visit of ours or the hour is over."""
    try:
        return signing.TimestampSigner(salt=VISIT_SALT).unsign(token, max_age=VISIT_LASTS)
    except signing.BadSignature:
        return None


def feedback_once(registration_id: object) -> str:
    """Keeps a second answer out, and leads nobody from the answer to the person."""
    return keyed_hash(str(registration_id), purpose="feedback.once")[:LINK_LENGTH]


def feedback_token(occurrence_id: int, registration_id: object) -> str:
    """The secret part of the address where one says how it was. It names the occurrence, not the registration."""
    return signing.Signer(salt=FEEDBACK_SALT).sign(f"{occurrence_id}.{feedback_once(registration_id)}")


def read_feedback_token(token: str) -> tuple[int, str] | None:
    """(occurrence's id, `feedback_once`), or None when it is not ours."""
    try:
        occurrence, once = signing.Signer(salt=FEEDBACK_SALT).unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return int(occurrence), once
