"""The members' home: what waits, by its day; what is new; what comes next. Constant, whatever there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casebook.actions import cases
from casebook.actions.offers import answer
from casebook.models import Case, Offer
from casebook.models.cases import new_number
from cms import dates
from cms.models import Mail
from directory.actions.notifications import notify
from directory.models import Attestation, AttestationRound, Notification, Pledge, RoleRequest
from home.queries.gatherings import next_gatherings
from home.queries.waiting import Task, waiting
from home.queries.waiting.task import due_words, named, since_words
from tests.factories.cases import (
    TEXTS,
    make_author,
    make_case,
    make_handed_in,
    make_offer,
    make_released,
    make_submitted,
)
from tests.factories.events import make_event
from tests.factories.meetings import make_called
from tests.factories.minutes import make_decision, make_scene
from tests.factories.people import make_organization, make_user
from tests.factories.studies import make_study
from workshops.enums import CircularState
from workshops.models import Circular, Reply

pytestmark = pytest.mark.django_db
HOME = "/members/"


def titles(user: Any) -> list[str]:
    user.forget_roles()
    return [str(task.title) for task in waiting(user)]


def in_days(number: int) -> dt.date:
    return dates.today() + dt.timedelta(days=number)


def make_circular(to: Any, *, due: int = 7) -> Circular:
    """A circular that was sent to that organisation and is not read."""
    circular = Circular.objects.create(
        title="名簿の確認", state=CircularState.SENT, due_on=in_days(due), written_by=make_user("secretariat"),
        sent_at=timezone.now(),
    )  # fmt: skip
    Reply.objects.create(circular=circular, organization=to)
    return circular


# --- what waits --------------------------------------------------------------------------------------


def test_cases_wait_for_whom_they_wait(frozen: Callable[[str], Any]) -> None:
    author, helper, reviewer = make_author(), make_author(), make_user("reviewer", organization=make_organization())
    case = make_released(author=author, reviewer=reviewer)
    submitted = make_submitted(author=author)
    assert titles(helper) == [f"事例 {case.number} への返事"]
    assert titles(author) == []
    assert titles(reviewer) == [f"事例 {submitted.number} の確かめ"]
    offer = make_offer(case, by=helper, due_on=in_days(2))
    assert titles(helper) == []
    assert titles(author) == [f"事例 {case.number} に届いた返事"]
    answer(by=author, offer=offer, accept=True)
    assert titles(author) == []
    assert titles(helper) == [f"事例 {case.number} で約束したこと"]
    (task,) = waiting(helper)
    assert (task.is_urgent, task.is_late, task.days_left) == (True, False, 2)


def test_a_case_waits_for_its_first_reader_and_for_nobody_else() -> None:
    asked = make_handed_in()
    assert titles(asked.first_reader) == [f"事例 {asked.number} を、はじめに読む"]
    assert titles(asked.author) == []
    office = make_user("secretariat")
    lonely = make_case()
    cases.submit(by=lonely.author, case=lonely, first_reader=None)
    assert [title for title in titles(office) if "事例" in title] == [f"事例 {lonely.number} を、はじめに読む"]


def test_own_cases_come_back_or_grow_old() -> None:
    author = make_author()
    back, old, draft = make_case(author=author), make_released(author=author), make_case(author=author)
    Case.objects.filter(pk=back.pk).update(reviewer_note="もう少しぼかして")
    Case.objects.filter(pk=old.pk).update(review_on=in_days(0))
    assert sorted(titles(author)) == sorted(
        [f"もどってきた事例 {back.number}", f"事例 {old.number} は、まだ続いていますか"]
    )
    assert draft.number not in " ".join(titles(author))


def test_nothing_of_the_casebook_without_a_pledge() -> None:
    helper = make_author()
    make_released()
    assert len(titles(helper)) == 1  # negative control
    Pledge.objects.filter(user=helper).delete()
    assert [title for title in titles(helper) if "事例" in title] == []
    assert titles(helper) == ["運営ルール 第1版"]


def test_meetings_minutes_decisions() -> None:
    scene = make_scene("amending")
    assert [title for title in titles(scene.member) if "議事録" in title] == [f"{scene.meeting.title}：議事録の確かめ"]
    assert [title for title in titles(scene.absent) if "議事録" in title] == []
    assert [title for title in titles(scene.outside) if "議事録" in title] == []
    confirmed = make_scene("confirmed")
    decision = make_decision(confirmed, due=in_days(-1))
    assert titles(confirmed.of("other")) == [f"決定事項 {decision.number}"]
    assert waiting(confirmed.other)[0].is_late
    assert titles(confirmed.member) == []
    called = make_called(scene.body)
    assert f"{called.title}：出欠の返事" in titles(scene.absent)
    assert f"{called.title}：出欠の返事" not in titles(scene.outside)


def test_circulars_wait_for_the_organisation() -> None:
    user, other = make_author(), make_author()
    make_circular(user.organization)
    assert titles(user) == ["名簿の確認"]
    assert titles(other) == []


def test_study_sessions_ask() -> None:
    user = make_author()
    session = make_study()
    assert f"{session.event.title}：出欠の返事" in titles(user)


def test_the_office(frozen: Callable[[str], Any]) -> None:
    office, orgadmin = make_user("secretariat"), make_user("orgadmin", organization=make_organization())
    member = make_user("member", organization=orgadmin.organization)
    RoleRequest.objects.create(user=member, role="member", organization=orgadmin.organization, asked_by=orgadmin)
    Mail.objects.create(kind="digest", key="x", message_id="<x>", template="t", state="failed", last_error="OSError")
    round_ = AttestationRound.objects.create(
        fiscal_year=2026, starts_on=in_days(-3), due_on=in_days(20), final_on=in_days(40), opened_at=timezone.now()
    )
    Attestation.objects.create(round=round_, user=member, organization=orgadmin.organization)
    assert sorted(titles(office)) == sorted(["届かなかったメール", "団体からの役割の申請"])
    assert titles(orgadmin) == ["年度の在籍確認"]
    assert [title for title in titles(member) if "誓約" not in title] == []
    Mail.objects.update(emptied_at=timezone.now())  # nobody can do anything about it any more
    assert titles(office) == ["団体からの役割の申請"]


def test_order_is_by_day() -> None:
    def task(name: str, **when: Any) -> Task:
        return Task(name, "", "", "", "check", **when)

    tasks = [
        task("old", since=in_days(-30)),
        task("new", since=in_days(-1)),
        task("soon", due=in_days(1)),
        task("late", due=in_days(-2)),
    ]
    assert [each.title for each in sorted(tasks, key=lambda each: each.order)] == ["late", "soon", "old", "new"]


def test_words_of_time(frozen: Callable[[str], Any]) -> None:
    frozen("2026-12-03T12:00+09:00")
    assert [due_words(in_days(days)) for days in (-3, 0, 2)] == [
        "3日すぎています（11月30日（月）まで）",
        "きょうまで（12月3日（木））",
        "あと2日（12月5日（土）まで）",
    ]
    assert [since_words(in_days(days)) for days in (0, -3)] == ["きょうから待っています", "3日前から待っています"]


def test_many_of_a_kind_take_one_more_line() -> None:
    def make(row: Any) -> Task:
        return Task(str(row), "", "", "", "check")

    def rest(count: int) -> Task:
        return Task("rest", "", "", "", "check", count=count)

    assert [len(named(range(n), make, rest)) for n in (0, 3, 4, 5, 50)] == [0, 3, 4, 4, 4]
    assert named(range(50), make, rest)[-1].count == 47


# --- what is new, what comes next --------------------------------------------------------------------


def test_news_of_a_week(login: Callable[..., Any]) -> None:
    client, _user = login("member", organization=make_organization())
    make_released()
    text = client.get(HOME).content.decode()
    assert "の相談が始まりました。" in text
    Notification.objects.update(created_at=timezone.now() - dt.timedelta(days=8))
    text = client.get(HOME).content.decode()
    assert "の相談が始まりました。" not in text
    assert "この1週間、あなたにかかわるお知らせはありません。" in text


def test_own_gatherings_are_not_hidden_by_public_ones() -> None:
    user = make_author()
    for _number in range(6):
        make_event()
    study, meeting = make_study(), make_called(audience="members")
    shown = [each.title for each in next_gatherings(user)]
    assert {study.event.title, meeting.title} <= set(shown)
    assert len(shown) == 4


def test_no_word_of_a_case_on_the_home(login: Callable[..., Any]) -> None:
    client, user = login("member", organization=make_organization())
    offered = make_released(author=user)
    make_offer(offered)
    make_released()
    make_case(author=user)
    text = client.get(HOME).content.decode()
    assert offered.number in text  # negative control
    assert [words for words in (*TEXTS.values(), "午前の会議室") if words in text] == []


def test_empty_home(login: Callable[..., Any]) -> None:
    client, _user = login("counsellor")
    text = client.get(HOME).content.decode()
    for sentence in ("いま、あなたを待っていることはありません。", "いま決まっている集まりはありません。"):
        assert sentence in text


# --- constant ----------------------------------------------------------------------------------------


def copy(row: Any, **changes: Any) -> Any:
    """The same row once more."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    fields.pop(row._meta.pk.attname)
    return type(row)(**{**fields, **changes})


