"""Answer a file of opening hours through the site's own function.

    python benchmarks/opening_hours.py FILE.json [--out PRED.json]

FILE: a list of {"hours": OpenStreetMap string, "at": ISO moment}. Answer, in the same order: {"open": bool,
"next_change": ISO moment in +09:00, or null when nothing changes any more}. What is not the grammar is answered
{"open": null, "next_change": null, "error": column}. No database is opened. Exit 2: the file is not such a list.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

# This file is called like the library: Python must look for that elsewhere than beside us.
HERE = Path(__file__).resolve().parent
sys.path[:] = [str(HERE.parent), *(place for place in sys.path if Path(place).resolve() != HERE)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from cms.dates import JST
from directory.hours import OpeningHours, UnreadableHours


def moment(text: str) -> dt.datetime:
    """An ISO moment; without an offset it is a Japanese one."""
    at = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return at if at.tzinfo else at.replace(tzinfo=JST)


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """One answer."""
    at = moment(question["at"])
    try:
        hours = OpeningHours(question["hours"])
        change = hours.next_change(at)
        return {"open": hours.is_open(at), "next_change": change.isoformat() if change else None}
    except UnreadableHours as error:
        return {"open": None, "next_change": None, "error": error.column}


def questions_of(path: Path) -> list[dict[str, Any]]:
    """The file's list; exit 2 with a sentence when it is none."""
    try:
        questions = json.loads(path.read_text(encoding="utf-8-sig"))
        for each in questions:
            if not isinstance(each["hours"], str):
                raise TypeError("hours")
            moment(each["at"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        print(f"{path}: not a list of hours and moments ({error})", file=sys.stderr)
        raise SystemExit(2) from error
    return questions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    questions = questions_of(options.file)
    begun = time.perf_counter()
    answers = [answer(each) for each in questions]
    taken = (time.perf_counter() - begun) * 1000
    text = json.dumps(answers, ensure_ascii=False, indent=1)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
        print(f"{len(answers)} answers, {taken:.1f} ms")
    else:
        print(text)


if __name__ == "__main__":
    main()
