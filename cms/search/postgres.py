"""PostgreSQL: segmented words in tsvector columns, read through the index that migration 0004 adds."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import TextField, Value
from django.db.models.expressions import Func
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.backends.database.postgres.weights import get_sql_weights
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
    """Search by words."""

    VECTOR = "(e.title || e.body)"

    def hits_sql(self, query: Words | Weighed) -> tuple[str, list[Any]]:
        """OFFSET 0 keeps PostgreSQL from pulling the subquery apart."""
        model = self.queryset.model
        pk = model._meta.pk.rel_db_type(connection) or "integer"
        kinds = list(get_descendants_content_types_pks(model))
        inner, params = self._of_words(query) if isinstance(query, Words) else self._weighed(query)
        entry = connection.ops.quote_name(stock.IndexEntry._meta.db_table)
        sql = (
            f"SELECT CAST(e.object_id AS {pk}) id, h.score score FROM ({inner}) h "
            f"JOIN {entry} e ON e.id = h.r WHERE e.content_type_id = ANY(%s) OFFSET 0"
        )
        return sql, [*params, kinds]

    def _of_words(self, query: Words) -> tuple[str, list[Any]]:
        entry = connection.ops.quote_name(stock.IndexEntry._meta.db_table)
        asked = match(query.node)
        vectors = "e.autocomplete" if self.TYPING else "e.title, e.body"
        ranks = " + ".join(
            f"ts_rank(%s::float4[], {vector}, %s::tsquery) * {weight}"
            for vector, weight in zip(vectors.split(", "), ("4.0", "1.0"), strict=False)
        )
        weights = [float(weight) for weight in get_sql_weights().strip("{}").split(",")]
        count = ranks.count("ts_rank")
        return (
            f"SELECT e.id r, {ranks} score FROM {entry} e WHERE {self.VECTOR} @@ %s::tsquery OFFSET 0",
            [*[value for _ in range(count) for value in (weights, asked)], asked],
        )

    def _weighed(self, query: Weighed) -> tuple[str, list[Any]]:
        """One row a page and way of saying; the best way of each concept counts (v), its title beside it (t)."""
        entry = connection.ops.quote_name(stock.IndexEntry._meta.db_table)
        parts, params = [], []
        for leg in query.legs:
            vectors = [(self.VECTOR, leg.value, 0.0)] if leg.value else []
            vectors += [("e.title", 0.0, leg.in_title)] if leg.in_title else []
            for vector, value, in_title in vectors:
                row = f"e.id r, {leg.concept:d} c, {value:.6f}::float8 v, {in_title:.6f}::float8 t"
                parts.append(f"SELECT {row} FROM {entry} e WHERE {vector} @@ %s::tsquery")
                params.append(match(leg.node))
        best = f"SELECT r, MAX(v) v, MAX(t) t FROM ({' UNION ALL '.join(parts)}) legs GROUP BY r, c"
        least = f"HAVING SUM(v) >= {query.least:.6f}"
        return f"SELECT r, SUM(v) + SUM(t) score FROM ({best}) best GROUP BY r {least} OFFSET 0", params


class AutocompleteCompiler(Compiler, stock.PostgresAutocompleteQueryCompiler):
    """Search by beginnings, as one types."""

    TYPING = True
    VECTOR = "e.autocomplete"


class SearchBackend(stock.PostgresSearchBackend):
    """The site's search on PostgreSQL."""

    japanese = True
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def how_many(self, nodes: list[Node]) -> tuple[int, list[int]]:
        """How many entries the index has, and how many of them hold each of these."""
        entry = connection.ops.quote_name(stock.IndexEntry._meta.db_table)
        count = f", (SELECT COUNT(*) FROM {entry} e WHERE (e.title || e.body) @@ %s::tsquery)"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT (SELECT COUNT(*) FROM {entry}){count * len(nodes)}", [match(node) for node in nodes]
            )
            total, *found = cursor.fetchone()
        return total, found
