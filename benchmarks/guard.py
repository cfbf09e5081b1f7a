"""The guard against plain segmentation of the same text: how many times longer it takes (goal: at most 10).

    python -m benchmarks.guard [FILE.jsonl]

Texts of about 2,000 characters, put together from the evaluation set, else from made-up notes. Ratios of one run.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

LENGTH = 2_000
ROUNDS = 15
MADE_UP = "母は毎週水曜に窓口へ来る。長男の話になると、しばらく黙る。次回は12月4日、水辺のいえで。電話は夕方がよい。\n"


def texts() -> list[str]:
    """Some texts of LENGTH characters."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/eval/pii.jsonl")
    parts = [json.loads(line)["text"] for line in path.read_text().splitlines()] if path.exists() else [MADE_UP] * 200
    whole = "\n".join(parts)
    return [whole[start : start + LENGTH] for start in range(0, len(whole) - LENGTH + 1, LENGTH)][:8]


def seconds(works: Sequence[Callable[[str], object]], samples: list[str]) -> list[float]:
    """The least processor time of one pass over all samples, for each work; they take turns, so that both meet the same
    machine, however busy it is."""
    times: list[list[float]] = [[] for _work in works]
    for _round in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            begun = time.process_time()
            for text in samples:
                work(text)
            taken.append(time.process_time() - begun)
    return [min(taken) for taken in times]


def main() -> None:
    """Print the ratio."""
    import django

    django.setup()
    from cms.guard import inspect
    from cms.text.tokenizer import tokenizer

    samples = texts()

    def plain(text: str) -> list[str]:
        return [m.surface() for line in text.split("\n") for m in tokenizer().tokenize(line)]

    for text in samples:  # dictionaries and caches are warm in a running site
        inspect(text)
        plain(text)
    guard, cut = seconds([inspect, plain], samples)
    print(f"{len(samples)} texts of {LENGTH} characters")
    print(f"segmentation {1000 * cut / len(samples):.1f} ms, guard {1000 * guard / len(samples):.1f} ms a text")
    print(f"ratio {guard / cut:.2f} (goal: at most 10)")


if __name__ == "__main__":
    main()
