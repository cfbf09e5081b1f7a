"""The pledge: fourteen days, urgent, a year, earlier versions, reminders."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from cms import dates, outbox
from cms.models import AuditEvent, Mail
from directory.actions import pledges as actions
from directory.enums import PledgeKind
from directory.models import Notification, Pledge, User
from directory.models.pledges import pledge_stands, pledge_state
from directory.queries.pledges import overview, pledge_task, states_of
from tests.directory.charter.making import accept, make_version
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
START = dt.date(2026, 12, 1)


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


@pytest.fixture
def member() -> User:
    return make_user("member", organization=make_organization(), pledged=False)


def stands_on(user: User, day: dt.date, frozen: Any) -> PledgeKind:
    frozen(f"{day.isoformat()}T09:00+09:00")
    user.forget_roles()
    return pledge_state(user).kind


def test_without_rules_the_casebook_is_closed_and_nobody_is_asked(member: User) -> None:
    assert (pledge_state(member).kind, pledge_stands(member)) == (PledgeKind.NONE_IN_FORCE, False)
    assert pledge_task(member) is None


@pytest.mark.parametrize(
    ("after", "kind"),
    [(0, PledgeKind.GRACE), (13, PledgeKind.GRACE), (14, PledgeKind.MISSING), (60, PledgeKind.MISSING)],
)
def test_a_new_version_leaves_fourteen_days(member: User, frozen: Any, after: int, kind: PledgeKind) -> None:
    first = make_version(1, START - days(100))
    accept(member, first, START - days(50))
    make_version(2, START)
    assert stands_on(member, START + days(after), frozen) == kind


def test_the_day_begins_in_japan(member: User, frozen: Any) -> None:
    accept(member, make_version(1, START - days(100)), START - days(50))
    make_version(2, START)
    frozen("2026-12-14T14:59:59+00:00")  # 23:59:59 on 14 December in Japan
    assert pledge_state(member).kind == PledgeKind.GRACE
    frozen("2026-12-14T15:00+00:00")
    member.forget_roles()
    assert pledge_state(member).kind == PledgeKind.MISSING


def test_an_urgent_version_leaves_none(member: User, frozen: Any) -> None:
    accept(member, make_version(1, START - days(100)), START - days(50))
    make_version(2, START, is_urgent=True, urgent_because="もれのおそれ")
    assert stands_on(member, START - days(1), frozen) == PledgeKind.STANDS
    assert stands_on(member, START, frozen) == PledgeKind.MISSING


def test_a_later_version_does_not_open_what_an_urgent_one_closed(member: User, frozen: Any) -> None:
    accept(member, make_version(1, START - days(100)), START - days(50))
    make_version(2, START, is_urgent=True, urgent_because="もれのおそれ")
    make_version(3, START + days(1))
    assert stands_on(member, START + days(2), frozen) == PledgeKind.MISSING


def test_version_upon_version_makes_the_fourteen_days_no_longer(member: User, frozen: Any) -> None:
    accept(member, make_version(1, START - days(100)), START - days(50))
    make_version(2, START)
    make_version(3, START + days(10))
    assert stands_on(member, START + days(13), frozen) == PledgeKind.GRACE
    assert stands_on(member, START + days(14), frozen) == PledgeKind.MISSING


@pytest.mark.parametrize(
    ("after", "kind"),
    [(350, PledgeKind.STANDS), (351, PledgeKind.SOON), (364, PledgeKind.SOON), (365, PledgeKind.MISSING)],
)
def test_a_pledge_lasts_a_year(member: User, frozen: Any, after: int, kind: PledgeKind) -> None:
    accept(member, make_version(1, START), START)
    assert stands_on(member, START + days(after), frozen) == kind


def test_accepted_anew_before_the_year_ends_it_lasts_another(member: User, frozen: Any) -> None:
    version = make_version(1, START)
    accept(member, version, START)
    accept(member, version, START + days(360))
    assert stands_on(member, START + days(366), frozen) == PledgeKind.STANDS


def test_within_the_fourteen_days_the_year_still_ends(member: User, frozen: Any) -> None:
    accept(member, make_version(1, START - days(400)), START - days(360))
    make_version(2, START)
    assert stands_on(member, START + days(4), frozen) == PledgeKind.GRACE
    assert stands_on(member, START + days(5), frozen) == PledgeKind.MISSING


def test_going_back_to_an_earlier_wording_is_a_new_version_to_accept(member: User, frozen: Any) -> None:
    first = make_version(1, START - days(100))
    accept(member, first, START - days(90))
    accept(member, make_version(2, START - days(50)), START - days(50))
    make_version(3, START, text=first.text)
    assert stands_on(member, START + days(14), frozen) == PledgeKind.MISSING


def test_only_the_version_in_force_is_accepted(member: User) -> None:
    earlier, held = make_version(1, dates.today() - days(9)), make_version(2, dates.today())
    coming = make_version(3, dates.today() + days(1))
    for other in (earlier, coming):
        with pytest.raises(ValidationError):
            actions.pledge(by=member, version=other)
    actions.pledge(by=member, version=held)
    assert list(Pledge.objects.values_list("version__number", flat=True)) == [2]


def test_twice_on_a_day_is_once_and_leaves_one_row_in_the_trail(member: User) -> None:
    held = make_version(1, dates.today())
    assert actions.pledge(by=member, version=held) == actions.pledge(by=member, version=held)
    assert AuditEvent.objects.filter(action="charter.pledged").count() == 1
    assert pledge_stands(member)


def test_a_pledge_that_was_rolled_back_opens_nothing(member: User) -> None:
    held = make_version(1, dates.today())
    with transaction.atomic():
        actions.pledge(by=member, version=held)
        transaction.set_rollback(True)
    member.forget_roles()
    assert not pledge_stands(member)
    assert Pledge.objects.count() == 0


def told(user: User) -> list[str]:
    """What a person was told, and by mail."""
    news = Notification.objects.filter(user=user, kind="pledge").order_by("pk")
    mails = [(mail.context or {})["stage"] for mail in Mail.objects.filter(kind="pledge").order_by("pk")
             if (mail.context or {})["user"] == user.pk]  # fmt: skip
    stages = [str(row.codes["what"]) for row in news]
    assert stages == mails
    return stages


def test_reminders_at_the_beginning_a_week_a_day_before_and_on_closing(member: User, frozen: Any) -> None:
    accept(member, make_version(1, START - days(100)), START - days(50))
    make_version(2, START)
    for after in range(-2, 20):
        frozen(f"{(START + days(after)).isoformat()}T03:00+09:00")
        actions.remind(dates.now())
        actions.remind(dates.now())
    assert told(member) == ["start", "week", "day", "closed"]


def test_nights_that_were_missed_are_not_made_up_for(member: User, frozen: Any) -> None:
    accept(member, make_version(1, START - days(100)), START - days(50))
    make_version(2, START)
    frozen(f"{(START + days(13)).isoformat()}T03:00+09:00")
    actions.remind(dates.now())
    assert told(member) == ["day"]


def test_who_has_accepted_is_not_reminded_nor_mailed_afterwards(member: User, frozen: Any) -> None:
    other = make_user("member", organization=make_organization(), pledged=False)
    first = make_version(1, START - days(100))
    accept(member, first, START - days(50))
    accept(other, first, START - days(50))
    frozen(f"{START.isoformat()}T03:00+09:00")
    held = make_version(2, START)
    actions.pledge(by=member, version=held)
    actions.remind(dates.now())
    assert (told(member), told(other)) == ([], ["start"])
    mail = Mail.objects.get(kind="pledge")
    assert outbox.may_still_send(mail)
    actions.pledge(by=other, version=held)
    assert not outbox.may_still_send(mail)


def test_without_a_role_that_leads_to_the_casebook_nobody_is_reminded() -> None:
    make_user("orgadmin", organization=make_organization())
    make_version(1, dates.today() - days(30))
    assert actions.remind(dates.now()) == 0


def test_the_mail_says_what_to_do_and_nothing_of_cases(member: User, mailoutbox: list[Any]) -> None:
    make_version(1, dates.today() - days(30))
    actions.remind(dates.now())
    outbox.deliver_due()
    assert [mail.subject for mail in mailoutbox] == ["運営ルールの確認のお願い"]
    assert "/members/rules/pledge/" in mailoutbox[0].body
    assert "/members/cases" not in mailoutbox[0].body


def test_an_administrator_looks_after_own_people_the_secretariat_after_all(member: User) -> None:
    admin = make_user("orgadmin", organization=member.organization)
    office = make_user("secretariat", organization=make_organization(kind="city"), pledged=False)
    make_user("partner", organization=make_organization(), pledged=False)
    make_version(1, dates.today())
    assert [each.user for group in overview(admin) for each in group.asked] == [member]
    assert sum(len(group.asked) for group in overview(office)) == 3
    assert overview(member) == []


def test_the_number_of_questions_does_not_grow(django_assert_num_queries: Any) -> None:
    version = make_version(1, dates.today())
    for _ in range(2):
        for _ in range(4):
            accept(make_user("member", organization=make_organization(), pledged=False), version)
        people = list(User.objects.all())
        with django_assert_num_queries(2):
            states_of(people, dates.today())
