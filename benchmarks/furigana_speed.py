"""What furigana adds to a page: drawn anew, and from memory.

    python benchmarks/furigana_speed.py

A scratch database with the demo city; pages are rendered once, then only the step of furigana is timed.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # not this folder: benchmarks may be named as packages are

from benchmarks.scratch import scratch_database

TIMES = 50
PATHS = ("/", "/help/", "/events/")


def main() -> int:
    argparse.ArgumentParser(description="What furigana adds to a page.").parse_args()
    with scratch_database() as vendor:
        print(f"{vendor}; milliseconds, median of {TIMES}")
        pages = drawn()
        print(f"{'page':<12} {'kB':>6} {'kB with kana':>13} {'anew':>8} {'from memory':>12}")
        for path, html in pages.items():
            print(line(path, html))
    return 0


def drawn() -> dict[str, str]:
    """The pages of the demo city without furigana."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    call_command("seed_demo", verbosity=0)
    client = Client()
    return {path: client.get(path).content.decode() for path in PATHS}


def line(path: str, html: str) -> str:
    """One row of the table."""
    from cms import readings

    made = readings.with_readings(html, keep=True)
    anew = timed(lambda: readings.with_readings(html, keep=False), times=7)
    kept = timed(lambda: readings.with_readings(html, keep=True))
    sizes = f"{len(html.encode()) / 1024:>6.0f} {len(made.encode()) / 1024:>13.0f}"
    return f"{path:<12} {sizes} {anew:>8.1f} {kept:>12.2f}"


def timed(call: Callable[[], object], times: int = TIMES) -> float:
    """Median milliseconds of one call."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main())