def test_the_page_asks_the_same_number_of_questions(login: Callable[..., Any]) -> None:
    client, user = login("member", "secretariat", organization=make_organization())
    case, own, submitted = make_released(), make_released(author=user), make_submitted()
    offer = make_offer(own)
    make_study()
    called = make_called(audience="members")
    make_circular(user.organization)
    called.attendance.get_or_create(organization=user.organization)
    make_event()
    decision = make_decision(make_scene("confirmed"), organization=user.organization, due=in_days(3))

    def asked() -> int:
        client.get(HOME)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(HOME).status_code == 200
        return len(seen)

    with_one = asked()
    for row in (case, submitted, own):
        Case.objects.bulk_create(copy(row, number=new_number()) for _number in range(49))
    more = Case.objects.filter(author=user).exclude(pk=own.pk)
    Offer.objects.bulk_create(copy(offer, case_id=pk) for pk in more.values_list("pk", flat=True))
    for number in range(49):
        make_circular(user.organization, due=number)
        other = copy(called, number=None, title=f"会議{number}")
        other.save()
        other.attendance.create(organization=user.organization)
        copy(decision, order=number + 100, number=f"X-{number}").save()
        notify(kind="case_shared", people=[user], target=case.pk, key=f"again:{number}")
    for _number in range(9):
        make_study()
        make_event()
    assert asked() == with_one
    assert with_one <= 60
    assert len(titles(user)) > 20  # negative control: it is all there
