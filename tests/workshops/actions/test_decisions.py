"""Decisions: numbers, owners, reports, reminders that come once, looking again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms import outbox
from cms.dates import today
from cms.guard.storing import OpenFindings
from cms.models import Mail
from directory.models import Notification, RoleAssignment
from tests.factories.meetings import make_called
from tests.factories.minutes import make_decision, make_scene
from tests.factories.people import make_organization, make_user
from workshops.actions import decision_news, decisions
from workshops.enums import DecisionState
from workshops.models import Decision, Meeting
from workshops.queries.decisions import Wanted, overdue_for, register, to_review_in, waiting_for
from workshops.receivers.minutes import tick

pytestmark = pytest.mark.django_db
PEOPLE = ("office", "keeper", "chair", "member", "other", "absent", "outside")
DAY = dt.timedelta(days=1)


def test_numbers_name_year_meeting_and_place() -> None:
    scene = make_scene()
    Meeting.objects.filter(pk=scene.meeting.pk).update(starts_at=None, happened_on="2026-12-08")
    scene.meeting.refresh_from_db()
    assert [make_decision(scene).number for _each in range(2)] == ["R8-09-1", "R8-09-2"]
    scene.meeting.number = None
    assert decisions.number_of(scene.meeting, 3) == "R8-1208-3"
    scene.meeting.happened_on = "2018-10"
    assert decisions.number_of(scene.meeting, 1) == "H30-1001-1"


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        ("draft", {"office", "keeper"}),
        ("amending", {"office", "keeper", "chair", "member", "other"}),
        ("confirmed", {"office", "keeper", "chair", "member", "other", "absent"}),
        ("locked", {"office", "keeper", "chair", "member", "other", "absent"}),
    ],
)
def test_who_sees_a_decision(state: str, seen: set[str]) -> None:
    scene = make_scene()
    make_decision(scene)
    from tests.factories.minutes import bring

    bring(scene, state)
    assert {name for name in PEOPLE if Decision.objects.visible_to(scene.of(name)).exists()} == seen


def test_whoever_sees_to_it_sees_it_even_from_outside_once_it_stands() -> None:
    scene = make_scene("amending")
    make_decision(scene, organization=scene.outside.organization)
    assert Decision.objects.visible_to(scene.of("outside")).count() == 0
    scene = make_scene("confirmed")
    make_decision(scene, organization=scene.outside.organization)
    assert Decision.objects.visible_to(scene.of("outside")).count() == 1


def test_only_who_keeps_the_meeting_writes_decisions_and_the_guard_reads_them() -> None:
    scene = make_scene("amending")
    for name in ("chair", "member", "absent", "outside"):
        with pytest.raises(PermissionDenied):
            decisions.decide(
                by=scene.of(name), meeting=scene.meeting, text="和室を借りる", organization=scene.other.organization
            )
    with pytest.raises(OpenFindings):
        make_decision(scene, text="橋本さんが確かめる")
    with pytest.raises(ValidationError):
        make_decision(scene, person=scene.member)  # of another organisation
    assert Decision.objects.count() == 0


def test_the_words_stay_once_the_minutes_are_confirmed() -> None:
    scene = make_scene("confirmed")
    decision = make_decision(scene)
    with pytest.raises(ValidationError):
        decisions.change(by=scene.office, decision=decision, text="別のこと", organization=decision.organization)
    later = decisions.change(
        by=scene.office, decision=decision, text=decision.text, organization=scene.member.organization, due=today()
    )
    assert (later.organization, later.due) == (scene.member.organization, today())


@pytest.mark.parametrize("state", DecisionState)
@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_report_what(name: str, state: DecisionState) -> None:
    scene = make_scene("confirmed")
    decision = make_decision(scene)
    may = name in {"office", "keeper"} or (name == "other" and state in decisions.OWN_REPORTS)
    if may:
        decisions.report(by=scene.of(name), decision=decision, state=state, note="電話で確かめた")
        assert Decision.objects.get().state == state
        assert decision.steps.count() == 2
    else:
        with pytest.raises(PermissionDenied):
            decisions.report(by=scene.of(name), decision=decision, state=state, note="電話で確かめた")
        assert decision.steps.count() == 1


def test_giving_up_says_why() -> None:
    scene = make_scene("confirmed")
    decision = make_decision(scene)
    with pytest.raises(ValidationError):
        decisions.report(by=scene.office, decision=decision, state=DecisionState.DROPPED)


def test_reminded_before_on_and_after_the_day_each_once_with_one_mail() -> None:
    scene = make_scene("confirmed")
    due = today() + dt.timedelta(days=30)
    decision = make_decision(scene, due=due, person=scene.other)
    told = Notification.objects.filter(user=scene.other, kind="decision").exclude(codes__what="given")
    counts = []
    for days in (-8, -7, -7, -3, 0, 0, 6, 7, 7, 60):
        counts.append(decision_news.remind_due(on=due + dt.timedelta(days=days)))
    assert counts == [0, 1, 0, 0, 1, 0, 0, 1, 0, 0]
    assert [row.codes["what"] for row in told.order_by("pk")] == ["soon", "today", "late"]
    mails = Mail.objects.filter(kind=decision_news.MAIL_KIND)
    assert [mail.recipient for mail in mails] == [scene.other.email]
    assert decision.text not in str(mails[0].context) + mails[0].key


def test_who_was_away_hears_the_last_step_only() -> None:
    scene = make_scene("confirmed")
    make_decision(scene, due=today() + dt.timedelta(days=30), person=scene.other)
    assert decision_news.remind_due(on=today() + dt.timedelta(days=40)) == 1
    told = Notification.objects.filter(user=scene.other, kind="decision").exclude(codes__what="given")
    assert [row.codes["what"] for row in told] == ["late"]


def test_done_or_unsettled_nobody_is_reminded() -> None:
    done, unsettled = make_scene("confirmed"), make_scene("amending")
    decision = make_decision(done, due=today() + DAY)
    decisions.report(by=done.office, decision=decision, state=DecisionState.DONE)
    make_decision(unsettled, due=today() + DAY)
    assert decision_news.remind_due(on=today() + dt.timedelta(days=30)) == 0


def test_another_day_is_reminded_of_anew() -> None:
    scene = make_scene("confirmed")
    decision = make_decision(scene, due=today() + dt.timedelta(days=30))
    assert decision_news.remind_due(on=today() + dt.timedelta(days=30)) == 1
    later = today() + dt.timedelta(days=60)
    decisions.change(
        by=scene.office, decision=decision, text=decision.text, organization=decision.organization, due=later
    )
    assert decision_news.remind_due(on=later) == 1


def test_a_decision_falls_to_the_administrators_then_to_the_secretariat() -> None:
    scene = make_scene("confirmed")
    decision = make_decision(scene, person=scene.other)
    assert decision_news.who_sees_to_it(decision) == [scene.other]
    RoleAssignment.objects.filter(user=scene.other).update(until=today())
    assert decision_news.who_sees_to_it(decision) == [scene.office]
    admin = make_user("orgadmin", organization=scene.other.organization)
    assert decision_news.who_sees_to_it(decision) == [admin]


def test_the_mail_goes_only_while_it_still_waits(mailoutbox: Any) -> None:
    scene = make_scene("confirmed")
    first = make_decision(scene, due=today() + DAY, person=scene.other)
    second = make_decision(scene, due=today() + DAY, person=scene.other)
    Decision.objects.update(reminded=0)
    assert decision_news.remind_due(on=today()) == 2
    decisions.report(by=scene.office, decision=second, state=DecisionState.DONE)
    outbox.deliver_due()
    ours = [mail for mail in mailoutbox if "/members/decisions/" in mail.body]
    assert [str(first.pk) in mail.body for mail in ours] == [True]
    assert first.text not in ours[0].subject + ours[0].body + first.number
    assert first.number not in ours[0].subject


def test_at_night_nobody_is_reminded(frozen: Any) -> None:
    scene = make_scene("confirmed")
    make_decision(scene, due=today() + DAY)
    Decision.objects.update(reminded=0)
    day = today().isoformat()
    assert tick(None, at=dt.datetime.fromisoformat(f"{day}T05:00+09:00"))["decisions_reminded"] == 0
    assert tick(None, at=dt.datetime.fromisoformat(f"{day}T09:00+09:00"))["decisions_reminded"] == 1


def test_the_register_and_what_waits_for_whom(django_assert_num_queries: Any) -> None:
    scene = make_scene("confirmed")
    late = make_decision(scene, due=today() - DAY)
    soon = make_decision(scene, due=today() + DAY)
    elsewhere = make_decision(scene, organization=make_organization(), review_on=today())
    done = make_decision(scene)
    decisions.report(by=scene.office, decision=done, state=DecisionState.DONE)
    other = scene.of("other")
    assert list(waiting_for(other)) == [late, soon]
    assert list(overdue_for(other)) == [late]
    assert set(register(other, Wanted("review"))) == {elsewhere}
    assert set(register(other, Wanted("ended"))) == {done}
    assert set(register(other, Wanted("waiting"))) == {late, soon, elsewhere}
    assert set(register(other, Wanted(""))) == {late, soon, elsewhere, done}
    assert list(register(scene.of("outside"), Wanted(""))) == []


def test_looked_at_again_it_comes_back_to_the_agenda_once() -> None:
    scene = make_scene("confirmed")
    decision = make_decision(scene, review_on=today())
    coming = make_called(scene.body, by=scene.office, number=10)
    assert to_review_in(coming, scene.of("office")) == [decision]
    item = decisions.back_to_the_agenda(by=scene.office, decision=decision, meeting=coming)
    again = decisions.back_to_the_agenda(by=scene.office, decision=decision, meeting=coming)
    assert (item, decision.number in item.title) == (again, True)
    assert Decision.objects.get().state == DecisionState.REVIEW
    assert to_review_in(coming, scene.of("office")) == []
    for wrong in (make_called(by=scene.office), scene.meeting):
        with pytest.raises(ValidationError):
            decisions.back_to_the_agenda(by=scene.office, decision=decision, meeting=wrong)
