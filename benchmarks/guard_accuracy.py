"""How much the guard finds, by type: of the evaluation set, and of four further sets.

    python -m benchmarks.guard_accuracy [--json]

All of the second, the third and the fourth set and the first half of the fifth were used for making rules; only the
second half of the fifth says what happens with other texts.
A span is found when four fifths of its characters are covered by findings of any type (the evaluation set's rule).
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

DATA = Path(__file__).parent / "data"
SHARED = Path(os.environ.get("SHARED_DATA", "../shared")) / "eval" / "pii.jsonl"
COVERED = 0.8
PUBLIC = "PUBLIC"


def documents(path: Path) -> list[dict[str, Any]]:
    """The texts of a file, in order; none when there is no such file."""
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()] if path.exists() else []


def halves(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(for making rules, for measuring)."""
    texts = documents(DATA / name)
    return texts[: len(texts) // 2], texts[len(texts) // 2 :]


def sets() -> dict[str, list[dict[str, Any]]]:
    """All sets by name."""
    fifth = halves("pii_fifth_set.jsonl")
    return {
        "evaluation set (development)": documents(SHARED),
        "second set, for making rules": documents(DATA / "pii_second_set.jsonl"),
        "third set, for making rules": documents(DATA / "pii_third_set.jsonl"),
        "fourth set, for making rules": documents(DATA / "pii_fourth_set.jsonl"),
        "fifth set, for making rules": fifth[0],
        "fifth set, for measuring": fifth[1],
    }


def score(texts: list[dict[str, Any]]) -> dict[str, Any]:
    """Share of spans found (all and by type), precision of characters, false alarms, texts with a leak."""
    from cms.guard import inspect

    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    marked = right = leaks = alarms = clean = 0
    for text in texts:
        gold: dict[int, str] = {k: s["type"] for s in text["spans"] for k in range(s["start"], s["end"])}
        findings = inspect(text["text"])
        covered = {k for f in findings for k in range(f.start, f.end)}
        counted = {k for k in covered if gold.get(k) != PUBLIC}
        marked, right = marked + len(counted), right + len(counted & gold.keys())
        spans = [s for s in text["spans"] if s["type"] != PUBLIC]
        missed = 0
        for span in spans:
            total[span["type"]] += 1
            length = span["end"] - span["start"]
            hit = sum(k in covered for k in range(span["start"], span["end"])) >= COVERED * length
            found[span["type"]] += hit
            missed += not hit
        if spans:
            leaks += missed > 0
        else:
            clean += 1
            alarms += any(
                sum(gold.get(k) == PUBLIC for k in range(f.start, f.end)) * 2 < f.end - f.start for f in findings
            )
    return {
        "texts": len(texts),
        "recall": sum(found.values()) / max(1, sum(total.values())),
        "precision": right / max(1, marked),
        "leaks": leaks / max(1, len(texts) - clean),
        "false_alarms": alarms,
        "clean": clean,
        "types": {kind: (found[kind], total[kind]) for kind in sorted(total)},
    }


def main() -> None:
    """Print the table."""
    import django

    django.setup()
    scores = {name: score(texts) for name, texts in sets().items() if texts}
    if "--json" in sys.argv:
        print(json.dumps(scores, ensure_ascii=False))
        return
    for name, result in scores.items():
        print(
            f"{name}: {result['texts']} texts, recall {result['recall']:.3f}, precision {result['precision']:.3f}, "
            f"texts with a leak {result['leaks']:.2f}, false alarms {result['false_alarms']} of {result['clean']}"
        )
        print("   " + "  ".join(f"{kind} {hit}/{all_}" for kind, (hit, all_) in result["types"].items()))


if __name__ == "__main__":
    main()
