"""A queryset driven by the hits: the index is read once, then the rows are fetched by primary key.

Stock modelsearch asks the index again for every row (SQLite) or joins on a key cast to text (PostgreSQL):
77 s and 9 s at 10,000 pages.
"""

from typing import Any

from django.db.models import FloatField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.datastructures import BaseTable
from modelsearch.query import MatchAll, Not, SearchQuery

from cms.search.asked import Weighed, Words, rewritten
from cms.search.terms import current_thesaurus

HITS = "search_hit"


class HitsFirst(BaseTable):
    """The first table of a query, preceded by the hits."""

    def __init__(self, table_name: str, alias: str | None, sql: str, params: list[Any], column: str) -> None:
        super().__init__(table_name, alias)
        self.sql, self.params, self.column = sql, params, column

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """`(hits) search_hit CROSS JOIN table ON …`: the order of CROSS JOIN is kept by SQLite."""
        table, table_params = super().as_sql(compiler, connection)
        quote = connection.ops.quote_name
        on = f"{HITS}.id = {compiler.quote_name_unless_alias(self.table_alias)}.{quote(self.column)}"
        join = "CROSS JOIN" if connection.vendor == "sqlite" else "JOIN"
        return f"({self.sql}) {HITS} {join} {table} ON {on}", [*self.params, *table_params]

    def relabeled_clone(self, change_map: dict[Any, str]) -> "HitsFirst":
        """Django renames tables when it combines queries."""
        alias = change_map.get(self.table_alias, self.table_alias)
        return HitsFirst(self.table_name, alias, self.sql, self.params, self.column)

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes two tables the same one."""
        return (*super().identity, self.sql, tuple(self.params))


def driven_by_hits(queryset: QuerySet[Any], sql: str, params: list[Any]) -> QuerySet[Any]:
    """The queryset, restricted to the hits and able to order by `search_hit.score`."""
    queryset = queryset.all()
    query = queryset.query
    base = query.get_initial_alias()
    table = query.alias_map[base]
    query.alias_map[base] = HitsFirst(table.table_name, base, sql, params, queryset.model._meta.pk.column)
    return queryset


class JapaneseCompiler:
    """Mixed into the stock compilers of a database: our words in, our SQL out."""

    TYPING = False
    queryset: QuerySet[Any]
    query: SearchQuery
    order_by_relevance: bool

    def check(self) -> None:
        """Any column may filter: the database answers. `fields=` is passed over: the index holds words, not columns."""

    def hits_sql(self, query: Words | Weighed) -> tuple[str, list[Any]]:
        """A SELECT of (id, score), highest score best."""
        raise NotImplementedError

    def search(
        self, config: Any, start: int | None, stop: int | None, score_field: str | None = None, backend: Any = None
    ) -> QuerySet[Any]:
        """The matching rows, best first unless the caller has an order of their own."""
        query = self.query
        if isinstance(query, MatchAll):
            return self.queryset[start:stop]
        if isinstance(query, Not):
            if isinstance(query.subquery, MatchAll):
                return self.queryset.none()
            raise NotImplementedError("Not is not offered: use exclude(pk__in=…).")
        if not isinstance(query, Words | Weighed):
            thesaurus = current_thesaurus()
            node = rewritten(query, thesaurus, typing=self.TYPING)
            if node is None:
                return self.queryset.none()
            query = Words(node, rewritten(query, thesaurus, typing=False) if self.TYPING else None)
        queryset = driven_by_hits(self.queryset, *self.hits_sql(query))
        score = RawSQL(f"{HITS}.score", [], output_field=FloatField())
        if score_field is not None:
            queryset = queryset.annotate(**{score_field: score})
        if self.order_by_relevance:
            queryset = queryset.order_by(score.desc(), "-pk")
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]
