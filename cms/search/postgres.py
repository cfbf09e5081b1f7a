"""PostgreSQL: segmented words in tsvector columns, read through the index that migration 0004 adds."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import TextField, Value
from django.db.models.expressions import Func
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.utils import get_descendants_content_types_pks

from cms.search.asked import All, Node, Row, Weighed, Words
from cms.search.hits import JapaneseCompiler
from cms.text.indexing import GAP, IndexedText, indexed, typed_ahead

LAST_POSITION = 16_383  # of a tsvector
MOST_BYTES = 900_000  # a tsvector holds 1 MB


def match(node: Node) -> str:
    """A tsquery, written out. Tokens are letters and digits, so that quoting is safe."""
    if isinstance(node, Row):
        return "(" + " <-> ".join(f"'{token}'" for token in node.tokens) + (":*" if node.begins else "") + ")"
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
    """Search by words. `cms_search_matching` (migration 0004) reads the index, whatever the planner thinks of it."""

    MATCHING = "cms_search_matching(%s::tsquery)"
    RANKED = (("title", 4.0), ("body", 1.0))

    def hits_sql(self, query: Words | Weighed) -> tuple[str, list[Any]]:
        """OFFSET 0 keeps PostgreSQL from pulling the subquery apart."""
        model = self.queryset.model
        pk = model._meta.pk.rel_db_type(connection) or "integer"
        kinds = list(get_descendants_content_types_pks(model))
        inner, params = self._of_words(query) if isinstance(query, Words) else self._weighed(query)
        sql = (
            f"SELECT CAST(e.object_id AS {pk}) id, h.score score FROM ({inner}) h "
            f"JOIN {_entry()} e ON e.id = h.r WHERE e.content_type_id = ANY(%s) OFFSET 0"
        )
        return sql, [*params, kinds]

    def _of_words(self, query: Words) -> tuple[str, list[Any]]:
        asked = match(query.node)
        weights = [float(weight) for weight in self.sql_weights.strip("{}").split(",")]
        rank = " + ".join(f"ts_rank(%s::float4[], e.{name}, %s::tsquery) * {worth}" for name, worth in self.RANKED)
        params = [value for _ in self.RANKED for value in (weights, asked)]
        join = f"{self.MATCHING} m(id) JOIN {_entry()} e ON e.id = m.id"
        return f"SELECT e.id r, {rank} score FROM {join} OFFSET 0", [*params, asked]

    def _weighed(self, query: Weighed) -> tuple[str, list[Any]]:
        """One row a candidate and gain: v counts towards the least, t (the title) does not."""
        among = match(query.candidates)
        parts = [f"SELECT m.id r, 0.0::float8 v, 0.0::float8 t, 1 k FROM {self.MATCHING} m(id)"]
        params = [among]
        for gain in query.gains:
            v, t = (gain.worth, 0.0) if gain.counts else (0.0, gain.worth)
            held = match(gain.node)
            if gain.in_title:  # titles are few: cheaper read whole than compared with the candidates
                parts.append(f"SELECT e.id, {v:.6f}, {t:.6f}, 0 FROM {_entry()} e WHERE e.title @@ %s::tsquery")
                params.append(held)
            else:
                parts.append(f"SELECT m.id, {v:.6f}, {t:.6f}, 0 FROM {self.MATCHING} m(id)")
                params.append(f"{held} & {among}")
        least = f"SUM(v) >= {query.least - query.base:.6f} AND " if query.least else ""
        total = f"{query.base:.6f} + SUM(v) + SUM(t)"
        gains = " UNION ALL ".join(parts)
        return f"SELECT r, {total} score FROM ({gains}) g GROUP BY r HAVING {least}MAX(k) = 1 OFFSET 0", params


class AutocompleteCompiler(Compiler, stock.PostgresAutocompleteQueryCompiler):
    """Search by beginnings, as one types."""

    TYPING = True

    def _of_words(self, query: Words) -> tuple[str, list[Any]]:
        typed = match(query.node)
        in_title = match(query.in_title or query.node)
        rank = "ts_rank(e.autocomplete, %s::tsquery) + ts_rank(e.title, %s::tsquery)"
        where = "e.autocomplete @@ %s::tsquery OR e.title @@ %s::tsquery"
        return f"SELECT e.id r, {rank} score FROM {_entry()} e WHERE {where} OFFSET 0", [typed, in_title] * 2


class SearchBackend(stock.PostgresSearchBackend):
    """The site's search on PostgreSQL."""

    japanese = True
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def how_many(self, nodes: list[Node]) -> tuple[int, list[int]]:
        """How many entries the index has, and how many of them hold each of these."""
        counts = ", (SELECT COUNT(*) FROM cms_search_matching(%s::tsquery))" * len(nodes)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT (SELECT COUNT(*) FROM {_entry()}){counts}", [match(node) for node in nodes])
            total, *found = cursor.fetchone()
        return total, found


def _entry() -> str:
    return connection.ops.quote_name(stock.IndexEntry._meta.db_table)
