"""SQLite: segmented words in FTS5 columns. For a first run, demos and tests."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.utils.functional import cached_property
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.utils import get_descendants_content_types_pks

from cms.search.asked import All, Node, Row, Weighed, Words
from cms.search.hits import JapaneseCompiler
from cms.text.indexing import IndexedText, indexed, tokens_of, typed_ahead

STOP = "0stop0"  # stands between sentences, so that no phrase runs over a full stop
COLUMN_WEIGHTS = "1.0, 4.0, 1.0"  # autocomplete, title, body


def match(node: Node) -> str:
    """FTS5's own language. Tokens are letters and digits, so that quoting is safe."""
    if isinstance(node, Row):
        return (
            "(" + " AND ".join(f'"{token}"' for token in tokens_of(node.tokens)) + (" *" if node.begins else "") + ")"
        )
    word = " AND " if isinstance(node, All) else " OR "
    return "(" + word.join(match(part) for part in node.of) + ")"


def as_text(text: IndexedText) -> str:
    """The tokens in a row, a stop wherever positions jump, what has no place at the end."""
    out: list[str] = []
    last = 0
    for position, token in text.stream:
        if position > last + 1:
            out.append(STOP)
        out.append(token)
        last = position
    return " ".join([*out, STOP, *text.beside] if text.beside else out)


@cache
def _past_wide_rows() -> str:
    """Migration 0006's index by name: SQLite would read the wide row. Empty if a remade table has lost it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'cms_search_entry'")
        return " INDEXED BY cms_search_entry" if cursor.fetchone() else ""


class JapaneseObjectIndexer(stock.ObjectIndexer):
    """Cuts a page's texts into words; stock backends in the same process stay stock."""

    def __init__(self, obj: Any, backend: Any) -> None:
        super().__init__(obj, backend)
        self.japanese = getattr(backend, "japanese", False)

    @cached_property
    def title(self) -> str:
        text = super().title
        return as_text(indexed(text)) if self.japanese else text

    @cached_property
    def body(self) -> str:
        text = super().body
        return as_text(indexed(text)) if self.japanese else text

    @cached_property
    def autocomplete(self) -> str:
        text = super().autocomplete
        return " ".join(typed_ahead(text)) if self.japanese else text


# SQLiteIndex.add_items names the class directly; a test fails when the name goes away.
stock.ObjectIndexer = JapaneseObjectIndexer


class Compiler(JapaneseCompiler, stock.SQLiteSearchQueryCompiler):
    """Search by words."""

    COLUMNS = "title body"

    @property
    def _names(self) -> tuple[str, str]:
        quote = connection.ops.quote_name
        return quote(stock.SQLiteFTSIndexEntry._meta.db_table), quote(stock.IndexEntry._meta.db_table)

    def hits_sql(self, query: Words | Weighed) -> tuple[str, list[Any]]:
        """CROSS JOIN fixes the order, LIMIT -1 stops SQLite from flattening the subquery."""
        model = self.queryset.model
        pk = model._meta.pk.rel_db_type(connection) or "integer"
        kinds = list(get_descendants_content_types_pks(model))
        inner, params = self._of_words(query) if isinstance(query, Words) else self._weighed(query)
        marks = ", ".join(["%s"] * len(kinds))
        entry = self._names[1]
        object_id = "replace(e.object_id, '-', '')" if pk.startswith("char(32)") else "e.object_id"
        sql = (
            f"SELECT CAST({object_id} AS {pk}) id, h.score score FROM ({inner}) h "
            f"CROSS JOIN {entry} e{_past_wide_rows()} ON e.id = h.r WHERE e.content_type_id IN ({marks}) LIMIT -1"
        )
        return sql, [*params, *kinds]

    def _of_words(self, query: Words) -> tuple[str, list[Any]]:
        fts = self._names[0]
        asked = f"{{{self.COLUMNS}}} : {match(query.node)}"
        if query.in_title is not None:
            asked = f"({asked}) OR ({{title}} : {match(query.in_title)})"
        rank = f"-bm25({fts}, {COLUMN_WEIGHTS})"
        return f"SELECT rowid r, {rank} score FROM {fts} WHERE {fts} MATCH %s LIMIT -1", [asked]

    def _weighed(self, query: Weighed) -> tuple[str, list[Any]]:
        """One row a candidate and gain: v counts towards the least, t (the title) does not."""
        fts = self._names[0]
        among = match(query.candidates)
        parts = [f"SELECT rowid r, 0.0 v, 0.0 t, 1 k FROM {fts} WHERE {fts} MATCH %s"]
        params = [f"{{title body}} : {among}"]
        for gain in query.gains:
            v, t = (gain.worth, 0.0) if gain.counts else (0.0, gain.worth)
            parts.append(f"SELECT rowid, {v:.6f}, {t:.6f}, 0 FROM {fts} WHERE {fts} MATCH %s")
            held = match(gain.node)
            # Titles are few: cheaper read whole than compared with the candidates.
            params.append(f"{{title}} : {held}" if gain.in_title else f"{{title body}} : ({held} AND {among})")
        least = f"SUM(v) >= {query.least - query.base:.6f} AND " if query.least else ""
        total = f"{query.base:.6f} + SUM(v) + SUM(t)"
        gains = " UNION ALL ".join(parts)
        return f"SELECT r, {total} score FROM ({gains}) GROUP BY r HAVING {least}MAX(k) = 1 LIMIT -1", params


class AutocompleteCompiler(Compiler, stock.SQLiteAutocompleteQueryCompiler):
    """Search by beginnings, as one types."""

    TYPING = True
    COLUMNS = "autocomplete"


class SearchBackend(stock.SQLiteSearchBackend):
    """The site's search on SQLite."""

    japanese = True
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def how_large(self) -> int:
        """How many entries the index has."""
        return stock.IndexEntry.objects.count()

    def how_many(self, nodes: Sequence[Node]) -> list[int]:
        """How many entries hold each of these."""
        fts = connection.ops.quote_name(stock.SQLiteFTSIndexEntry._meta.db_table)
        counts = ", ".join([f"(SELECT COUNT(*) FROM {fts} WHERE {fts} MATCH %s)"] * len(nodes))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {counts}", [f"{{title body}} : {match(node)}" for node in nodes])
            return list(cursor.fetchone())
