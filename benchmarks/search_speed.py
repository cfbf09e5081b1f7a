"""Search on 10,000 pages: medians in milliseconds; exit 1 over the budget of 100 ms.

    python benchmarks/search_speed.py [--pages 10000] [--budget 100] [--runs 5]

Works in a scratch database (SQLite, or `<name>_bench` beside DATABASE_URL) and lets the server count first (ANALYZE):
stock search looks quick until the planner has statistics.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # not this folder: benchmarks may be named as packages are

from benchmarks.scratch import scratch_database

COMMON = ["相談", "窓口", "地域", "市民", "活動", "参加", "電話", "予約", "無料", "案内"]
USUAL = [
    "居場所",
    "ひきこもり",
    "不登校",
    "認知症",
    "介護",
    "子育て",
    "高齢者",
    "若者",
    "障害",
    "外国人",
    "見守り",
    "ボランティア",
    "傾聴",
    "防災",
    "講座",
    "サロン",
    "家族",
    "就労",
    "学習",
    "食堂",
    "手話",
    "図書館",
    "公民館",
    "料理",
    "散歩",
    "読書",
    "囲碁",
    "防犯",
    "健康",
    "体操",
]
RARE = ["蛍", "灯台", "天文", "落語", "尺八", "養蜂", "製本", "篆刻", "合気道", "望遠鏡"]
FRAMES = (
    "{0}について{1}の{2}を行います。",
    "{0}の方も{1}の方も、{2}へどうぞ。",
    "毎月の{0}では、{1}と{2}の話をします。",
    "{0}に困ったときは、{1}の{2}が話を聞きます。",
)
QUERIES = (
    ("one word on every page", "相談"),
    ("one usual word", "居場所"),
    ("three words", "高齢者 介護 電話"),
    ("two words, one rare", "灯台 見学"),
    ("one rare word", "篆刻"),
    ("kana", "にんちしょう"),
    ("a sentence", "近所のお年寄りの新聞がたまっているけど誰に知らせたらいいですか"),
    ("nothing there", "ゴルフ 予約"),
    ("a slip", "ボランテイヤ"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description="Search on many pages.")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--budget", type=float, default=100.0, help="milliseconds")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with scratch_database() as vendor:
        began = time.perf_counter()
        fill(options.pages)
        print(f"{vendor}: {options.pages} pages made and indexed in {time.perf_counter() - began:.1f} s")
        rows = [(name, question, *measure(question, options.runs)) for name, question in QUERIES]
        rows += [(name, question, *of_backend(name, question, options.runs)) for name, question in BACKEND]
    for name, question, hits, milliseconds in rows:
        print(f"{milliseconds:7.1f} ms  {hits:>6} hits  {name}: {question}")
    slow = [name for name, _, _, milliseconds in rows if milliseconds > options.budget]
    if slow:
        print(f"over {options.budget:.0f} ms: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


def text(dice: random.Random, number: int) -> tuple[str, str]:
    """A title and about 800 characters, the same for the same number."""
    words = dice.sample(USUAL, 12)
    sentences = []
    for _ in range(36):
        picked = [dice.choice(words), dice.choice(words), dice.choice(COMMON)]
        dice.shuffle(picked)
        sentences.append(dice.choice(FRAMES).format(*picked))
    if number % 100 == 0:
        sentences.append(f"{RARE[number // 100 % len(RARE)]}の会もあります。")
    return f"{words[0]}と{words[1]}の{dice.choice(COMMON)} {number}", "相談できます。" + "".join(sentences)


def fill(count: int) -> None:
    """Pages by the thousand: made without signals, indexed by the backend, counted by the server."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.models import Locale, Page
    from wagtail.search.backends import get_search_backend

    from home.models import ContentPage

    dice = random.Random(20260401)
    root = Page.get_first_root_node()
    kind = ContentType.objects.get_for_model(ContentPage)
    locale = Locale.get_default()
    first = root.numchild + 1
    backend = get_search_backend()
    for start in range(0, count, 1000):
        made = []
        for number in range(start, min(start + 1000, count)):
            title, body = text(dice, number)
            page = ContentPage(
                title=title, draft_title=title, introduction=body, slug=f"bench-{number}", live=True, locale=locale,
                content_type=kind, depth=2, path=Page._get_path(root.path, 2, first + number),
                url_path=f"/bench-{number}/",
            )  # fmt: skip
            page.page_ptr = Page(
                **{f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields if f.name != "id"}
            )
            made.append(page)
        parents = Page.objects.bulk_create(page.page_ptr for page in made)
        for page, parent in zip(made, parents, strict=True):
            page.pk = page.id = page.page_ptr_id = parent.pk
        insert_children(ContentPage, made)
        backend.add_bulk(ContentPage, made)
    Page.objects.filter(pk=root.pk).update(numchild=first - 1 + count)
    with connection.cursor() as cursor:
        # Statistics first; on PostgreSQL tidied too, as autovacuum does within a minute (and meanwhile takes a core).
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def insert_children(model: Any, pages: list[Any]) -> None:
    """The rows of the model's own table; bulk_create refuses models with parents."""
    from django.db import connection
    from django.db.models.sql import InsertQuery

    fields = model._meta.local_concrete_fields
    for start in range(0, len(pages), 100):
        query = InsertQuery(model)
        query.insert_values(fields, pages[start : start + 100])
        query.get_compiler(connection=connection).execute_sql(None)


def median_of(ask: Callable[[], Any], runs: int) -> float:
    """Milliseconds, after one run that warms up."""
    times = []
    ask()
    for _ in range(runs):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def measure(question: str, runs: int) -> tuple[int, float]:
    """Hits and milliseconds of the site's search."""
    from cms.search.query import search_pages

    return search_pages(question).total, median_of(lambda: search_pages(question), runs)


BACKEND = (("page.search, top 20", "居場所"), ("page.search, count", "居場所"), ("as one types", "いば"))


def of_backend(name: str, question: str, runs: int) -> tuple[int, float]:
    """Hits and milliseconds of Wagtail's own calls, as the admin makes them."""
    from wagtail.models import Page

    pages = Page.objects.live()
    asks: dict[str, Callable[[], Any]] = {
        "page.search, top 20": lambda: list(pages.search(question)[:20]),
        "page.search, count": lambda: pages.search(question).count(),
        "as one types": lambda: list(pages.autocomplete(question)[:20]),
    }
    return pages.search(question).count(), median_of(asks[name], runs)


if __name__ == "__main__":
    sys.exit(main())
