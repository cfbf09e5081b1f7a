"""The backend under Wagtail's own calls, and what would break it in silence after an upgrade."""

import inspect
from typing import Any

import pytest
from django.db import connection
from modelsearch.backends.database.postgres import postgres
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.search.asked import All, Row, Words, rewritten
from cms.text.thesaurus import Thesaurus
from home.models import ContentPage

pytestmark = pytest.mark.django_db
EMPTY = Thesaurus()


def stock() -> Any:
    get_search_backend()  # imports ours
    if connection.vendor == "postgresql":
        return postgres
    from modelsearch.backends.database.sqlite import sqlite

    return sqlite


def test_the_class_that_we_replace_is_still_the_one_that_is_used() -> None:
    """add_items names a module global; if a release renames it, Japanese would no longer be cut into words."""
    assert stock().ObjectIndexer.__module__.startswith("cms.search.")
    assert "ObjectIndexer" in stock().__dict__
    index = {"sqlite": "SQLiteIndex", "postgresql": "PostgresIndex"}[connection.vendor]
    assert "ObjectIndexer(obj, " in inspect.getsource(getattr(stock(), index).add_items)


def test_a_stock_backend_stays_stock(write: Any) -> None:
    page = write("相談窓口")

    class Stock:
        config = autocomplete_config = "simple"

    indexer = stock().ObjectIndexer(page, Stock())
    assert indexer.japanese is False


def sql_of(question: str) -> str:
    return str(get_search_backend().search(question, Page.objects.live()).get_queryset().query)


def test_the_index_is_read_once_and_no_key_is_cast_to_text() -> None:
    sql = sql_of("居場所 相談")
    assert "::varchar" not in sql
    assert sql.count({"sqlite": " MATCH ", "postgresql": "cms_search_records("}[connection.vendor]) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads the record in passing")
def test_entries_lead_to_records_through_the_narrow_index() -> None:
    """A Wagtail migration that remakes the table would lose it: make it again in a migration of ours."""
    assert "INDEXED BY cms_search_entry" in sql_of("相談")


@pytest.mark.postgres
def test_postgresql_reads_through_the_index_of_migration_0004(write: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'cms_search_title_body'")
        (definition,) = cursor.fetchone()
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM wagtailsearch_indexentry WHERE (title || body) @@ 'a'::tsquery")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT proname, proconfig FROM pg_proc WHERE proname LIKE 'cms_search_%' ORDER BY 1")
        functions = cursor.fetchall()
    assert "gin (((title || body)))" in definition
    assert "cms_search_title_body" in plan
    off = ["enable_seqscan=off"]
    assert functions == [("cms_search_matching", off), ("cms_search_records", off), ("cms_search_titled", off)]


def test_wagtails_calls(write: Any) -> None:
    one = write("居場所カフェ", "お茶の時間です。")
    two = write("図書館の居場所", "本の時間です。")
    pages = Page.objects.live()
    assert {page.pk for page in pages.search("居場所")} == {one.pk, two.pk}
    assert [page.pk for page in pages.search("居場所 お茶")] == [one.pk]
    assert {page.pk for page in pages.search("お茶 本", operator="or")} == {one.pk, two.pk}
    assert [page.pk for page in pages.order_by("-path").search("居場所", order_by_relevance=False)] == [two.pk, one.pk]
    assert pages.search("居場所").count() == 2
    assert [page.pk for page in pages.search("居場所")[1:2]] != []
    assert {page.pk for page in ContentPage.objects.search("居場所")} == {one.pk, two.pk}
    assert [page.pk for page in pages.filter(pk=one.pk).search("居場所")] == [one.pk]
    assert [page.score > 0 for page in pages.search("居場所").annotate_score("score")] == [True, True]
    assert pages.search("居場所").facet("live") == {True: 2}
    assert {page.pk for page in pages.search(MatchAll())} == {page.pk for page in pages}


@pytest.mark.parametrize("typed", ["いば", "居場", "イバショ", "ﾎｯﾄ", "居場所カ", "ホットライン 居"])
def test_as_one_types(write: Any, typed: str) -> None:
    write("ホットラインと居場所カフェ")
    assert [page.title for page in Page.objects.live().autocomplete(typed)] == ["ホットラインと居場所カフェ"]


def test_documents_are_found_by_title() -> None:
    document = get_document_model().objects.create(title="運営ルールの資料", file="rules.pdf")
    assert list(get_document_model().objects.search("運営 規約")) == [document]
    assert list(get_document_model().objects.autocomplete("うんえい")) == [document]


def test_fields_are_passed_over(write: Any) -> None:
    """Wagtail's own screens hand them in; the index knows words, not columns."""
    write("居場所カフェ", "お茶の時間です。")
    assert len(Page.objects.live().search("お茶", fields=["title"])) == 1


def test_not_is_refused_with_a_sentence() -> None:
    with pytest.raises(NotImplementedError, match="exclude"):
        list(Page.objects.search(Not(PlainText("相談"))))


def test_boost_is_unwrapped() -> None:
    assert rewritten(Boost(PlainText("相談"), 2.0), EMPTY, typing=False) == Row(("相談",))


def test_queries_of_wagtail_become_ours() -> None:
    asked = And([Phrase("相談窓口"), Or([PlainText("電話"), PlainText("メール")])])
    node = rewritten(asked, EMPTY, typing=False)
    assert isinstance(node, All)
    assert rewritten(PlainText("・"), EMPTY, typing=False) is None
    assert repr(Words(Row(("相談",)))) == "<Words Row(tokens=('相談',), begins=False)>"


def test_the_whole_index_can_be_built_again(write: Any) -> None:
    page = write("居場所カフェ")
    backend = get_search_backend()
    backend.reset_indexes()
    assert list(Page.objects.search("居場所")) == []
    backend.add_bulk(ContentPage, [page])
    assert [found.pk for found in Page.objects.search("居場所")] == [page.pk]
