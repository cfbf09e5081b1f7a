"""Proposals, comments, decisions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms import dates
from directory.actions import charter as actions
from directory.actions import charter_comments as comments
from directory.enums import CharterState, Tier
from directory.models import CharterVersion, Membership, Notification, User
from directory.permissions import may_propose_rules
from tests.directory.charter.making import make_charter, make_version
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
TODAY_PLUS = dt.timedelta(days=10)


@pytest.fixture
def office() -> User:
    return make_user("secretariat", organization=make_organization(kind="city"), pledged=False)


@pytest.fixture
def member() -> User:
    return make_user("member", organization=make_organization(), pledged=False)


def proposed(by: User, text: str = "第1条（目的）\n新しい文章。") -> CharterVersion:
    """A proposal on top of what was decided last."""
    draft, _together = actions.start(by=by, charter=make_charter())
    actions.write(by=by, draft=draft, text=text, changes="ことばを直します。")
    actions.propose(by=by, draft=draft, comments_until=dates.today() + TODAY_PLUS)
    return draft


def decided(by: User, proposal: CharterVersion, **fields: Any) -> CharterVersion:
    """Decided by a meeting; comments are over."""
    CharterVersion.objects.filter(pk=proposal.pk).update(comments_until=dates.today() - dt.timedelta(days=1))
    today = dates.today()
    return actions.decide(
        by=by, proposal=proposal, **{"decided_where": "会議", "decided_on": today, "in_force_from": today, **fields}
    )


def test_from_draft_to_version(member: User, office: User) -> None:
    held = make_version(1, dates.today() - dt.timedelta(days=9))
    other = make_user("partner", organization=make_organization(), pledged=False)
    draft, _ = actions.start(by=member, charter=make_charter())
    assert (draft.base, draft.text, draft.number) == (held, held.text, None)
    assert list(CharterVersion.objects.visible_to(other)) == [held]
    actions.write(by=member, draft=draft, text="第1条（目的）\n人と場をまもる。\n", changes="場も。")
    actions.propose(by=member, draft=draft, comments_until=dates.today())
    assert set(CharterVersion.objects.visible_to(other)) == {held, draft}
    assert set(Notification.objects.filter(kind="rules").values_list("user", flat=True)) == {other.pk, office.pk}
    made = decided(office, draft)
    assert (made.number, made.state, made.text) == (2, CharterState.DECIDED, "第1条（目的）\n人と場をまもる。")
    assert list(CharterVersion.objects.in_force(dates.today())) == [made]


def test_two_proposals_each_get_a_number_of_their_own_and_none_takes_the_other_back(member: User, office: User) -> None:
    base = "第1条（目的）\nまもる。\n\n第2条（記録）\n残す。"
    make_version(1, dates.today(), text=base)
    one = proposed(member, base.replace("まもる。", "人をまもる。"))
    two = proposed(office, base.replace("残す。", "一年残す。"))
    assert decided(office, one).number == 2
    with pytest.raises(ValidationError):
        decided(office, two)
    anew, together = actions.start(by=office, charter=make_charter(), source=two)
    assert anew.text == "第1条（目的）\n人をまもる。\n\n第2条（記録）\n一年残す。"
    assert together is not None
    assert together.both == ()
    actions.write(by=office, draft=anew, text=anew.text, changes="年も。")
    actions.propose(by=office, draft=anew, comments_until=dates.today())
    assert decided(office, anew).number == 3
    assert CharterVersion.objects.in_force(dates.today()).count() == 1


def test_a_decision_is_written_once(member: User, office: User) -> None:
    make_version(1, dates.today())
    proposal = proposed(member)
    decided(office, proposal)
    with pytest.raises(ValidationError):
        decided(office, proposal)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"decided_on": 1}, {"decided_on", "in_force_from"}),
        ({"in_force_from": -1}, {"in_force_from"}),
        ({"is_urgent": True}, {"urgent_because"}),
    ],
)
def test_what_a_decision_must_say(member: User, office: User, fields: dict[str, Any], wrong: set[str]) -> None:
    make_version(1, dates.today() - dt.timedelta(days=20))
    days = {name: dates.today() + dt.timedelta(days=each) for name, each in fields.items() if name != "is_urgent"}
    with pytest.raises(ValidationError) as refused:
        decided(office, proposed(member), **{**fields, **days})
    assert set(refused.value.message_dict) == wrong


def test_while_comments_are_open_only_what_is_urgent_is_decided(member: User, office: User) -> None:
    make_version(1, dates.today())
    proposal, today = proposed(member), dates.today()
    facts = {"decided_where": "会議", "decided_on": today, "in_force_from": today}
    with pytest.raises(ValidationError):
        actions.decide(by=office, proposal=proposal, **facts)
    made = actions.decide(by=office, proposal=proposal, is_urgent=True, urgent_because="もれのおそれ", **facts)
    assert (made.number, made.is_urgent) == (2, True)


def test_the_first_rules_are_decided_at_once_and_a_second_pledged_set_is_refused(office: User) -> None:
    facts = {"title": "運営ルール", "purpose": "", "is_pledged": True}
    draft = actions.open_document(by=office, with_first_text=True, **facts)
    assert draft.text == actions.first_text()
    with pytest.raises(ValidationError):
        actions.open_document(by=office, with_first_text=False, **facts)
    actions.write(by=office, draft=draft, text=draft.text, changes="はじめて。")
    actions.propose(by=office, draft=draft, comments_until=dates.today() + TODAY_PLUS)
    today = dates.today()
    made = actions.decide(by=office, proposal=draft, decided_where="会議", decided_on=today, in_force_from=today)
    assert made.number == 1


def test_a_decision_taken_back_before_its_day_is_a_proposal_again(member: User, office: User) -> None:
    make_version(1, dates.today())
    coming = decided(office, proposed(member), in_force_from=dates.today() + dt.timedelta(days=3))
    actions.take_decision_back(by=office, version=coming)
    coming.refresh_from_db()
    assert (coming.state, coming.number, coming.in_force_from) == (CharterState.PROPOSED, None, None)
    assert decided(office, coming).number == 2
    with pytest.raises(ValidationError):
        actions.take_decision_back(by=office, version=coming)


def test_who_may_propose() -> None:
    core, partner = make_organization(), make_organization()
    Membership.objects.create(organization=core, tier=Tier.CORE)
    Membership.objects.create(organization=partner, tier=Tier.PARTNER)
    answers = {
        "member": may_propose_rules(make_user("member", organization=core, pledged=False)),
        "core admin": may_propose_rules(make_user("orgadmin", organization=core)),
        "partner": may_propose_rules(make_user("partner", organization=partner, pledged=False)),
        "partner admin": may_propose_rules(make_user("orgadmin", organization=partner)),
        "counsellor": may_propose_rules(make_user("counsellor", organization=core)),
        "secretariat": may_propose_rules(make_user("secretariat", organization=partner, pledged=False)),
    }
    assert {name for name, answer in answers.items() if answer} == {"member", "core admin", "secretariat"}


@pytest.mark.parametrize("text", ["", "条のない文章"])
def test_an_unfinished_draft_is_not_proposed(member: User, text: str) -> None:
    make_version(1, dates.today())
    with pytest.raises(ValidationError):
        proposed(member, text)


def test_an_unchanged_draft_is_not_proposed(member: User) -> None:
    held = make_version(1, dates.today())
    with pytest.raises(ValidationError):
        proposed(member, held.text)


def test_comments_are_changed_and_taken_back_by_their_author_until_the_day(
    member: User, office: User, frozen: Any
) -> None:
    frozen("2026-12-01T10:00+09:00")
    make_version(1, dates.today())
    proposal = proposed(office)
    said = comments.comment(by=member, version=proposal, article="第1条", text=" よいです。 ")
    comments.answer(by=office, comment=said, text="ありがとうございます。")
    comments.change(by=member, comment=said, text="もっと短く。")
    assert (said.text, said.answer, said.organization) == ("もっと短く。", None, member.organization)
    with pytest.raises(PermissionDenied):
        comments.change(by=office, comment=said, text="ちがう")
    for wrong in ({"article": "第9条", "text": "ない条"}, {"article": "", "text": "  "}):
        with pytest.raises(ValidationError):
            comments.comment(by=member, version=proposal, **wrong)
    frozen("2026-12-12T00:00+09:00")  # the day after the last
    with pytest.raises(PermissionDenied):
        comments.take_back(by=member, comment=said)
    comments.answer(by=office, comment=said, text="短くします。")
    assert Notification.objects.filter(kind="rules", codes__what="answered", user=member).count() == 2


def test_what_was_taken_back_leaves_no_words(member: User, office: User) -> None:
    make_version(1, dates.today())
    said = comments.comment(by=member, version=proposed(office), article="", text="取り下げることば")
    comments.take_back(by=member, comment=said)
    said.refresh_from_db()
    assert said.text == ""
    assert list(said.version.comments.visible_to(office)) == []
