"""Access rows: what an organisation proposes to hold."""

import datetime as dt
from typing import Any

from cms.dates import now
from tests.access import Row
from workshops.actions import proposals
from workshops.actions.events import Plan

NONE = {"pk": 999_999}


def build(world: Any) -> None:
    """A proposal of organisation A, where the organisation's administrator works; nobody outside may read it."""
    admin = world.users["orgadmin"]
    world.proposal = proposals.propose(
        by=admin, plans=[Plan(now() + dt.timedelta(days=30))], title=world.canary("event.proposal"), summary="集まり"
    )


def its_pk(world: Any) -> dict[str, Any]:
    return {"pk": world.proposal.pk}


# Communications read it too, in the admin; nobody else.
OWN = {"event.proposal": {"orgadmin"}}
ROWS: list[Row] = [
    Row("members:event_proposals", get={"orgadmin": 200}, otherwise=403, shows=OWN),
    Row("members:event_proposal_new", get={"orgadmin": 200}, post={"orgadmin": 422}, otherwise=403),
    Row(
        "members:event_proposal",
        kwargs=its_pk,
        wrong=NONE,
        get={"orgadmin": 200},
        post={"orgadmin": 422},
        otherwise=403,
        shows=OWN,
    ),
    Row("members:event_proposal_withdraw", kwargs=its_pk, wrong=NONE, post={"orgadmin": 302}, otherwise=405),
]
