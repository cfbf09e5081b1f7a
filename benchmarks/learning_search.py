"""The search of the learning cards: opens the sealed words of 2,000 cards for every question.

    python -m benchmarks.learning_search

Prints milliseconds a search: median of ten, for a word, a sentence, and a word that nobody says.
"""

from __future__ import annotations

import statistics
import time

from benchmarks.scratch import scratch_database

CARDS = 2000
ASKED = ("電話", "朝ねむれなくて学校に行けない", "雪かき")


def main() -> None:
    """Fill a scratch database and ask."""
    with scratch_database() as vendor:
        from casebook.models import LearningCard
        from casebook.queries.learning import found_in
        from cms.search.private import words_for
        from home.demo.learning import CARDS as TEXTS

        words = [words_for(*card.texts.values()) for card in TEXTS]
        LearningCard.objects.bulk_create(
            LearningCard(
                state="shown",
                **TEXTS[number % len(TEXTS)].texts,
                words=words[number % len(TEXTS)],
                fiscal_year=2026,
                outcome="found",
            )
            for number in range(CARDS)
        )
        for asked in ASKED:
            took = []
            for _round in range(10):
                begin = time.perf_counter()
                found = found_in(LearningCard.objects.all(), asked)
                took.append(time.perf_counter() - begin)
            print(f"{vendor}, {CARDS} cards, {asked}: {statistics.median(took) * 1000:.0f} ms, {len(found)} found")


if __name__ == "__main__":
    main()
