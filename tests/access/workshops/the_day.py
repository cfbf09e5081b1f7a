"""Access rows of the day: the host's administrator receives at their own event, the secretariat everywhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms.dates import now
from tests.access import EVERYONE, SECRETARIAT, Row, all_of, everyone
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.actions import passes
from workshops.models import Answer, Feedback, Question

HOST = SECRETARIAT | {"orgadmin"}  # the administrator of organisation A, which hosts


def build(world: Any) -> None:
    """An event that organisation A hosts, of today, and one of organisation B that A must never see."""
    world.day_event = make_event(
        title="入口のある集い", host=world.org_a, starts_at=now() + dt.timedelta(minutes=30), hours=1
    )
    day = world.day = make_occurrence(world.day_event)
    receipt = make_registration(
        day,
        name=world.canary("day.name"),
        companions=[world.canary("day.companions")],
        people=2,
        note=world.canary("day.note"),
        email=f"{world.canary('day.email')}@example.jp",
    )
    world.day_receipt = receipt
    question = Question.objects.create(event=world.day_event, text="食べられないもの")
    answer = {"value": world.canary("day.answer"), "erase_on": day.ends_on}
    Answer.objects.create(registration=receipt.registration, question=question, **answer)
    Feedback.objects.create(
        occurrence=day,
        once="f" * 64,
        mood=1,
        words=world.canary("day.words"),
        said_on=day.ends_on,
        erase_on=day.ends_on,
    )
    world.canaries["day.token"] = receipt.token
    world.canaries["day.code"] = receipt.code
    world.foreign_day = make_occurrence(make_event(title="よその集い", host=world.org_b))
    make_registration(world.foreign_day, name=world.canary("foreign_day.name"))


def the_day(world: Any) -> dict[str, Any]:
    return {"pk": world.day.pk}


def the_event(world: Any) -> dict[str, Any]:
    return {"pk": world.day_event.pk}


def the_registration(world: Any) -> dict[str, Any]:
    return {"registration": world.day_receipt.registration.pk}


def the_pass(world: Any) -> dict[str, Any]:
    return {"mark": passes.mark_of(world.day_receipt.registration)}


NAMES = dict.fromkeys(("day.name", "day.companions"), HOST)
PEOPLE = NAMES | {"day.note": HOST}
#: With a contact, the secretariat alone; answers are read on the list of all days.
LIST = PEOPLE | {"day.answer": HOST, "day.email": SECRETARIAT}
MISSING = {"pk": 999_999}


def at_the_door(route: str, **more: Any) -> Row:
    """Host and secretariat; other hosts 404, roles without the permission 403."""
    more.setdefault("get", all_of(HOST, 200))
    more.setdefault("post", all_of(HOST, 405))
    more.setdefault("otherwise", 403)
    return Row(route, wrong=more.pop("wrong", MISSING), kwargs=more.pop("kwargs", the_day), **more)


ROWS: list[Row] = [
    Row(
        "members:events",
        get=all_of(HOST, 200),
        post=all_of(HOST, 405),
        otherwise=403,
        shows=dict.fromkeys(("study.title", "event.proposal"), HOST),  # titles of own events that are not public
    ),
    at_the_door("members:event_people", kwargs=the_event, shows=LIST),
    at_the_door("members:event_result", kwargs=the_event, post=all_of(HOST, 422)),
    at_the_door("members:check_in", post=all_of(HOST, 200), shows=PEOPLE),
    at_the_door("members:check_in_arrived", get={}, otherwise=405, post=all_of(HOST, 302), data=the_registration),
    at_the_door("members:check_in_undo", get={}, otherwise=405, post=all_of(HOST, 302), data=the_registration),
    at_the_door("members:check_in_walk_in", post=all_of(HOST, 422)),
    at_the_door("members:check_in_sheet", shows=NAMES),
    at_the_door("members:check_in_scanned", kwargs=the_pass, wrong={"mark": "nothing"}, shows=PEOPLE),
    Row(
        "members:office_entry",
        kwargs=the_event,
        wrong=MISSING,
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 422),
        otherwise=403,
    ),
    Row(
        "members:office_seats",
        kwargs=lambda world: {"pk": world.day.pk, "way": "venue"},
        wrong={"pk": 999_999, "way": "venue"},
        post=all_of(SECRETARIAT, 422),
        otherwise=405,
        shows=dict.fromkeys((*LIST,), SECRETARIAT),
    ),
    everyone(
        "workshops:registration_qr",
        kwargs=lambda world: {"token": world.day_receipt.token},
        wrong={"token": "f" * 40},
        shows={"day.token": EVERYONE},
    ),
]
