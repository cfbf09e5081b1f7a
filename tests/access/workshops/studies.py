"""Access rows: study sessions of organisation A for the core members, with an answer and notes."""

from __future__ import annotations

from typing import Any

from tests.access import WORKSPACE, Row, all_of
from tests.factories.studies import make_study
from workshops.actions import studies

NO_ID = {"pk": "00000000-0000-4000-8000-000000000000"}
HOLDERS = frozenset({"orgadmin", "secretariat", "both"})
CORE_MEMBERS = frozenset({"member", "member_b", "excluded"})
# Organisation A holds it: all of its people see it, whatever their role, if they work in the workspace.
OF_A = frozenset({"member", "orgadmin", "colleague", "counsellor", "supervisor"})
MEANT = CORE_MEMBERS | OF_A | HOLDERS


def build(world: Any) -> None:
    """A session for core members; what member_b would like to ask is read by B and by who holds it."""
    world.study = make_study(
        by=world.users["orgadmin"],
        audience="core",
        title=world.canary("study.title"),
        prepare=world.canary("study.prepare"),
    )
    studies.answer(session=world.study, by=world.users["member_b"], answer="online", wish=world.canary("study.wish"))
    studies.note(session=world.study, by=world.users["orgadmin"], notes=world.canary("study.notes"))


def its_pk(world: Any) -> dict[str, Any]:
    return {"pk": world.study.pk}


SHOWN = {"study.title": MEANT, "study.prepare": MEANT, "study.notes": MEANT, "study.wish": HOLDERS | {"member_b"}}
FORM = {"study.title": HOLDERS, "study.prepare": HOLDERS, "material.title": HOLDERS}
ROWS: list[Row] = [
    Row("members:studies", get=all_of(WORKSPACE, 200), otherwise=403, shows={"study.title": MEANT}),
    Row(
        "members:study_new",
        get=all_of(HOLDERS, 200),
        post=all_of(HOLDERS, 422),
        otherwise=403,
        shows={"material.title": HOLDERS},
    ),
    Row("members:study", kwargs=its_pk, wrong=NO_ID, get=all_of(MEANT, 200), post=all_of(MEANT, 422), shows=SHOWN),
    Row(
        "members:study_edit",
        kwargs=its_pk,
        wrong=NO_ID,
        get=all_of(HOLDERS, 200),
        post=all_of(HOLDERS, 422),
        shows=FORM,
    ),
    Row(
        "members:study_notes",
        kwargs=its_pk,
        wrong=NO_ID,
        get=all_of(HOLDERS, 200),
        post=all_of(HOLDERS, 302),
        shows={"study.title": HOLDERS, "study.notes": HOLDERS},
    ),
    Row("members:study_call_off", kwargs=its_pk, wrong=NO_ID, post=all_of(HOLDERS, 302), otherwise=405),
]
