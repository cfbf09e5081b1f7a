"""Encryption of single fields, with keys that lie outside the database.

A stored value is a token ``v1.<key id>.<base64url(nonce + ciphertext)>``, AES-256-GCM. Version, key id and the name of
the column are authenticated with it, so a token moved to another column cannot be opened. The key file is JSON,
``{"keys": [{"id", "key"}, …], "hash_key": …}``; its first key is the current one. Without the file the values are lost:
docs/operator/backup.md says how it is kept.
"""

import base64
import binascii
import contextlib
import contextvars
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Value
from django.db.models.functions import Cast

VERSION = "v1"
NONCE_BYTES = 12
KEY_BYTES = 32

# Rooms that keep sealed text elsewhere than in the fields below (second factors of allauth) add a function in ready()
# that seals its rows again with the current key and says how many it changed. `rotate_keys` calls them all.
resealers: list[Callable[[], int]] = []


class Unreadable(Exception):
    """A stored value cannot be opened: its key is missing, or value or place was changed. Says which, never what."""


@dataclass(frozen=True)
class KeyRing:
    """The keys in use. The first seals; all of them open."""

    keys: dict[str, bytes]
    hash_key: bytes

    @property
    def current(self) -> str:
        """Id of the key that seals new values."""
        return next(iter(self.keys))


# --- the key file ---------------------------------------------------------------------------------


def new_key() -> tuple[str, bytes]:
    """An id that no other key has, and 256 random bits."""
    return secrets.token_hex(4), AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def new_ring() -> KeyRing:
    """A first key and a hash key."""
    return KeyRing(keys=dict([new_key()]), hash_key=secrets.token_bytes(KEY_BYTES))


def to_json(ring: KeyRing) -> str:
    """The ring as the key file's text."""
    keys = [{"id": name, "key": base64.b64encode(key).decode()} for name, key in ring.keys.items()]
    return json.dumps({"keys": keys, "hash_key": base64.b64encode(ring.hash_key).decode()}, indent=2) + "\n"


