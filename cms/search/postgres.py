"""PostgreSQL: segmented words in tsvector columns, read through the index that migration 0004 adds."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import TextField, Value
from django.db.models.expressions import Func
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.utils import get_descendants_content_types_pks

from cms.search.asked import All, Node, Row, Weighed, Words
from cms.search.hits import JapaneseCompiler
from cms.text.indexing import GAP, IndexedText, indexed, tokens_of, typed_ahead

LAST_POSITION = 16_383  # of a tsvector
MOST_BYTES = 900_000  # a tsvector holds 1 MB


def match(node: Node) -> str:
    """A tsquery, written out. Tokens are letters and digits, so that quoting is safe."""
    if isinstance(node, Row):
        return "(" + " & ".join(f"'{token}'" for token in tokens_of(node.tokens)) + (":*" if node.begins else "") + ")"
    sign = " & " if isinstance(node, All) else " | "
    return "(" + sign.join(match(part) for part in node.of) + ")"


def as_vector(texts: Iterable[tuple[IndexedText, str]]) -> str:
    """A tsvector, written out: not left to the server's parser, which depends on its locale."""
    places: dict[str, list[str]] = {}
    start = size = 0
    for text, weight in texts:
        last = start
        beside = ((start + 1, token) for token in text.beside)
        for position, token in (*((start + at, token) for at, token in text.stream), *beside):
            size += len(token.encode()) + 8
            if size > MOST_BYTES:
                break
            places.setdefault(token, []).append(f"{min(position, LAST_POSITION)}{weight}")
            last = max(last, position)
        start = last + GAP
    return " ".join(f"'{token}':{','.join(dict.fromkeys(at))}" for token, at in places.items())


class Vector(Func):
    """A text cast to tsvector."""

    template = "%(expressions)s::tsvector"
    output_field = SearchVectorField()

    def __init__(self, text: str) -> None:
        super().__init__(Value(text, output_field=TextField()))


class JapaneseObjectIndexer(stock.ObjectIndexer):
    """Cuts a page's texts into words; stock backends in the same process stay stock."""

    def __init__(self, obj: Any, backend: Any) -> None:
        super().__init__(obj, backend)
        self.japanese = getattr(backend, "japanese", False)

    def as_vector(self, texts: list[tuple[str, str]], for_autocomplete: bool = False) -> Any:
        if not self.japanese:
            return super().as_vector(texts, for_autocomplete=for_autocomplete)
        if for_autocomplete:
            return Vector(as_vector((IndexedText([], typed_ahead(text)), weight) for text, weight in texts))
        return Vector(as_vector((indexed(text), weight) for text, weight in texts))


# PostgresIndex.add_items names the class directly; a test fails when the name goes away.
stock.ObjectIndexer = JapaneseObjectIndexer


class Compiler(JapaneseCompiler, stock.PostgresSearchQueryCompiler):
    """Search by words. The functions of migration 0004 read the index, whatever the planner thinks of it."""

    def hits_sql(self, query: Words | Weighed) -> tuple[str, list[Any]]:
        """OFFSET 0 keeps PostgreSQL from pulling the subquery apart."""
        model = self.queryset.model
        pk = model._meta.pk.rel_db_type(connection) or "integer"
        kinds = list(get_descendants_content_types_pks(model))
        inner, params = self._of_words(query, kinds) if isinstance(query, Words) else self._weighed(query, kinds)
        return f"SELECT CAST(h.record AS {pk}) id, h.score score FROM ({inner}) h OFFSET 0", params

    def _of_words(self, query: Words, kinds: list[int]) -> tuple[str, list[Any]]:
        """Ranked by titles: to rank by texts is to unpack each of them (0.3 s for 4,000 pages)."""
        asked = match(query.node)
        join = f"cms_search_records(%s::tsquery) m JOIN {_entry()} e ON e.id = m.entry"
        score = "ts_rank(e.title, %s::tsquery) score"
        return f"SELECT m.record, {score} FROM {join} WHERE m.kind = ANY(%s) OFFSET 0", [asked, asked, kinds]

    def _weighed(self, query: Weighed, kinds: list[int]) -> tuple[str, list[Any]]:
        """One row a candidate and gain: v counts towards the least, t (the title) does not."""
        among = match(query.candidates)
        candidates = "SELECT entry r, record o, 0::float8 v, 0::float8 t FROM cms_search_records(%s::tsquery)"
        parts = [f"{candidates} WHERE kind = ANY(%s)"]
        params: list[Any] = [among, kinds]
        for gain in query.gains:
            v, t = (gain.worth, 0.0) if gain.counts else (0.0, gain.worth)
            held = match(gain.node)
            # Titles are few: cheaper read whole than compared with the candidates.
            source = "cms_search_titled" if gain.in_title else "cms_search_matching"
            parts.append(f"SELECT m.id, NULL, {v:.6f}, {t:.6f} FROM {source}(%s::tsquery) m(id)")
            params.append(held if gain.in_title else f"{held} & {among}")
        least = f"SUM(v) >= {query.least - query.base:.6f} AND " if query.least else ""
        total = f"{query.base:.6f} + SUM(v) + SUM(t)"
        gains = " UNION ALL ".join(parts)
        chosen = f"GROUP BY r HAVING {least}MAX(o) IS NOT NULL OFFSET 0"
        return f"SELECT MAX(o) record, {total} score FROM ({gains}) g {chosen}", params


class AutocompleteCompiler(Compiler, stock.PostgresAutocompleteQueryCompiler):
    """Search by beginnings, as one types."""

    TYPING = True

    def _of_words(self, query: Words, kinds: list[int]) -> tuple[str, list[Any]]:
        typed = match(query.node)
        in_title = match(query.in_title or query.node)
        rank = "ts_rank(e.autocomplete, %s::tsquery) + ts_rank(e.title, %s::tsquery)"
        where = "(e.autocomplete @@ %s::tsquery OR e.title @@ %s::tsquery) AND e.content_type_id = ANY(%s) OFFSET 0"
        params: list[Any] = [typed, in_title, typed, in_title, kinds]
        return f"SELECT e.object_id record, {rank} score FROM {_entry()} e WHERE {where}", params


class SearchBackend(stock.PostgresSearchBackend):
    """The site's search on PostgreSQL."""

    japanese = True
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def how_large(self) -> int:
        """How many entries the index has."""
        return stock.IndexEntry.objects.count()

    def how_many(self, nodes: Sequence[Node]) -> list[int]:
        """How many entries hold each of these."""
        counts = ", ".join(["(SELECT COUNT(*) FROM cms_search_matching(%s::tsquery))"] * len(nodes))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {counts}", [match(node) for node in nodes])
            return list(cursor.fetchone())


def _entry() -> str:
    return connection.ops.quote_name(stock.IndexEntry._meta.db_table)
