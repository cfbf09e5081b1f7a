"""The list of cases for a member: its queries, and its time with 5,000 cases beside its time with 500.

    python benchmarks/case_list.py [--runs 30] [--ratio 1.3] [--queries 8]

Works in a scratch database (SQLite, or `<name>_bench` beside DATABASE_URL); exit 1 over the limits. The
quickest of many runs are compared: they are what the machine needs when nobody else asks it. A third of the cases names its readers one by one, a tenth
leaves somebody out, a third is closed, half has an answer. Counted are the queries of the list itself; what every page
behind the gate asks (session, person, pledge, news, navigation) and the line of the access log come on top.
"""

import argparse
import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # not this folder: benchmarks may be named as packages are

from benchmarks.scratch import scratch_database

FEW, MANY = 500, 5000


def main() -> int:
    parser = argparse.ArgumentParser(description="The list of many cases.")
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--ratio", type=float, default=1.3)
    parser.add_argument("--queries", type=int, default=8)
    options = parser.parse_args()
    with scratch_database() as vendor:
        reader = a_reader()
        fill(reader, range(FEW))
        few = measure(reader, options.runs)
        fill(reader, range(FEW, MANY))
        many = measure(reader, options.runs)
        asked = queries(reader)
    times = (few, many)
    ratio = times[1] / times[0]
    print(f"{vendor}: the quickest of {options.runs}")
    print(f"{times[0] * 1000:6.1f} ms with {FEW} cases  {times[1] * 1000:6.1f} ms with {MANY}  ratio {ratio:4.2f}")
    print(f"queries of the list: {asked}")
    return 1 if ratio > options.ratio or asked > options.queries else 0


def a_reader() -> Any:
    """A core member."""
    from tests.factories.people import make_organization, make_user

    return make_user("member", organization=make_organization())


def fill(reader: Any, numbers: range) -> None:
    """So many shared cases of twelve other organisations, with their readers and answers."""
    from django.utils import timezone

    from casebook.models import Case, Offer
    from tests.factories.people import make_organization, make_user

    dice, now = random.Random(numbers.start), timezone.now()
    homes = [make_organization() for _ in range(12)]
    authors = [make_user("member", organization=home) for home in homes]
    two = make_user("reviewer"), make_user("reviewer")
    cases = [a_case(dice, authors, two, number, now) for number in numbers]
    Case.objects.bulk_create(cases, batch_size=500)
    links(Case.shared_with.through, [case for case in cases if case.audience == "chosen"], reader.organization_id)
    links(Case.excluded.through, cases[::10], homes[0].pk)
    answers = [(case, authors[1]) for case in cases[::2]] + [(case, reader) for case in cases[::5]]
    Offer.objects.bulk_create(
        [
            Offer(case=case, organization=user.organization, offered_by=user, stance="together", text="。")
            for case, user in answers
        ],
        batch_size=500,
    )


def a_case(dice: random.Random, authors: list[Any], two: tuple[Any, Any], number: int, now: Any) -> Any:
    """A shared case; a third of them is closed."""
    import datetime as dt

    from casebook.models import Case

    author, closed = dice.choice(authors), dice.random() < 0.33
    return Case(
        number=new_number(number, author.pk), organization=author.organization, author=author,
        state="closed" if closed else "released", outcome="found" if closed else "",
        life_stage=dice.choice(["l4", "l5", "m2", ""]), household=dice.choice(["h1", "h3", ""]),
        concerns=dice.sample(["k1", "k2", "k3", "k4", "k5", "k6"], 2), involved=["b3"],
        headline="通う先が決まらない", situation="家で過ごしてきた。" * 20, tried="", asked="場所はありませんか。",
        audience=dice.choice(["all", "core", "chosen"]), first_read_by=two[0], released_by=two[1],
        released_at=now - dt.timedelta(hours=number), expires_on=now.date() + dt.timedelta(days=300),
    )  # fmt: skip


def new_number(number: int, author: int) -> str:
    """Seven characters, each once."""
    letters = "ABCDEFGHJK"
    return f"{letters[author % 10]}{number // 1000 % 10}{letters[author // 10 % 10]}-{number % 1000:03d}"


def links(through: Any, cases: list[Any], organization: int) -> None:
    """Organisations of an audience, or left out."""
    through.objects.bulk_create(
        [through(case_id=case.pk, organization_id=organization) for case in cases], batch_size=500
    )


def page(reader: Any) -> Any:
    """What the view asks and what it draws, without the gate and the navigation."""
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    from casebook.members.listing import shown

    user = type(reader).objects.select_related("organization").get(pk=reader.pk)
    request = RequestFactory().get("/members/cases/")
    request.user = user
    return render_to_string("casebook/members/case_list.html", shown(request, user), request=request)


def measure(reader: Any, runs: int) -> float:
    """The quickest of so many pages, after a few to warm up."""
    times = []
    for run in range(runs + 5):
        began = time.perf_counter()
        page(reader)
        if run >= 5:
            times.append(time.perf_counter() - began)
    return min(times)


def queries(reader: Any) -> int:
    """Of the list itself."""
    from django.db import connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from casebook.members.listing import shown

    user = type(reader).objects.select_related("organization").get(pk=reader.pk)
    user.active_roles()
    request = RequestFactory().get("/members/cases/")
    request.user = user
    with CaptureQueriesContext(connection) as captured:
        context = shown(request, user)
        list(context["reading_first"])
    return len(captured)


if __name__ == "__main__":
    raise SystemExit(main())
