"""The finder over 2,000 desks, beside a plain SQL view of the same rows; exit 1 over the ratio of 1.2.

    python benchmarks/finder.py [--desks 2000] [--runs 40] [--ratio 1.2]

Works in a scratch database (SQLite, or `<name>_bench` beside DATABASE_URL). For each question two views answer in turn, so
that both meet the same noise; medians are compared. The plain view is what one would write without a finder: one SQL with
the same wishes that knows which hours are open, one for the total, one for the channels; then the same page with the same
twenty cards. It counts no choices, knows no other desks to name meanwhile, and is told the open hours for nothing.
"""

import argparse
import datetime as dt
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # not this folder: benchmarks may be named as packages are

from benchmarks.scratch import scratch_database

FACTS = ("no_voice", "anonymous", "face_not_shown", "meets_in_person", "comes_home", "family_unaware", "free")
KINDS = ("phone", "phone", "phone", "chat", "line", "mail", "visit", "form")
QUESTIONS = (
    ("no wish", ""),
    ("open now", "now=1"),
    ("one concern", "c=k1"),
    ("every kind of wish", "now=1&c=k1&c=k2&t=p&t=c&b=n&b=y&w=s&a=2"),
    ("page 40", "p=40"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description="The finder over many desks.")
    parser.add_argument("--desks", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--ratio", type=float, default=1.2)
    options = parser.parse_args()
    with scratch_database() as vendor:
        fill(options.desks)
        rows = [(name, *compare(query, options.runs)) for name, query in QUESTIONS]
        few, many = queries(options.desks)
        written = after_a_write(options.runs)
    print(f"{vendor}: {options.desks} desks; medians of {options.runs} in turn")
    for name, finder, plain, ratio in rows:
        print(f"{finder:6.1f} ms finder  {plain:6.1f} ms plain SQL  ratio {ratio:4.2f}  {name}")
    print(f"{written:6.1f} ms finder, right after another process wrote a desk")
    print(f"queries of a page: {few} with 20 desks, {many} with {options.desks}")
    slow = [name for name, _, _, ratio in rows if ratio > options.ratio]
    if slow or few != many:
        print(f"over {options.ratio}: {', '.join(slow) or 'no'}; queries grow: {few != many}", file=sys.stderr)
    return 1 if slow or few != many else 0


def hours(dice: random.Random) -> str:
    """Hours as cities have them: weekdays of every length, evenings, weekends, day and night, unknown."""
    begin, end = dice.choice((8, 9, 10)), dice.choice((15, 16, 17, 18, 20))
    half = dice.choice((0, 15, 30))
    return dice.choice(
        (
            f"Mo-Fr {begin:02}:{half:02}-{end}:00; PH off",
            f"Mo-Fr {begin:02}:{half:02}-12:00,13:00-{end}:00; PH off; Dec 29-Jan 03 off",
            f"Tu,Th {begin:02}:00-{end}:{half:02}",
            f"Mo-Su {end}:00-22:{half:02}",
            "Fr,Sa 20:00-02:00",
            "24/7",
            "",
        )
    )


def fill(count: int) -> None:
    """Desks with two channels on the average and two concerns, in a hundred organisations."""
    from django.db import connection

    from directory.models import Channel, Concern, ConsultationDesk, Organization

    dice = random.Random(20261203)
    owners = Organization.objects.bulk_create(Organization(name=f"団体{number}") for number in range(100))
    desks = ConsultationDesk.objects.bulk_create(
        ConsultationDesk(
            organization=dice.choice(owners), name=f"相談窓口{number}", kana=f"そうだんまどぐち{dice.randrange(10**6)}",
            slug=f"bench{number}", worries=["悩みや不安で、ねむれない", "話す相手が、しばらくいない"], assured_on=dt.date.today(),
            age_min=dice.choice((None, None, 15)), age_max=dice.choice((None, None, 39)), for_family=dice.random() < 0.5,
        )
        for number in range(count)
    )  # fmt: skip
    Channel.objects.bulk_create(channel(dice, desk, order) for desk in desks for order in range(dice.choice((1, 2, 3))))
    through = ConsultationDesk.concerns.through
    codes = list(Concern.objects.all())
    through.objects.bulk_create(
        through(consultationdesk=desk, concern=concern) for desk in desks for concern in dice.sample(codes, 2)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def channel(dice: random.Random, desk: Any, order: int) -> Any:
    """A channel with some facts."""
    from directory.models import Channel

    kind = dice.choice(KINDS)
    value = {"phone": "+81865638515", "mail": "a@example.jp", "visit": "浜町1-2-3"}.get(kind, "https://x.example.jp/")
    facts = {fact: dice.random() < 0.5 for fact in FACTS}
    return Channel(desk=desk, kind=kind, value=value, hours=hours(dice), sort_order=order, **facts)


PLAIN = """
SELECT d.id FROM directory_consultationdesk d
JOIN directory_organization o ON o.id = d.organization_id
LEFT JOIN directory_channel c ON c.desk_id = d.id {on}
WHERE d.live AND NOT d.is_national AND (o.ended_on IS NULL OR o.ended_on > %s) {where}
GROUP BY d.id, d.kana, d.name {having}
ORDER BY min(CASE WHEN c.hours IN ({open}) AND c.kind IN ('phone','chat','line','visit','home_visit','online') THEN 0 ELSE 1 END),
 d.kana, d.name, d.id
"""


def plain_view(request: Any) -> Any:
    """The same page by hand: SQL with the wishes written into it, and the same cards."""
    from django.db import connection
    from django.shortcuts import render

    from cms import dates
    from directory.models import Concern
    from directory.public.forms import FinderForm
    from directory.queries.board import Board
    from directory.queries.finder import Finder, desk_at, loaded
    from directory.queries.roll import Roll, Rows

    form, at = FinderForm(request.GET, list(Concern.objects.all())), dates.now()
    sql, values = written(form.filters(), at)
    page = form.page()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) found", values)
        total = cursor.fetchone()[0]
        cursor.execute(f"{sql} LIMIT 20 OFFSET %s", [*values, (page - 1) * 20])
        keys = [key for (key,) in cursor.fetchall()]
    items = [desk_at(desk, at, filters=form.filters()) for desk in loaded(keys, request.user)]
    nothing = Board(at, Roll(Rows([], [], [])))
    finder = Finder(form.filters(), nothing, items, total, page, [])
    context = {"finder": finder, "query": form.query.urlencode(), "next_query": "", "previous_query": ""}
    return render(request, "directory/public/desk_list.html", context)


def written(filters: Any, at: dt.datetime) -> tuple[str, list[Any]]:
    """The SQL of these wishes with its values."""
    lit = open_hours(at)
    on, where, having = [], [], ""
    values_on: list[Any] = []
    values_where: list[Any] = []
    for fact in filters.facts:
        on.append(f"AND c.{fact.value}")
    if filters.kinds:
        on.append(f"AND c.kind IN ({marks(filters.kinds)})")
        values_on += [str(kind) for kind in filters.kinds]
    if filters.now:
        on.append(f"AND c.hours IN ({marks(lit)}) AND c.kind IN ('phone','chat','line','visit','home_visit','online')")
        values_on += lit
    if on:
        having = "HAVING count(c.id) > 0"
    if filters.concerns:
        where.append(
            "AND d.id IN (SELECT t.consultationdesk_id FROM directory_consultationdesk_concerns t"
            f" JOIN directory_concern k ON k.id = t.concern_id WHERE k.code IN ({marks(filters.concerns)}))"
        )
        values_where += filters.concerns
    if filters.whose:
        where.append("AND (" + " OR ".join(f"d.{each.value}" for each in filters.whose) + ")")
    if filters.age:
        where.append("AND (d.age_min IS NULL OR d.age_min <= %s) AND (d.age_max IS NULL OR d.age_max >= %s)")
        values_where += [filters.age[1], filters.age[0]]
    sql = PLAIN.format(on=" ".join(on), where=" ".join(where), having=having, open=marks(lit))
    return sql, [*values_on, at.date(), *values_where, *lit]


def marks(values: Any) -> str:
    """Placeholders."""
    return ",".join(["%s"] * len(values))


_lit: list[str] = []


def open_hours(at: dt.datetime) -> list[str]:
    """The texts of hours that are open now, known beforehand: the plain view is not charged for them."""
    from directory.hours import OpeningHours
    from directory.models import Channel

    if not _lit:
        texts = Channel.objects.exclude(hours="").order_by().values_list("hours", flat=True).distinct()
        _lit.extend(text for text in texts if OpeningHours(text).is_open(at))
        _lit.append("none of them")
    return _lit


def ask(view: Callable[[Any], Any], query: str) -> float:
    """Milliseconds of one answer."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    request = RequestFactory(headers={"host": "localhost"}).get(f"/help/?{query}")
    request.user = AnonymousUser()
    began = time.perf_counter()
    answer = view(request)
    milliseconds = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{query}: {answer.status_code}")
    return milliseconds


def compare(query: str, runs: int) -> tuple[float, float, float]:
    """Medians of finder and plain view, asked in turn, and their ratio."""
    from directory.public.views import desk_list

    for view in (desk_list, plain_view):
        ask(view, query)
    pairs = [(ask(desk_list, query), ask(plain_view, query)) for _ in range(runs)]
    finder, plain = (statistics.median(each) for each in zip(*pairs, strict=True))
    return finder, plain, finder / plain


def after_a_write(runs: int) -> float:
    """The answer right after a commit that changed a desk: the roll is read and taken apart again."""
    from directory.models import ConsultationDesk
    from directory.public.views import desk_list

    times = []
    for number in range(max(5, runs // 4)):
        ConsultationDesk.objects.filter(slug="bench0").update(name=f"相談窓口{number}")
        times.append(ask(desk_list, ""))
    return statistics.median(times)


def queries(count: int) -> tuple[int, int]:
    """How many queries a page asks with 20 desks and with all of them, the roll read anew each time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from directory.models import ConsultationDesk
    from directory.public.views import desk_list

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            ask(desk_list, "now=1&c=k1")
        return len(caught)

    ConsultationDesk.objects.filter(slug="bench0").update(name="相談窓口")
    many = asked()
    keep = [f"bench{number}" for number in range(20)]
    ConsultationDesk.objects.exclude(slug__in=keep).update(live=False)
    few = asked()
    ConsultationDesk.objects.update(live=True)
    ask(desk_list, "")
    return few, many


if __name__ == "__main__":
    sys.exit(main())
