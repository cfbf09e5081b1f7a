"""Access rows: the rules in the members' room, proposals, comments, pledges."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms import dates
from directory.enums import CharterState
from directory.models import CharterComment, CharterVersion
from tests.access import SECRETARIAT, WORKSPACE, Row, all_of
from tests.factories.people import charter_in_force

NONE = {"pk": 999_999}
ORG_A = {"member"}  # of organisation A, with the right to propose: draft and proposal are A's


def build(world: Any) -> None:
    """A version in force, a draft and a proposal of organisation A, and what its member said about the proposal."""
    held = charter_in_force()
    author = world.users["member"]
    common = {"charter": held.charter, "base": held, "proposed_by": author, "organization": world.org_a}
    world.rule_draft = CharterVersion.objects.create(
        text=f"第1条（目的）\n{world.canary('rules.draft')}", changes=world.canary("rules.draft_words"), **common
    )
    world.rule_proposal = CharterVersion.objects.create(
        text="第1条（目的）\n人をまもり、場をまもる。",
        changes="場をまもることも書きます。",
        state=CharterState.PROPOSED,
        proposed_at=dates.now(),
        comments_until=dates.today() + dt.timedelta(days=9),
        **common,
    )
    world.rule_comment = CharterComment.objects.create(
        version=world.rule_proposal, text=world.canary("rules.comment"), author=author, organization=world.org_a
    )


def the(name: str) -> Any:
    return lambda world: {"pk": getattr(world, name).pk}


DRAFT = {"rules.draft": ORG_A, "rules.draft_words": ORG_A}
SAID = {"rules.comment": WORKSPACE}
ROWS: list[Row] = [
    Row("members:rules", get=all_of(WORKSPACE, 200), otherwise=403),
    Row("members:pledge", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 200), otherwise=403),
    Row("members:rule_people", get={"orgadmin": 200}, otherwise=403),
    Row("members:rule_compare", otherwise=404),
    Row("members:rule_version", kwargs=the("rule_proposal"), wrong=NONE, get=all_of(WORKSPACE, 200), shows=SAID),
    Row("members:rule_start", kwargs=the("rule_proposal"), wrong=NONE, otherwise=405,
        post=all_of({"member", "member_b", "excluded", "orgadmin", "secretariat", "both"}, 302)),
    Row("members:rule_edit", kwargs=the("rule_draft"), wrong=NONE, get=all_of(ORG_A, 200), post=all_of(ORG_A, 302),
        shows=DRAFT),
    Row("members:rule_propose", kwargs=the("rule_draft"), wrong=NONE, get=all_of(ORG_A, 200), post=all_of(ORG_A, 200),
        shows=DRAFT),
    Row("members:rule_remove", kwargs=the("rule_draft"), wrong=NONE, otherwise=405, post=all_of(ORG_A, 302)),
    Row("members:rule_withdraw", kwargs=the("rule_proposal"), wrong=NONE, otherwise=405,
        post=all_of(ORG_A | {"orgadmin"} | SECRETARIAT, 302)),
    Row("members:rule_comment", kwargs=the("rule_proposal"), wrong=NONE, otherwise=405, post=all_of(WORKSPACE, 422),
        shows=SAID),
    Row("members:rule_comment_change", kwargs=the("rule_comment"), wrong=NONE, get=all_of(ORG_A, 200),
        post=all_of(ORG_A, 200), shows={"rules.comment": ORG_A}),
    Row("members:office_rules", get=all_of(SECRETARIAT, 200), otherwise=403),
    Row("members:office_rules_csv", get=all_of(SECRETARIAT, 200), otherwise=403),
    Row("members:office_rule_document", get=all_of(SECRETARIAT, 200), post=all_of(SECRETARIAT, 200), otherwise=403),
    Row("members:office_rule_decide", kwargs=the("rule_proposal"), wrong=NONE, get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 200), otherwise=403),
    Row("members:office_rule_back", kwargs=the("rule_proposal"), wrong=NONE, post=all_of(SECRETARIAT, 302), otherwise=405),
    Row("members:office_rule_answer", kwargs=the("rule_comment"), wrong=NONE, get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 200), otherwise=403, shows={"rules.comment": SECRETARIAT}),
]  # fmt: skip
