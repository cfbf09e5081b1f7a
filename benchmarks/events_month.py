"""A month of 2,000 events beside a values_list view of the same rows; exit 1 over 8 queries or the ratio of 1.3.

    python benchmarks/events_month.py [--events 2000] [--runs 40] [--ratio 1.3] [--queries 8]

Works in a scratch database (SQLite, or `<name>_bench` beside DATABASE_URL). Both views answer in turn, so that both meet
the same noise; medians are compared. The plain view reads all 2,000 rows with one `values_list` of the columns that the
table needs, and gives them to the same template: it makes no model objects, knows no holidays, and works out seats by one
comparison. What else stands on the page (switches, the panel with its themes, the months beside it) both make alike.
"""

import argparse
import calendar
import datetime as dt
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # not this folder: benchmarks may be named as packages are

from benchmarks.scratch import scratch_database

YEAR, MONTH = 2026, 12
SHOWN = 3  # titles in a day, as in workshops.public.months


def main() -> int:
    parser = argparse.ArgumentParser(description="The month of many events.")
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--ratio", type=float, default=1.3)
    parser.add_argument("--queries", type=int, default=8)
    options = parser.parse_args()
    with scratch_database() as vendor:
        fill(options.events)
        rows = [(name, *compare(query, options.runs)) for name, query in QUESTIONS]
        asked = queries()
    print(f"{vendor}: a month of {options.events} events; medians of {options.runs} in turn")
    for name, month, plain, ratio in rows:
        print(f"{month:6.1f} ms month  {plain:6.1f} ms values_list  ratio {ratio:4.2f}  {name}")
    print(f"queries of the month: {asked}")
    slow = [name for name, _, _, ratio in rows if ratio > options.ratio]
    if slow:
        print(f"over {options.ratio}: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow or asked > options.queries else 0


QUESTIONS = (("all of it", ""), ("half of it", "p=free"))


def fill(count: int) -> None:
    """Events with one date each in the month, half of them with seats, and their published pages."""
    from django.db import connection

    from cms.dates import JST
    from workshops.actions.bulk_pages import NewPage, add_pages
    from workshops.enums import EventKind
    from workshops.models import Event, EventIndexPage, Occurrence

    dice = random.Random(20261203)
    events = Event.objects.bulk_create(
        Event(
            title=f"みんなの集い その{number}",
            summary="どなたでも。" * 8,
            kind=dice.choice(EventKind.values),
            registration_mode=dice.choice(("none", "here")),
            venue_name="水辺のいえ",
            fee_text=dice.choice(("", "無料")),
        )
        for number in range(count)
    )
    occurrences = []
    for event in events:
        start = dt.datetime(YEAR, MONTH, dice.randint(1, 31), dice.randint(9, 19), tzinfo=JST)
        seats = dice.choice((None, 12))
        occurrences.append(
            Occurrence(event=event, starts_at=start, ends_at=start + dt.timedelta(hours=2), capacity=seats)
        )
        occurrences[-1].set_days()
    Occurrence.objects.bulk_create(occurrences)
    pages = [NewPage(event, event.title, "<p>どなたでも。</p>") for event in events]
    add_pages(index=EventIndexPage.objects.get(), new=pages, live=True, owner=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


COLUMNS = (
    "starts_on", "ends_on", "state", "capacity", "taken", "policy", "waiting",
    "event__slug", "event__title", "event__status", "event__registration_mode",
)  # fmt: skip


def plain_view(request: Any) -> Any:
    """The same page by hand: one values_list, days in a dictionary, the same template."""
    from django.shortcuts import render

    from workshops.models import Event, Occurrence

    first, last = dt.date(YEAR, MONTH, 1), dt.date(YEAR, MONTH, 31)
    public = Event.objects.filter(proses__page__live=True)
    rows = Occurrence.objects.filter(event__in=public.values("pk"), starts_on__lte=last, ends_on__gte=first)
    if request.GET.get("p"):
        rows = rows.filter(event__fee_text__startswith="無料")
    days: defaultdict[dt.date, list[Any]] = defaultdict(list)
    count = 0
    for row in rows.order_by("starts_at", "pk").values_list(*COLUMNS):
        days[row[0]].append(row)
        count += 1
    context = {"count": count, "weeks": [[day_of(day, days[day]) for day in week] for week in weeks()]}
    return render(request, "workshops/public/event_month.html", {**around_of(request.GET), **context})


def weeks() -> list[list[dt.date]]:
    """The days of the table."""
    return calendar.Calendar(calendar.SUNDAY).monthdatescalendar(YEAR, MONTH)


def day_of(day: dt.date, rows: list[Any]) -> SimpleNamespace:
    """What the template asks of a day."""
    outside = day.month != MONTH
    shown = [] if outside else [entry_of(row) for row in rows[:SHOWN]]
    more = 0 if outside else len(rows) - len(shown)
    return SimpleNamespace(
        date=day, is_outside=outside, is_today=False, holiday="", entries=shown, more=more, count=len(rows),
        anchor=day.day, css="out" if outside else "", list_href=f"/events/?d={day}",
    )  # fmt: skip


def entry_of(row: Any) -> SimpleNamespace:
    """What the template asks of an entry."""
    _on, _to, state, capacity, taken, policy, waiting, slug, title, status, mode = row
    full = mode == "here" and policy != "soft" and capacity is not None and (taken >= capacity or waiting > 0)
    off = "scheduled" not in {state} or status != "scheduled"
    event = SimpleNamespace(title=title)
    return SimpleNamespace(
        occurrence=SimpleNamespace(event=event), href=f"/events/{slug}/", is_off=off,
        seats=SimpleNamespace(window="full" if full else "on"), words="満席" if full else "",
    )  # fmt: skip


def month_view(request: Any) -> Any:
    """Ours."""
    from workshops.public.views import event_month

    return event_month(request, YEAR, MONTH)


def around_of(query: Any) -> dict[str, Any]:
    """What else stands on the page and in its template: the same for both views, and paid for by both."""
    from workshops.models import EventIndexPage
    from workshops.public.asked import Asked
    from workshops.public.filters import panel, toggles
    from workshops.public.months import COLUMNS as NAMES
    from workshops.public.views import neighbours

    asked, first = Asked.read(query), dt.date(YEAR, MONTH, 1)
    path = f"/events/{YEAR}/{MONTH}/"
    return {
        "index": EventIndexPage.objects.live().first(), "first": first, "columns": NAMES, "asked": asked, "panel": panel(asked), "toggles": toggles(asked, path),
        "everything": path, "list_of_month": "/events/?m=2026-12", "cards": [], "has_cards": False,
        **neighbours(first, asked),
    }  # fmt: skip


def ask(view: Callable[[Any], Any], query: str) -> float:
    """Milliseconds of one answer."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    request = RequestFactory(headers={"host": "localhost"}).get(f"/events/{YEAR}/{MONTH}/?{query}")
    request.user = AnonymousUser()
    began = time.perf_counter()
    answer = view(request)
    milliseconds = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{query}: {answer.status_code}")
    return milliseconds


def compare(query: str, runs: int) -> tuple[float, float, float]:
    """Medians of month and plain view, asked in turn, and their ratio."""
    for view in (month_view, plain_view):
        ask(view, query)
    pairs = [(ask(month_view, query), ask(plain_view, query)) for _ in range(runs)]
    month, plain = (statistics.median(each) for each in zip(*pairs, strict=True))
    return month, plain, month / plain


def queries() -> int:
    """How many queries the month asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        ask(month_view, "")
    return len(caught)


if __name__ == "__main__":
    sys.exit(main())
