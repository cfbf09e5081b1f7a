"""Access rows of the room `casebook`: the brake, the secretariat's incidents, papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from casebook.actions import brake, copies, incidents
from casebook.models import Case
from cms import dates
from tests.access import CASE_DOOR, OFFICE, SECRETARIAT, Row, all_of
from tests.access.casebook.cases import AUTHOR, READERS, WRONG, of, post_only, shows
from tests.factories.cases import TEXTS, make_released

WRONG_ROW = {"pk": UUID(int=0)}
PRESSED = frozenset({"member_b"})
KEEPERS = SECRETARIAT  # the administrator has the door of the office, and none of its cases


def build(world: Any) -> None:
    """A case of `member` that `member_b` has stopped, with a note of the secretariat; a paper of `member`; a case whose half year is over."""
    author, reviewer = world.users["member"], world.users["reviewer"]
    words = {name: world.canary(f"case.stopped.{name}") for name in TEXTS}
    common = {"author": author, "reviewer": reviewer, "excluded": [world.org_x]}
    world.stopped = make_released(**common, **words)
    world.incident = brake.stop(by=world.users["member_b"], case=world.stopped)
    note = world.canary("case.incident.note")
    incidents.write_step(
        by=world.users["secretariat"], incident=world.incident, act="author", done_on=dates.today(), note=note
    )
    world.printed = copies.print_copy(by=author, case=world.released)
    world.due = make_released(**common)
    Case.objects.filter(pk=world.due.pk).update(review_on=dates.today())


def of_incident(name: str, **more: Any) -> Row:
    """A screen of one incident: the words of the case and of the notes are the secretariat's alone."""
    kept = {**shows("stopped", KEEPERS, *TEXTS), "case.incident.note": KEEPERS}
    return Row(f"members:{name}", kwargs=lambda world: {"pk": world.incident.pk}, wrong=WRONG_ROW, shows=kept, **more)


ROWS: list[Row] = [
    post_only("members:case_stop", of("released"), WRONG, all_of(READERS, 302)),
    Row(
        "members:case_stopped",
        get=all_of(PRESSED, 200),
        post=all_of(PRESSED, 200),
        kwargs=of("stopped"),
        wrong=WRONG,
    ),
    Row(
        "members:case_print",
        get=all_of(CASE_DOOR, 405),
        post=all_of(READERS, 200),
        kwargs=of("released"),
        wrong=WRONG,
        shows=shows("released", READERS, *TEXTS),
    ),
    Row("members:case_copies", get=all_of(CASE_DOOR, 200), post=all_of(CASE_DOOR, 405)),
    post_only(
        "members:copy_settle",
        lambda world: {"pk": world.printed.pk},
        WRONG_ROW,
        all_of({"member"} | KEEPERS, 302),
    ),
    post_only("members:case_still_needed", of("due"), WRONG, all_of(AUTHOR, 302)),
    Row("members:office_incidents", get=all_of(KEEPERS, 200), post=all_of(OFFICE, 405)),
    of_incident("office_incident", get=all_of(KEEPERS, 200), post=all_of(OFFICE, 405)),
    of_incident("office_incident_facts", get=all_of(OFFICE, 405), post=all_of(KEEPERS, 200)),
    of_incident("office_incident_step", get=all_of(OFFICE, 405), post=all_of(KEEPERS, 200)),
    of_incident("office_incident_verdict", get=all_of(OFFICE, 405), post=all_of(KEEPERS, 200)),
    of_incident("office_incident_end", get=all_of(OFFICE, 405), post=all_of(KEEPERS, 302)),
]