def from_json(text: str) -> KeyRing:
    """The ring in a key file's text. Raises ImproperlyConfigured when it is not one."""
    try:
        data = json.loads(text)
        keys = {str(entry["id"]): base64.b64decode(entry["key"], validate=True) for entry in data["keys"]}
        ring = KeyRing(keys=keys, hash_key=base64.b64decode(data["hash_key"], validate=True))
    except (ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(f"{settings.KEY_FILE} is not a key file.") from error
    if not keys or any(len(key) != KEY_BYTES for key in (*keys.values(), ring.hash_key)):
        raise ImproperlyConfigured(f"{settings.KEY_FILE}: every key must have {KEY_BYTES} bytes.")
    if any(not name.isalnum() for name in keys):
        raise ImproperlyConfigured(f"{settings.KEY_FILE}: a key's id may have letters and digits only.")
    return ring


def written_beside(path: Path, text: str) -> Path:
    """A complete file next to `path`, readable by its owner only, to be put in its place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def make_key_file(path: Path) -> None:
    """Make the key file unless another process was quicker: the first one wins, none is ever overwritten."""
    draft = written_beside(path, to_json(new_ring()))
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def store_ring(ring: KeyRing) -> None:
    """Replace the key file in one step."""
    path = Path(settings.KEY_FILE)
    written_beside(path, to_json(ring)).replace(path)


_read: dict[tuple[str, int, int], KeyRing] = {}


def keyring() -> KeyRing:
    """The keys, read again when the file has changed (another process may have rotated them).

    Raises ImproperlyConfigured when the file is missing, unreadable or not a key file.
    """
    path = Path(settings.KEY_FILE)
    if settings.KEY_FILE_MADE_WHEN_MISSING and not path.exists():
        make_key_file(path)
    try:
        stat = path.stat()
        seen = (str(path), stat.st_mtime_ns, stat.st_ino)
        if seen not in _read:
            ring = from_json(path.read_text(encoding="ascii"))
            _read.clear()
            _read[seen] = ring
        return _read[seen]
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"The key file {path} cannot be read ({type(error).__name__}). Restore it from its backup, "
            "or make the first one with: manage.py rotate_keys --first"
        ) from error


def ready() -> bool:
    """True when a value can be sealed and opened."""
    return unseal(seal("ready", "cms.ready"), "cms.ready") == "ready"


# --- seal and open -----------------------------------------------------------------------------------


def seal(text: str, place: str) -> str:
    """A token of `text` that opens only for the same `place`, e.g. "workshops.registration.name"."""
    ring = keyring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    # A lone surrogate is no character; it becomes "?" instead of an error in the middle of a save.
    sealed = AESGCM(ring.keys[ring.current]).encrypt(
        nonce, text.encode("utf-8", "replace"), authenticated(ring.current, place)
    )
    return f"{VERSION}.{ring.current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(token: str, place: str) -> str:
    """The text of a token. Raises Unreadable with the reason."""
    version, _, rest = token.partition(".")
    key_id, _, body = rest.partition(".")
    if version != VERSION or not body:
        raise Unreadable(f"{place}: the stored value is not encrypted.")
    key = keyring().keys.get(key_id)
    if key is None:
        raise Unreadable(f"{place}: key {key_id!r} is not in {settings.KEY_FILE}.")
    try:
        raw = base64.b64decode(body, altchars=b"-_", validate=True)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], authenticated(key_id, place)).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise Unreadable(f"{place}: key {key_id!r} does not open the value; key, value or place changed.") from error


def authenticated(key_id: str, place: str) -> bytes:
    """What is bound to a token besides its text."""
    return f"{VERSION}|{key_id}|{place}".encode()


def keyed_hash(value: str, *, purpose: str) -> str:
    """HMAC-SHA256 in hex, for equality only: the same value under another purpose gives another hash."""
    message = f"{purpose}\0{value}".encode("utf-8", "replace")
    return hmac.new(keyring().hash_key, message, hashlib.sha256).hexdigest()


def slow_keyed_hash(value: str, *, purpose: str) -> str:
    """The same, made expensive on purpose (scrypt): for secrets that a person keeps on paper.

    Whoever has a stolen database needs the key file to guess at all, and then some 16 MB and 50 ms a guess.
    """
    salt = hmac.new(keyring().hash_key, purpose.encode(), hashlib.sha256).digest()
    cost: int = settings.SLOW_HASH_COST
    return hashlib.scrypt(value.encode("utf-8", "replace"), salt=salt, n=cost, r=8, p=1, dklen=32).hex()


# --- fields ------------------------------------------------------------------------------------------

_tokens_expected: contextvars.ContextVar[bool] = contextvars.ContextVar("tokens_expected", default=False)


@contextlib.contextmanager
def tokens_expected() -> Iterator[None]:
    """While fixtures are loaded: what opens as a token of its field is stored as it is.

    Never while people's input is saved: a person holding a stolen backup could paste a token and read it back.
    """
    mark = _tokens_expected.set(True)
    try:
        yield
    finally:
        _tokens_expected.reset(mark)


class SealedField(models.TextField):
    """Abstract. A column of tokens. No lookup but isnull, no index, no expression; None stays NULL."""

    def __init__(self, *args: Any, place: str | None = None, **kwargs: Any) -> None:
        self.fixed_place = place
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self.fixed_place:
            kwargs["place"] = self.fixed_place
        return name, path, list(args), kwargs

    @property
    def place(self) -> str:
        """What tokens are bound to. After a rename give the old name as ``place=``."""
        return self.fixed_place or f"{self.model._meta.label_lower}.{self.name}"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if self.unique or self.db_index:  # type: ignore[attr-defined]
            found.append(checks.Error("An encrypted field can be neither unique nor indexed.", obj=self, id="cms.E010"))
        return found

    def to_text(self, value: Any) -> str:
        """The value as the text that is sealed."""
        raise NotImplementedError

    def from_text(self, text: str) -> Any:
        """The reverse."""
        raise NotImplementedError

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else self.from_text(unseal(value, self.place))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None:
            return None
        if hasattr(value, "resolve_expression"):
            if self.is_bulk_update(value):
                return value
            raise FieldError(f"{self.place}: an encrypted field takes a value, not an expression.")
        if _tokens_expected.get() and isinstance(value, str) and self.opens(value):
            return value
        return seal(self.to_text(value), self.place)

    def is_bulk_update(self, value: Any) -> bool:
        """Whether this is what bulk_update() makes: a CASE whose results are values of this field, sealed one by one."""
        case = value.get_source_expressions()[0] if isinstance(value, Cast) else value
        return isinstance(case, Case) and all(
            isinstance(when.result, Value) and when.result.output_field == self for when in case.cases
        )

    def opens(self, token: str) -> bool:
        """Whether this is a token of this very field."""
        try:
            unseal(token, self.place)
        except Unreadable:
            return False
        return True

    def value_to_string(self, obj: models.Model) -> Any:
        """For serializers, `dumpdata` first of all: the token, never the text."""
        value = self.value_from_object(obj)
        return None if value is None else seal(self.to_text(value), self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.place} is encrypted: it can only be asked whether it is null.")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.place} is encrypted: {lookup_name!r} cannot be asked of it.")


class EncryptedTextField(SealedField):
    """Text that the database holds as a token only. An empty string stays one (sealed); None is NULL."""

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> str:
        return text


class EncryptedJSONField(SealedField):
    """A dict or a list that the database holds as a token only."""

    _pyi_private_set_type: Any  # for the type checker: what may be assigned, and what comes back
    _pyi_private_get_type: Any

    def to_text(self, value: Any) -> str:
        if not isinstance(value, dict | list):
            raise TypeError(f"{self.place}: a dict or a list, not {type(value).__name__}.")
        return json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":"))

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        return value

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        return models.Field.formfield(self, **{"form_class": forms.JSONField, **kwargs})
