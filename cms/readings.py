"""Furigana as readers get it: the readings that people gave, and pages kept with their ruby.

A page is kept in this process's memory alone, under the digest of its HTML, the rules and the readings in force. What
may hold a person's words is never kept: see `may_keep`.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache, caches
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest

from cms.models.terms import Term
from cms.text.furigana import RULES, Names, furigana

STATE = "readings.state"  # changes whenever a reading may have changed; all processes see it
STATE_FOR = 60 * 60  # seconds after which readings are read again, whatever the signals said
KEPT_FOR = 24 * 60 * 60  # seconds
NEVER_KEPT: set[str] = {"/admin/", "/search/", "/reader/"}  # rooms add what they guard: `keep_out`
SECRET_PARTS = frozenset({"token", "code", "key", "receipt"})
HIDDEN = re.compile(r"<input\b[^>]*\btype=[\"']hidden[\"'][^>]*>")
HOLE = "<input data-hole>"

Source = Callable[[], Iterable[tuple[str, str]]]
_sources: dict[str, Source] = {}
_lock = Lock()
_kept: tuple[str, Names] | None = None


def register(code: str, source: Source, watched: type[models.Model]) -> None:
    """Rooms hand in names with their kana: `source` yields (as written, in kana), read again when `watched` is saved."""
    _sources[code] = source
    for signal in (post_save, post_delete):
        signal.connect(forget, sender=watched, dispatch_uid=f"readings.{code}")


def keep_out(*prefixes: str) -> None:
    """Pages under these addresses are drawn each time and never kept."""
    NEVER_KEPT.update(prefixes)


def forget(**kwargs: Any) -> None:
    """Readings have changed: once that is committed, every process reads them again."""
    transaction.on_commit(partial(cache.delete, STATE))


def of_terms() -> Iterator[tuple[str, str]]:
    """The readings of the word list."""
    yield from Term.objects.exclude(reading="").order_by("pk").values_list("label", "reading")


def in_force() -> tuple[str, Names]:
    """The state of the readings and the readings: terms first, then what the rooms handed in."""
    global _kept
    state = cache.get(STATE)
    if state is None:
        state = secrets.token_hex(8)
        cache.set(STATE, state, STATE_FOR)
    with _lock:
        if _kept is None or _kept[0] != state:
            _kept = (state, Names(pair for source in _sources.values() for pair in source()))
        return _kept


@dataclass(frozen=True, slots=True)
class _Page:
    """HTML without its hidden fields: they hold what differs from visit to visit, and tokens."""

    html: str
    hidden: list[str]

    @classmethod
    def of(cls, html: str) -> "_Page":
        return cls(HIDDEN.sub(HOLE, html), HIDDEN.findall(html))

    def whole(self, html: str) -> str:
        """`html`, made from ours, with the hidden fields back in their places."""
        pieces = html.split(HOLE)
        return "".join(part for pair in zip(pieces, [*self.hidden, ""], strict=True) for part in pair)


def with_readings(html: str, *, keep: bool) -> str:
    """The HTML with ruby, from memory when `keep` and it was drawn before."""
    state, names = in_force()
    if not keep:
        return furigana(html, names)
    page = _Page.of(html)
    pages = caches[settings.FURIGANA_CACHE]
    key = "ruby." + sha256(f"{RULES}\0{state}\0{page.html}".encode("utf-8", "replace")).hexdigest()
    drawn = pages.get(key)
    if drawn is None:
        drawn = furigana(page.html, names)
        pages.set(key, drawn, KEPT_FOR)
    return page.whole(drawn)


def may_keep(request: HttpRequest) -> bool:
    """Whether this answer is the same for everybody: asked for by address alone, by nobody in particular.

    Not after a posted form, not with anything after `?`, not for a browser with a session or a message waiting, not
    in a preview, not under an address that names a person's thing.
    """
    match = request.resolver_match
    return (
        request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and not request.path.startswith(tuple(NEVER_KEPT))
        and not {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
        and not getattr(request, "is_preview", False)
        and not (match and SECRET_PARTS & match.kwargs.keys())
    )


register("cms.terms", of_terms, watched=Term)
