"""The words of the titles that a reader may see: what a slip of typing may have meant besides the word list."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from cms.text.folding import plain
from cms.text.words import words

MOST_TITLES = 2_000
KEPT = 600  # seconds
SHORTEST = 4  # kana


def title_words(querysets: Sequence[QuerySet[Any]]) -> dict[str, str]:
    """Nouns of the titles by reading. Made at the first need (70 ms a thousand titles), then kept ten minutes."""
    found: dict[str, str] = {}
    for queryset in querysets:
        if any(field.name == "title" for field in queryset.model._meta.fields):
            found |= _of(queryset)
    return found


def _of(queryset: QuerySet[Any]) -> dict[str, str]:
    titles = queryset.order_by("-pk").values_list("title", flat=True)[:MOST_TITLES]
    if titles.query.is_empty():
        return {}
    sql, params = titles.query.sql_with_params()
    key = "search-titles-" + hashlib.sha256(f"{sql}{params}".encode()).hexdigest()
    kept: dict[str, str] | None = cache.get(key)
    if kept is None:
        kept = {}
        for title in titles:
            for word in words(plain(title)):
                if word.shape.kind[0] == "名詞" and len(word.reading) >= SHORTEST:
                    kept.setdefault(word.reading, word.surface)
        cache.set(key, kept, KEPT)
    return kept
