"""What a reader finds."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.models import Term
from cms.search.query import SearchAnswer, answer, search_pages
from home.models import ContentPage, NewsPage

pytestmark = pytest.mark.django_db


def titles(question: str, **options: Any) -> list[str]:
    return [hit.title for hit in search_pages(question, **options).hits]


def test_a_saved_page_is_found_at_once(write: Any) -> None:
    write("ひきこもり相談窓口", "外に出られない日について話せます。")
    assert titles("引籠り") == ["ひきこもり相談窓口"]


def test_a_changed_page_is_found_by_its_new_words_only(write: Any) -> None:
    page = write("囲碁の会")
    page.title = "将棋の会"
    page.save()
    assert (titles("将棋"), [hit.object.pk for hit in search_pages("囲碁の会").hits if "囲碁" in hit.title]) == (
        ["将棋の会"],
        [],
    )


def test_drafts_and_deleted_pages_are_not_found(write: Any) -> None:
    write("手話の教室", live=False)
    gone = write("手話の会")
    gone.delete()
    assert titles("手話") == []


def test_the_title_weighs_more_than_the_text(write: Any) -> None:
    write("催し", "図書館で読書の会をします。")
    write("読書の会", "図書館で。")
    assert titles("読書") == ["読書の会", "催し"]


def test_a_page_with_everything_comes_before_one_with_a_part(write: Any) -> None:
    write("手話の教室")
    write("料理の教室", "手話通訳がつきます。")
    write("料理の会")
    assert titles("料理 手話")[0] == "料理の教室"


def test_relaxed_says_that_no_page_has_all(write: Any, words: Any) -> None:
    words()
    write("手話の教室")
    write("料理の会")
    found = search_pages("手話 料理")
    assert (found.relaxed, found.total) == (True, 2)
    assert search_pages("手話 教室").relaxed is False


@pytest.mark.parametrize("question", ["ゴルフ 予約", "宇宙飛行士", "パスポート 更新"])
def test_what_is_not_there_gives_nothing(write: Any, question: str) -> None:
    write("相談の予約", "電話で予約してください。情報を更新しました。")
    found = search_pages(question)
    assert (found.hits, found.total) == ([], 0)


def test_line_is_not_found_by_rain(write: Any) -> None:
    write("ささえ愛ほっとライン", "電話の相談です。")
    write("若者の相談", "LINEで相談できます。")
    assert titles("LINE") == ["若者の相談"]


@pytest.mark.parametrize("question", ["認知症", "にんちしょう", "ニンチショウ", "物忘れ", "dementia", "ninchisho"])
def test_the_shipped_words_lead_to_the_page(write: Any, question: str) -> None:
    write("認知症カフェ", "お茶を飲みます。")
    write("囲碁の会", "初心者も。")
    assert titles(question) == ["認知症カフェ"]


@pytest.mark.parametrize("question", ["2023/2/11", "2023年2月11日", "令和5年2月11日", "2月11日"])
def test_a_day_is_found_however_it_is_written(write: Any, question: str) -> None:
    write("催し", "2023年2月11日に開きます。")
    write("別の催し", "2023年2月12日に開きます。")
    assert titles(question) == ["催し"]


def test_a_slip_of_typing_is_forgiven_and_named(write: Any, words: Any) -> None:
    words(("シンポジウム",))
    write("市民シンポジウム")
    found = search_pages("シンポジュウム")
    assert ([hit.title for hit in found.hits], found.suggestion) == (["市民シンポジウム"], "シンポジウム")


def test_names_handed_in_help_with_slips(write: Any, words: Any) -> None:
    words()
    write("あしたば相談室")
    found = answer("あしだば相談室", querysets=[Page.objects.live()], vocabulary=["あしたば相談室"])
    assert found.suggestion == "あしたば相談室"


def test_a_new_term_counts_at_once(write: Any, words: Any) -> None:
    words()
    write("断酒会")
    before = titles("ノンアル")
    Term.objects.create(label="断酒会", aliases="ノンアル")
    assert (before, titles("ノンアル")) == ([], ["断酒会"])


def test_several_kinds_of_record_in_one_answer(write: Any) -> None:
    page = write("畑の会")
    news = NewsPage(title="畑の収穫祭", live=True)
    Page.get_first_root_node().add_child(instance=news)
    found = answer("畑", querysets=[ContentPage.objects.live(), NewsPage.objects.live()])
    assert {(type(hit.object), hit.object.pk) for hit in found.hits} == {(ContentPage, page.pk), (NewsPage, news.pk)}
    assert found.total == 2


def test_pages_come_as_what_they_are(write: Any) -> None:
    page = write("畑の会")
    assert [type(hit.object) for hit in search_pages("畑").hits] == [type(page)]


def test_pages_of_an_answer_do_not_overlap(write: Any) -> None:
    for number in range(7):
        write(f"散歩の会 {number}")
    first, second = search_pages("散歩", limit=4), search_pages("散歩", limit=4, offset=4)
    assert (first.total, second.total) == (7, 7)
    assert len({hit.object.pk for hit in [*first.hits, *second.hits]}) == 7


def test_the_queryset_decides_what_may_be_seen(write: Any) -> None:
    write("散歩の会")
    assert answer("散歩", querysets=[Page.objects.none()]) == SearchAnswer(relaxed=False, terms=("散歩",))


@pytest.mark.parametrize(
    "question",
    ["", " ", '"', 'a"b', "'", "\x00", "相談\x00", "\\", "*", "%s", "%(a)s", "NEAR(", "🙂", "・", ") OR 1", "あ" * 5_000,
     "\ud800", "相談 " * 500, "title:相談", "{title}", "- -", "相談 AND", "NOT", "x" * 10_000, "𠮷野家", "1e10 -5"],
)  # fmt: skip
def test_nothing_a_reader_types_breaks_it(write: Any, question: str) -> None:
    write("相談")
    search_pages(question)
    list(Page.objects.search(question)[:5])
    list(Page.objects.autocomplete(question)[:5])
    Page.objects.search(question).count()


def test_the_number_of_queries_does_not_grow(write: Any) -> None:
    write("散歩の会 1")
    search_pages("散歩")
    with CaptureQueriesContext(connection) as few:
        search_pages("散歩")
    for number in range(2, 12):
        write(f"散歩の会 {number}")
    with CaptureQueriesContext(connection) as many:
        search_pages("散歩")
    assert len(many) == len(few)


def test_a_very_long_page_can_be_saved_and_found(write: Any) -> None:
    write("長いページ", "居場所の話をします。" * 20_000)
    assert titles("居場所") == ["長いページ"]


def test_a_page_of_odd_signs_can_be_saved(write: Any) -> None:
    write("🙂 \\ ' \" % {x}", "髙﨑𠮷 'a':1A <b> & \u200b")
    assert titles("髙﨑") == ["🙂 \\ ' \" % {x}"]


@pytest.mark.parametrize("question", ["運転免許 更新", "運転免許"])
def test_a_part_of_a_word_is_not_the_word(write: Any, words: Any, question: str) -> None:
    words()
    write("買い物バスの運転", "運転する人の募集。情報の更新。")
    assert titles(question) == []


def test_the_dictionary_knows_synonyms_beside_the_list(write: Any, words: Any) -> None:
    words()
    write("お年寄りの集まり")
    write("こどもの集まり")
    assert [hit.title for hit in search_pages("高齢者").hits] == ["お年寄りの集まり"]
