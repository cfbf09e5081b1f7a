"""The waiting list: order, passing over, offers with an end, and one transaction for release and promotion."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models import F

from cms import outbox
from cms.dates import now
from cms.models import Mail
from cms.tasks import tell_the_rooms
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.actions import capacity, events, registrations, waiting
from workshops.actions.capacity import BelowTaken, Full, recount
from workshops.actions.registrations import NotActive, Party
from workshops.enums import CapacityPolicy, Origin, RegistrationState, Way
from workshops.models import Occurrence, Registration

pytestmark = pytest.mark.django_db
ACTIVE, WAITING, OFFERED = RegistrationState.ACTIVE, RegistrationState.WAITING, RegistrationState.OFFERED


def full_with_list(capacity: int = 3, *, limit: int | None = None, **fields: Any) -> Occurrence:
    """An occurrence with a waiting list whose seats are all taken by one party."""
    occurrence = make_occurrence(capacity=capacity, unit="person", party_limit=20, **fields)
    Occurrence.objects.filter(pk=occurrence.pk).update(policy=CapacityPolicy.WAITLIST, waiting_limit=limit)
    occurrence.refresh_from_db()
    make_registration(occurrence, people=capacity, name="はじめの人")
    return occurrence


def states(occurrence: Occurrence) -> list[tuple[str, str]]:
    """(name, state): who got a seat at once, then in the order of waiting."""
    return [
        (each.name, each.state) for each in occurrence.registrations.order_by(F("queue_number").asc(nulls_first=True))
    ]


def counters(occurrence: Occurrence) -> tuple[int, int]:
    occurrence.refresh_from_db()
    return occurrence.taken, occurrence.waiting


def first(occurrence: Occurrence) -> Registration:
    return occurrence.registrations.select_related("occurrence__event").get(queue_number=None)


def test_who_comes_when_it_is_full_waits_in_order() -> None:
    occurrence = full_with_list()
    places = [make_registration(occurrence, name=name).registration for name in ("二番", "三番")]
    assert [(each.state, each.queue_number, waiting.place_of(each)) for each in places] == [
        (WAITING, 1, 1),
        (WAITING, 2, 2),
    ]
    assert counters(occurrence) == (3, 2)


def test_without_agreeing_to_wait_one_hears_that_it_is_full() -> None:
    occurrence = full_with_list()
    with pytest.raises(Full) as full:
        registrations.register(occurrence=occurrence, party=Party("なぎ"), key="k" * 20, or_wait=False)
    assert (full.value.left, full.value.can_wait) == (0, True)
    assert counters(occurrence) == (3, 0)


def test_the_list_has_an_end() -> None:
    occurrence = full_with_list(limit=1)
    make_registration(occurrence)
    with pytest.raises(Full) as full:
        make_registration(occurrence)
    assert full.value.can_wait is False
    assert counters(occurrence) == (3, 1)


def test_a_party_larger_than_the_hall_never_waits() -> None:
    occurrence = full_with_list(capacity=2)
    with pytest.raises(Full):
        make_registration(occurrence, people=3)


def test_freed_seats_are_offered_in_order_and_who_does_not_fit_keeps_the_place() -> None:
    occurrence = full_with_list(capacity=3)
    make_registration(occurrence, name="三人", people=3)
    make_registration(occurrence, name="一人", people=1)
    make_registration(occurrence, name="もう一人", people=1)
    holder = first(occurrence)
    registrations.change(registration=holder, party=Party("はじめの人", people=1))
    assert states(occurrence) == [("はじめの人", ACTIVE), ("三人", WAITING), ("一人", OFFERED), ("もう一人", OFFERED)]
    assert counters(occurrence) == (3, 1)
    assert waiting.place_of(occurrence.registrations.get(queue_number=1)) == 1


def test_while_somebody_waits_a_newcomer_joins_the_list_though_a_seat_is_free() -> None:
    occurrence = full_with_list(capacity=3)
    make_registration(occurrence, name="三人", people=3)
    registrations.change(registration=first(occurrence), party=Party("はじめの人", people=1))
    newcomer = make_registration(occurrence, name="新しい人").registration
    assert (newcomer.state, counters(occurrence)) == (WAITING, (1, 2))


def test_leaving_frees_for_the_next_in_the_same_transaction() -> None:
    occurrence = full_with_list()
    make_registration(occurrence, name="待つ人", people=3)
    seen = []

    @transaction.atomic
    def withdraw_and_break() -> None:
        registrations.withdraw(registration=first(occurrence))
        seen.extend(states(occurrence))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        withdraw_and_break()
    assert seen[1] == ("待つ人", OFFERED)
    assert states(occurrence) == [("はじめの人", ACTIVE), ("待つ人", WAITING)]
    assert counters(occurrence) == (3, 1)
    assert registrations.withdraw(registration=first(occurrence)) is True
    assert counters(occurrence) == (3, 0)
    assert recount(occurrence=occurrence) == (3, 3)


def test_one_may_leave_the_list() -> None:
    occurrence = full_with_list()
    waits = make_registration(occurrence).registration
    make_registration(occurrence)
    assert registrations.withdraw(registration=waits) is True
    assert registrations.withdraw(registration=waits) is False
    assert counters(occurrence) == (3, 1)


def test_an_offer_is_taken_once_and_not_after_its_time(frozen: Any) -> None:
    frozen("2026-12-01T09:00+09:00")
    occurrence = full_with_list(starts_at=dt.datetime(2026, 12, 20, 6, 0, tzinfo=dt.UTC))
    waits = make_registration(occurrence, people=1, name="待つ人").registration
    make_registration(occurrence, people=1, name="次の人")
    registrations.change(registration=first(occurrence), party=Party("はじめの人", people=2))
    waits.refresh_from_db()
    assert (waits.state, waits.offer_until) == (OFFERED, now() + dt.timedelta(hours=48))
    waiting.accept(registration=waits)
    waiting.accept(registration=waits)
    assert (waits.state, counters(occurrence)) == (ACTIVE, (3, 1))
    registrations.change(registration=first(occurrence), party=Party("はじめの人", people=1))
    late = occurrence.registrations.get(state=OFFERED)
    frozen("2026-12-03T09:00+09:00")
    with pytest.raises(waiting.OfferGone):
        waiting.accept(registration=late)


def test_an_offer_that_ran_out_goes_to_the_next(frozen: Any) -> None:
    frozen("2026-12-01T09:00+09:00")
    occurrence = full_with_list(starts_at=dt.datetime(2026, 12, 20, 6, 0, tzinfo=dt.UTC))
    make_registration(occurrence, people=3, name="待つ人", email="a@example.jp")
    make_registration(occurrence, people=3, name="次の人", email="b@example.jp")
    registrations.withdraw(registration=first(occurrence))
    assert tell_the_rooms()["offers_expired"] == 0
    frozen("2026-12-03T09:00+09:00")
    assert tell_the_rooms()["offers_expired"] == 1
    assert states(occurrence)[1:] == [("待つ人", RegistrationState.EXPIRED), ("次の人", OFFERED)]
    assert (counters(occurrence), recount(occurrence=occurrence)) == ((3, 0), (3, 3))
    outbox.deliver_due()
    told = [(each.to[0], "お席を、とってあります" in each.body) for each in mail.outbox]
    assert ("b@example.jp", True) in told
    assert {each.kind for each in Mail.objects.all()} >= {
        waiting.MAIL_WAITING,
        waiting.MAIL_OFFERED,
        waiting.MAIL_EXPIRED,
    }


def test_an_offer_ends_when_the_event_begins(frozen: Any) -> None:
    frozen("2026-12-19T09:00+09:00")
    begins = dt.datetime(2026, 12, 19, 6, 0, tzinfo=dt.UTC)
    occurrence = full_with_list(starts_at=begins)
    make_registration(occurrence, people=3)
    registrations.withdraw(registration=first(occurrence))
    assert occurrence.registrations.get(state=OFFERED).offer_until == begins


def test_the_mail_of_an_offer_opens_the_registration_and_is_no_secret_in_the_database(client: Any) -> None:
    occurrence = full_with_list()
    make_registration(occurrence, people=3, email="a@example.jp")
    registrations.withdraw(registration=first(occurrence))
    link = Mail.objects.get(kind=waiting.MAIL_OFFERED).context["link"]
    registration = occurrence.registrations.get(state=OFFERED)
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert Registration.objects.by_link(token).get() == registration
    assert token not in {each.token_hash for each in registration.links.all()}
    assert client.get(f"/registrations/{token}/").status_code == 200


def test_venue_is_hard_and_screen_is_soft() -> None:
    """「定員40人に対し60人が参加」: online more may come, at the venue nobody beyond the seats."""
    event = make_event(capacity=2, unit="person", format="both")
    occurrence = make_occurrence(event)
    Occurrence.objects.filter(pk=occurrence.pk).update(online_capacity=2)
    occurrence.refresh_from_db()
    ways = [make_registration(occurrence, way=Way.ONLINE, people=2).registration for _each in range(3)]
    assert {each.way for each in ways} == {Way.ONLINE}
    make_registration(occurrence, way=Way.VENUE, people=2)
    with pytest.raises(Full):
        make_registration(occurrence, way=Way.VENUE)
    occurrence.refresh_from_db()
    assert (occurrence.taken, occurrence.online_taken) == (2, 6)
    assert (recount(occurrence=occurrence, way=Way.ONLINE), recount(occurrence=occurrence, way=Way.VENUE)) == (
        (6, 6),
        (2, 2),
    )


def test_to_close_a_part_that_holds_more_than_its_seats_is_refused() -> None:
    occurrence = make_occurrence(capacity=1, unit="person")
    capacity.change_policy(occurrence=occurrence, policy=CapacityPolicy.SOFT, waiting_limit=None, by=None)
    make_registration(occurrence)
    make_registration(occurrence)
    with pytest.raises(BelowTaken):
        capacity.change_policy(occurrence=occurrence, policy=CapacityPolicy.LIMIT, waiting_limit=None, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Occurrence.objects.filter(pk=occurrence.pk).update(policy=CapacityPolicy.LIMIT)


def test_more_seats_are_offered_to_those_who_wait() -> None:
    occurrence = full_with_list(capacity=2)
    make_registration(occurrence, people=1, name="待つ人")
    make_registration(occurrence, people=2, name="二人")
    plan = events.Plan(
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        capacity=3,
        policy=CapacityPolicy.WAITLIST,
        pk=occurrence.pk,
    )
    events.change_event(event=occurrence.event, by=None, plans=[plan])
    assert states(occurrence)[1:] == [("待つ人", OFFERED), ("二人", WAITING)]


def test_nobody_moves_up_into_what_does_not_take_place() -> None:
    occurrence = full_with_list()
    make_registration(occurrence, people=3)
    events.put_off(occurrence=occurrence, by=None)
    registrations.withdraw(registration=first(occurrence))
    assert counters(occurrence) == (0, 1)
    events.hold_date_after_all(occurrence=occurrence, by=None)
    assert counters(occurrence) == (3, 0)


def test_putting_off_tells_and_a_new_day_keeps_every_place() -> None:
    occurrence = full_with_list()
    make_registration(occurrence, email="a@example.jp")
    before = occurrence.sequence
    events.put_off(occurrence=occurrence, by=None)
    later = occurrence.starts_at + dt.timedelta(days=30)
    plan = events.Plan(starts_at=later, capacity=3, policy=CapacityPolicy.WAITLIST, pk=occurrence.pk)
    events.change_event(event=occurrence.event, by=None, plans=[plan])
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.sequence, occurrence.waiting) == ("scheduled", before + 2, 1)
    assert [each.kind for each in Mail.objects.order_by("pk")] == [
        waiting.MAIL_WAITING, events.MAIL_PUT_OFF, events.MAIL_MOVED,
    ]  # fmt: skip


def test_staff_enter_somebody_after_residents_no_longer_can(login: Any) -> None:
    _client, person = login("secretariat")
    occurrence = make_occurrence(make_event(closes_at=now() + dt.timedelta(minutes=1)))
    occurrence.event.closes_at = now() - dt.timedelta(hours=1)
    with pytest.raises(registrations.Closed):
        registrations.register(occurrence=occurrence, party=Party("なぎ"), key="a" * 20)
    receipt = registrations.register(
        occurrence=occurrence, party=Party("電話の方"), key="b" * 20, by=person, origin=Origin.PHONE
    )
    assert (receipt.registration.origin, receipt.registration.entered_by) == (Origin.PHONE, person)


@pytest.mark.parametrize("state", [RegistrationState.EXPIRED, RegistrationState.CANCELLED])
def test_what_is_over_is_neither_changed_nor_withdrawn(state: str) -> None:
    occurrence = full_with_list()
    registration = first(occurrence)
    Registration.objects.filter(pk=registration.pk).update(state=state)
    with pytest.raises(NotActive):
        registrations.change(registration=registration, party=Party("なぎ"))
    assert registrations.withdraw(registration=registration) is False
