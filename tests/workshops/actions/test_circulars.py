"""Circulars and inquiries: who gets them, what is expected of whom, what can still be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from cms import dates, outbox
from cms.models import AuditEvent, Mail
from directory.actions import register
from directory.actions.notifications import shown_to
from directory.models import Body, BodyMembership, Notification, Organization, User
from tests.factories.people import make_organization, make_user
from workshops.actions import circular_news
from workshops.actions import circulars as actions
from workshops.actions.circulars import Asked
from workshops.models import Circular, Reply
from workshops.queries.circulars import answers_to, circulars_waiting, with_progress

pytestmark = pytest.mark.django_db
TODAY = "2026-11-22T13:00+09:00"


@pytest.fixture(autouse=True)
def _today(frozen: Callable[[str], Any]) -> None:
    frozen(TODAY)


@pytest.fixture
def office() -> User:
    return make_user("secretariat", organization=make_member("市"))


def make_member(name: str, *, tier: str = "core") -> Organization:
    organization = make_organization(name=name)
    register.admit(organization=organization, tier=tier, since=dt.date(2025, 4, 1), by=None)
    return organization


def written(by: User, *, asked: int = 1, days: int = 7, **values: Any) -> Circular:
    chosen = values.pop("chosen", ())
    told = {"kind": "inquiry" if asked else "notice", "title": "題", "text": "本文", "due_on": dates.today() + dt.timedelta(days=days), "to": "all"}  # fmt: skip
    questions = [Asked(f"質問{number}") for number in range(asked)]
    return actions.keep_draft(circular=Circular(), by=by, values=told | values, questions=questions, chosen=chosen)


def sent(by: User, **values: Any) -> Circular:
    return actions.send(circular=written(by, **values), by=by)


def answers(circular: Circular, word: str = "はい") -> dict[str, Any]:
    return {str(each.pk): word for each in circular.questions.all()}


def state(circular: Circular, organization: Organization | None) -> Any:
    return Reply.objects.get(circular=circular, organization=organization).state


# --- whom it reaches -------------------------------------------------------------------------------------


def test_each_audience_and_never_who_has_left(office: User) -> None:
    core, partner, left = make_member("核"), make_member("仲間", tier="partner"), make_member("去った会")
    guest = make_organization(name="席だけの会")
    body = Body.objects.create(name="会議体")
    for each in (core, guest):
        BodyMembership.objects.create(body=body, organization=each)
    left.memberships.update(until=dates.today())
    expected: dict[str, set[Organization]] = {"all": {core, partner}, "core": {core}, "partner": {partner}, "body": {core, guest}}  # fmt: skip
    for to, organizations in expected.items():
        draft = written(office, to=to, body=body)
        assert set(actions.addressees(draft, by=office)) == organizations, to
    chosen = written(office, to="chosen", chosen=[partner, office.organization])
    assert set(actions.addressees(chosen, by=office)) == {partner, office.organization}


def test_a_draft_is_seen_by_the_secretariat_alone(office: User) -> None:
    reader = make_user("orgadmin", organization=make_member("会"))
    draft = written(office)
    assert (list(Circular.objects.visible_to(office)), list(Circular.objects.visible_to(reader))) == ([draft], [])
    actions.send(circular=draft, by=office)
    assert list(Circular.objects.visible_to(reader)) == [draft]


def test_sending_twice_sends_once(office: User) -> None:
    make_user("member", organization=make_member("会"))
    draft = written(office)
    for _again in range(2):
        actions.send(circular=draft, by=office)
    assert (Reply.objects.count(), Notification.objects.count()) == (1, 1)
    assert AuditEvent.objects.get(action="circular.sent").codes == {"kind": "inquiry", "organizations": 1}


@pytest.mark.parametrize("fault", ["nobody", "no question", "past"])
def test_what_cannot_be_sent_says_why(office: User, fault: str) -> None:
    if fault != "nobody":
        make_member("会")
    draft = written(office, asked=0 if fault == "no question" else 1, kind="inquiry")
    if fault == "past":
        Circular.objects.update(due_on=dates.today() - dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        actions.send(circular=draft, by=office)
    assert (Reply.objects.exists(), Circular.objects.get().state) == (False, "draft")


def test_only_the_secretariat_writes(office: User) -> None:
    person = make_user("orgadmin", organization=make_member("会"))
    circular = sent(office)
    for verb in (actions.send, actions.remind, actions.close, actions.discard):
        with pytest.raises(PermissionDenied):
            verb(circular=circular, by=person)
    with pytest.raises(PermissionDenied):
        written(person)
    with pytest.raises(ValidationError):  # what was sent is neither changed nor thrown away
        actions.discard(circular=circular, by=office)


# --- answering -------------------------------------------------------------------------------------------


def test_an_answer_is_given_for_the_organisation_and_changed_until_the_day_is_over(
    office: User, frozen: Callable[[str], Any]
) -> None:
    home = make_member("会")
    one, two = (make_user("member", organization=home) for _each in range(2))
    circular = sent(office, asked=2)
    actions.read(circular=circular, by=one)
    actions.keep_reply_draft(circular=circular, by=one, draft={"q1": "途中"})
    assert state(circular, home) == "read"
    actions.answer(circular=circular, by=two, answers=answers(circular))
    reply = Reply.objects.get(circular=circular, organization=home)
    assert (reply.state, reply.read_by, reply.answered_by, reply.draft, reply.is_late) == (
        "answered",
        one,
        two,
        {},
        False,
    )
    frozen("2026-11-29T23:59+09:00")
    actions.answer(circular=circular, by=one, answers=answers(circular, "やはり"))
    frozen("2026-11-30T00:01+09:00")
    with pytest.raises(ValidationError):
        actions.answer(circular=circular, by=one, answers=answers(circular, "おそい"))
    reply.refresh_from_db()
    assert (set(reply.answers.values()), reply.is_late) == ({"やはり"}, False)


def test_a_first_answer_after_the_day_is_marked_as_late_and_none_comes_after_closing(
    office: User, frozen: Callable[[str], Any]
) -> None:
    late, later = make_member("遅い会"), make_member("もっと遅い会")
    first, second = make_user("member", organization=late), make_user("member", organization=later)
    circular = sent(office)
    frozen("2026-11-30T08:00+09:00")
    assert actions.answer(circular=circular, by=first, answers=answers(circular)).is_late
    actions.close(circular=circular, by=office)
    for verb in (actions.decline, lambda **some: actions.answer(answers={}, **some)):
        with pytest.raises(ValidationError):
            verb(circular=circular, by=second)
    assert not actions.read(circular=circular, by=second)
    assert state(circular, later) == "unread"


def test_declining_is_an_answer_too_and_can_be_turned_round(office: User) -> None:
    person = make_user("member", organization=make_member("会"))
    circular = sent(office)
    actions.decline(circular=circular, by=person, reason="人手がなく")
    assert (state(circular, person.organization), circulars_waiting(person).count()) == ("declined", 0)
    reply = actions.answer(circular=circular, by=person, answers=answers(circular))
    assert (reply.state, reply.reason) == ("answered", "")


def test_who_did_not_get_it_cannot_answer(office: User) -> None:
    make_member("会")
    circular = sent(office)
    stranger = make_user("member", organization=make_organization())
    for verb in (actions.read, actions.decline):
        with pytest.raises(PermissionDenied):
            verb(circular=circular, by=stranger)


def test_what_was_written_is_sealed_in_the_database(office: User) -> None:
    person = make_user("member", organization=make_member("会"))
    circular = sent(office, text="封をした本文")
    actions.answer(circular=circular, by=person, answers=answers(circular, "封をした回答"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM workshops_circular UNION ALL SELECT answers FROM workshops_reply")
        stored = str(cursor.fetchall())
    assert "封をした" not in stored
    assert "v1." in stored


# --- n of N ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [0, 1])
def test_the_count_fits_the_list(office: User, asked: int) -> None:
    people = [make_user("member", organization=make_member(f"会{number}")) for number in range(4)]
    circular = sent(office, asked=asked)
    actions.read(circular=circular, by=people[0])
    actions.read(circular=circular, by=people[1])
    if asked:
        actions.answer(circular=circular, by=people[1], answers=answers(circular))
        actions.decline(circular=circular, by=people[2])
    row = with_progress(Circular.objects.all()).get()
    table = answers_to(circular, circular.replies.select_related("circular", "organization"))
    assert (row.done, row.total) == (table.done, table.total) == (2, 4)  # type: ignore[attr-defined]
    assert len(table.missing) + len(table.settled.lines) == table.total
    assert {each.organization for each in table.missing} == {
        person.organization for person in people if circulars_waiting(person).exists()
    }


# --- reminding -------------------------------------------------------------------------------------------


def test_only_the_missing_are_reminded_and_once_a_day(office: User, frozen: Callable[[str], Any]) -> None:
    done, missing = make_member("済んだ会"), make_member("まだの会")
    quick, slow = make_user("member", organization=done), make_user("member", organization=missing)
    make_user(organization=missing)  # no role: hears nothing
    circular = sent(office, title="外に出ない題")
    actions.answer(circular=circular, by=quick, answers=answers(circular))
    assert [actions.remind(circular=circular, by=office) for _again in range(3)] == [1, 0, 0]
    assert [each.recipient for each in Mail.objects.all()] == [slow.email]
    frozen("2026-11-23T09:00+09:00")
    assert actions.remind(circular=circular, by=office) == 1
    outbox.deliver_due()
    assert [message.to for message in mail.outbox] == [[slow.email], [slow.email]]
    text = mail.outbox[0].subject + str(mail.outbox[0].body)
    assert ("外に出ない題" in text, f"/members/circulars/{circular.pk}/" in text) == (False, True)


@pytest.mark.parametrize("meanwhile", ["answered", "left", "closed"])
def test_a_reminder_does_not_go_when_it_is_no_longer_right(office: User, meanwhile: str) -> None:
    person = make_user("member", organization=make_member("会"))
    circular = sent(office)
    actions.remind(circular=circular, by=office)
    if meanwhile == "answered":
        actions.answer(circular=circular, by=person, answers=answers(circular))
    elif meanwhile == "left":
        person.role_assignments.update(until=dates.today())  # type: ignore[attr-defined]
    else:
        actions.close(circular=circular, by=office)
    outbox.deliver_due()
    assert (mail.outbox, Mail.objects.get().state) == ([], "dropped")


# --- the day, and what is shared -----------------------------------------------------------------------------


def test_more_time_changes_the_day_and_tells_those_who_wait(office: User, frozen: Callable[[str], Any]) -> None:
    quick, slow = (make_user("member", organization=make_member(name)) for name in ("早い会", "遅い会"))
    circular = sent(office)
    actions.answer(circular=circular, by=quick, answers=answers(circular))
    frozen("2026-11-24T09:00+09:00")
    actions.extend(circular=circular, by=office, due_on=dt.date(2026, 12, 10))
    circular.refresh_from_db()
    assert (circular.due_on, dates.jst(circular.changed_at).date()) == (dt.date(2026, 12, 10), dt.date(2026, 11, 24))
    assert dates.jst(circular.sent_at or dates.now()).date() == dt.date(2026, 11, 22)  # three days, never one
    moved = Notification.objects.filter(key__contains=":moved:")
    assert [row.user for row in moved] == [slow]
    with pytest.raises(ValidationError):
        actions.extend(circular=circular, by=office, due_on=dt.date(2026, 11, 1))


@pytest.mark.parametrize("shares", [True, False])
def test_answers_are_shared_after_closing_and_only_if_it_was_said_before(office: User, shares: bool) -> None:
    giver, reader = (make_user("member", organization=make_member(name)) for name in ("答える会", "読む会"))
    circular = sent(office, shares_answers=shares)
    actions.answer(circular=circular, by=giver, answers=answers(circular))

    def seen() -> set[Any]:
        return {each.organization for each in Reply.objects.visible_to(reader)}

    assert seen() == {reader.organization}
    actions.close(circular=circular, by=office)
    assert seen() == {reader.organization} | ({giver.organization} if shares else set())
    assert Reply.objects.visible_to(office).count() == 2


def test_news_are_shown_while_it_is_ours_and_lead_straight_to_it(office: User) -> None:
    person = make_user("member", organization=make_member("会"))
    circular = sent(office, title="言わない題")
    row = Notification.objects.get()
    assert shown_to(person, [row]) == [row]
    assert circular_news.path(row) == f"/members/circulars/{circular.pk}/"
    assert circular_news.sentence(row) == "照会が届いています。11月29日（日）までに答えてください。"
    person.organization = make_organization()
    person.save()
    assert shown_to(person, [row]) == []
