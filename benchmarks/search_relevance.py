"""How well search answers: documents in, questions asked, predictions out.

    python benchmarks/search_relevance.py FILE.json [--out PRED.json] [--without-terms] [--misses]

FILE.json: {"documents": [{"id", "title", "body"}], "queries": [{"q", "relevant"?}]}. The documents become pages in a
scratch database (SQLite, or `<name>_bench` beside DATABASE_URL), with the words a new installation ships, or with none:
what texts that the authors of the list never saw may expect lies between.
Exit 2: FILE is not such a file.
"""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # not this folder: benchmarks may be named as packages are

from benchmarks.scratch import scratch_database

MOST = 20


def main() -> int:
    parser = argparse.ArgumentParser(description="How well search answers.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--without-terms", action="store_true", help="empty the word list first")
    parser.add_argument("--misses", action="store_true", help="print what was not found")
    options = parser.parse_args()
    try:
        gold = json.loads(options.file.read_text(encoding="utf-8"))
        documents, queries = gold["documents"], gold["queries"]
        valid = all({"id", "title", "body"} <= set(d) for d in documents) and all("q" in q for q in queries)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    if not valid:
        print(f"{options.file}: a document needs id, title and body, a query needs q", file=sys.stderr)
        return 2
    with scratch_database() as vendor:
        print(f"{vendor}: {len(documents)} documents, {len(queries)} queries")
        if options.without_terms:
            forget_terms()
        answers = ask(documents, queries)
    if options.out:
        options.out.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    judged = [query for query in queries if "relevant" in query]
    if judged:
        for name, value in figures(judged, answers).items():
            print(f"{name:<20} {value}")
    if options.misses:
        print_misses(judged, answers)
    return 0


def forget_terms() -> None:
    """Search with no word list at all."""
    from cms.models import Term

    Term.objects.all().delete()


def ask(documents: list[dict[str, Any]], queries: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The ids that the site's own search gives for each query, best first."""
    from wagtail.models import Page

    from cms.search.query import search_pages
    from home.models import ContentPage

    # Only the documents: the page tree that comes with a new site would answer too.
    root = Page.get_first_root_node()
    Page.objects.filter(depth__gt=1).update(live=False)
    ids: dict[int, str] = {}
    for document in documents:
        page = ContentPage(title=document["title"][:255] or "-", introduction=document["body"], live=True)
        root.add_child(instance=page)
        ids[page.pk] = str(document["id"])
    return {
        query["q"]: [ids[hit.object.pk] for hit in search_pages(query["q"], limit=MOST).hits if hit.object.pk in ids]
        for query in queries
    }


def figures(queries: list[dict[str, Any]], answers: dict[str, list[str]]) -> dict[str, float]:
    """Means over the queries that have an answer; and the share of the others that stayed empty."""
    recall, mrr, ndcg, quiet = [], [], [], []
    for query in queries:
        relevant, got = set(query["relevant"]), answers[query["q"]]
        if not relevant:
            quiet.append(float(not got))
            continue
        top = got[:10]
        best = min(len(relevant), 10)
        recall.append(len(relevant & set(top)) / best)
        mrr.append(next((1 / rank for rank, one in enumerate(got, 1) if one in relevant), 0.0))
        gain = sum(1 / math.log2(rank + 1) for rank, one in enumerate(top, 1) if one in relevant)
        ndcg.append(gain / sum(1 / math.log2(rank + 1) for rank in range(1, best + 1)))
    means = {"recall@10": recall, "nDCG@10": ndcg, "MRR": mrr, "returned_nothing": quiet}
    return {name: round(sum(values) / len(values), 4) for name, values in means.items() if values}


def print_misses(queries: list[dict[str, Any]], answers: dict[str, list[str]]) -> None:
    """What should have been among the first ten, and what came instead."""
    for query in queries:
        missing = sorted(set(query["relevant"]) - set(answers[query["q"]][:10]))
        if missing or (not query["relevant"] and answers[query["q"]]):
            print(f"{query['q']}: missing {' '.join(missing)}; got {' '.join(answers[query['q']][:10])}")


if __name__ == "__main__":
    sys.exit(main())
