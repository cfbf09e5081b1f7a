"""Access rows of the room `directory`: holds of a desk, what a person has deleted, the destruction register."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from cms import dates
from directory.actions.consultations import erasing, holding, receiving
from directory.models import DeskSeat
from tests.access import Row, all_of
from tests.factories.consultations import make_consultation, make_reception

SUPERVISOR = frozenset({"supervisor"})
BEHIND = frozenset({"counsellor", "supervisor"})
WRONG = {"pk": UUID(int=0)}


def build(world: Any) -> None:
    """A desk of organisation A where `counsellor` and `supervisor` sit; one consultation held, one deleted and kept."""
    supervisor = world.users["supervisor"]
    world.keeping_desk = make_reception(people=0, organization=world.org_a).desk
    for name in sorted(BEHIND):
        DeskSeat.objects.create(desk=world.keeping_desk, user=world.users[name])
    world.holdable = make_consultation(world.keeping_desk)
    world.held_open = make_consultation(world.keeping_desk)
    world.held_away = make_consultation(world.keeping_desk, text=world.canary("consultation.held.text"))
    note = world.canary("consultation.held.note")
    receiving.write_note(by=supervisor, consultation=world.held_away, text=world.canary("consultation.held.desk_note"))
    until = dates.today() + dt.timedelta(days=30)
    for each, words in ((world.held_open, ""), (world.held_away, note)):
        holding.hold(by=supervisor, consultation=each, reason="law", until=until, note=words)
    erasing.delete(consultation=world.held_away, told=world.held_away.holds.values_list("pk", flat=True))
    gone = make_consultation(world.keeping_desk)
    world.canaries["destroyed.number"] = gone.number
    erasing.delete(consultation=gone)


READ = dict.fromkeys(("consultation.held.text", "consultation.held.note", "consultation.held.desk_note"), SUPERVISOR)
REGISTER = {"destroyed.number": SUPERVISOR}

ROWS: list[Row] = [
    Row(
        "members:consultation_hold",
        get=all_of(SUPERVISOR, 200),
        post=all_of(SUPERVISOR, 200),
        kwargs=lambda world: {"pk": world.holdable.pk},
        wrong=WRONG,
    ),
    Row(
        "members:consultation_hold_lift",
        get=all_of(BEHIND, 405),
        post=all_of(SUPERVISOR, 302),
        kwargs=lambda world: {"pk": world.held_open.pk},
        wrong=WRONG,
    ),
    Row(
        "members:consultation_held",
        get=all_of(SUPERVISOR, 200),
        post=all_of(BEHIND, 405),
        kwargs=lambda world: {"pk": world.held_away.pk},
        wrong=WRONG,
        shows=READ,
    ),
    Row(
        "members:consultations_destroyed",
        get=all_of(SUPERVISOR, 200),
        post=all_of(BEHIND, 405),
        otherwise=403,
        shows=REGISTER,
    ),
    Row(
        "members:consultations_destroyed_csv",
        get=all_of(SUPERVISOR, 200),
        post=all_of(BEHIND, 405),
        otherwise=403,
        shows=REGISTER,
    ),
]
