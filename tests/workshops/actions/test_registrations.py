"""Register, change, withdraw: seats, mail and audit in step, and nothing twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cms import outbox
from cms.dates import now
from cms.models import AuditEvent, Mail
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.actions import registrations as actions
from workshops.actions.capacity import BelowTaken, CalledOff, Full, change_capacity, recount
from workshops.actions.events import call_off, hold_after_all
from workshops.actions.registrations import AlreadyRegistered, Closed, NotActive, Party
from workshops.models import Event, Occurrence, Registration

pytestmark = pytest.mark.django_db


def taken(occurrence: Occurrence) -> int:
    counter, held = recount(occurrence=occurrence)
    assert counter == held
    return counter


@pytest.mark.parametrize(("unit", "seats"), [("person", 3), ("party", 1), ("household", 1), ("organization", 1)])
def test_a_party_of_three_takes_three_seats_or_one(unit: str, seats: int) -> None:
    occurrence = make_occurrence(unit=unit)
    registration = make_registration(occurrence, people=3).registration
    assert (registration.seats, registration.party_size, taken(occurrence)) == (seats, 3, seats)


def test_a_registration_writes_row_mail_and_audit_without_a_name() -> None:
    receipt = make_registration(name="髙﨑𠮷", people=2, email="nagi@example.jp")
    stored = Registration.objects.get()
    assert (stored.name, stored.email) == ("髙﨑𠮷", "nagi@example.jp")
    mail = Mail.objects.get()
    assert (mail.kind, mail.recipient, mail.key) == (
        "registration.confirmed", "nagi@example.jp", f"registration:{stored.pk}:confirmed",
    )  # fmt: skip
    assert mail.context is not None
    assert mail.context["link"] == receipt.link
    assert receipt.link.endswith(f"/registrations/{receipt.token}/")
    row = AuditEvent.objects.get(action="registration.made")
    assert "髙﨑𠮷" not in str(row.codes) + row.target
    assert row.codes["seats"] == 2


def test_the_mail_is_neutral_and_carries_the_link_and_a_neutral_entry(mailoutbox: Any) -> None:
    event = make_event(title="ひみつの題名")
    receipt = make_registration(make_occurrence(event), email="nagi@example.jp")
    outbox.deliver_due()
    mail = mailoutbox[0]
    assert mail.subject == "ご予定の確認"
    assert receipt.link in mail.body
    assert "水辺のいえ" in mail.body
    name, text, kind = mail.attachments[0]
    assert (name, kind) == ("yotei.ics", "text/calendar")
    assert "予定（水辺のいえ）" in text
    assert "ひみつ" not in mail.subject + mail.body + text


def test_a_mail_is_not_sent_when_the_plans_have_changed(mailoutbox: Any) -> None:
    receipt = make_registration(email="nagi@example.jp")
    actions.withdraw(registration=receipt.registration)
    outbox.deliver_due()
    assert [mail.body.splitlines()[0] for mail in mailoutbox] == ["このご予定は、取り消しました。"]


def test_link_and_code_are_stored_as_hashes_only() -> None:
    receipt = make_registration()
    stored = Registration.objects.values().get()
    values = " ".join(str(value) for value in stored.values())
    assert receipt.token not in values
    assert receipt.code not in values
    assert receipt.key not in values
    assert list(Registration.objects.by_link(receipt.token)) == [receipt.registration]
    assert list(Registration.objects.by_link(receipt.token[:-1] + "x")) == []


@pytest.mark.parametrize("spelling", [str, str.lower, lambda code: code.replace("-", " "), lambda code: "　" + code])
def test_a_code_is_found_however_it_is_typed(spelling: Any) -> None:
    receipt = make_registration()
    assert Registration.objects.by_code(spelling(receipt.code)).get() == receipt.registration


def test_full_width_and_look_alikes_are_the_same_code() -> None:
    receipt = make_registration()
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign != "-" else "ー" for sign in receipt.code)
    assert Registration.objects.by_code(wide).get() == receipt.registration
    assert Registration.objects.by_code(receipt.code.replace("0", "O").replace("1", "l")).exists()


def test_the_same_key_again_gives_the_first_registration_even_if_the_form_differs() -> None:
    occurrence = make_occurrence()
    first = make_registration(occurrence, key="k" * 32, people=3)
    with pytest.raises(AlreadyRegistered) as second:
        make_registration(occurrence, key="k" * 32, people=1, name="べつ")
    assert second.value.receipt.registration == first.registration
    assert second.value.receipt.token == first.token
    assert (Registration.objects.count(), taken(occurrence)) == (1, 3)


def test_the_same_key_at_once_gives_back_its_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the other request had not yet committed when we looked: the unique key decides."""
    occurrence = make_occurrence()
    first = make_registration(occurrence, key="k" * 32, people=3)
    looks = iter([None])
    real = actions.first_sent
    monkeypatch.setattr(actions, "first_sent", lambda key: next(looks, real(key)))
    with pytest.raises(AlreadyRegistered) as second:
        make_registration(occurrence, key="k" * 32, people=2)
    assert second.value.receipt.registration == first.registration
    assert taken(occurrence) == 3


def test_full_says_how_many_are_left_and_changes_nothing() -> None:
    occurrence = make_occurrence(capacity=4, unit="person")
    make_registration(occurrence, people=3)
    with pytest.raises(Full) as full:
        make_registration(occurrence, people=2, email="a@example.jp")
    assert (full.value.left, taken(occurrence)) == (1, 3)
    assert (Registration.objects.count(), Mail.objects.count()) == (1, 0)


def test_no_limit_never_fills() -> None:
    occurrence = make_occurrence(capacity=None, unit="person")
    for _ in range(3):
        make_registration(occurrence, people=5)
    assert taken(occurrence) == 15


def test_closed_not_yet_open_and_begun_events_take_nobody() -> None:
    start = now() + dt.timedelta(days=3)
    closed = make_occurrence(starts_at=start, closes_at=now() - dt.timedelta(hours=1))
    later = make_occurrence(starts_at=start, opens_at=now() + dt.timedelta(days=1))
    begun = make_occurrence(starts_at=now() - dt.timedelta(minutes=1))
    elsewhere = make_occurrence(registration_mode="elsewhere")
    for occurrence in (closed, later, begun, elsewhere):
        with pytest.raises(Closed):
            make_registration(occurrence)


def test_a_called_off_event_takes_nobody_keeps_its_registrations_and_tells_them(mailoutbox: Any) -> None:
    event = make_event()
    occurrence = make_occurrence(event)
    make_registration(occurrence, email="a@example.jp")
    make_registration(occurrence)
    call_off(event=event, by=None)
    call_off(event=event, by=None)
    with pytest.raises(CalledOff):
        make_registration(make_occurrence(event))
    assert taken(occurrence) == 2
    outbox.deliver_due()
    assert [mail.body.splitlines()[0] for mail in mailoutbox] == [
        "予定していたものは、中止になりました。申しわけありません。"
    ]
    hold_after_all(event=event, by=None)
    make_registration(make_occurrence(event))


def test_stale_objects_do_not_help_a_called_off_event() -> None:
    event = make_event()
    stale = make_occurrence(event)
    call_off(event=Event.objects.get(pk=event.pk), by=None)
    with pytest.raises(CalledOff):
        make_registration(stale)


@pytest.mark.parametrize(("before", "after"), [(2, 4), (4, 1), (3, 3)])
def test_a_change_settles_the_difference(before: int, after: int) -> None:
    occurrence = make_occurrence(unit="person", party_limit=5)
    registration = make_registration(occurrence, people=before).registration
    actions.change(registration=registration, party=Party(name="なぎ", people=after, note="はしの席"))
    assert taken(occurrence) == after
    stored = Registration.objects.get()
    assert (stored.party_size, stored.seats, stored.note) == (after, after, "はしの席")


def test_a_change_that_does_not_fit_changes_nothing() -> None:
    occurrence = make_occurrence(unit="person", capacity=4)
    registration = make_registration(occurrence, people=2, name="なぎ").registration
    make_registration(occurrence, people=2)
    with pytest.raises(Full):
        actions.change(registration=registration, party=Party(name="べつ", people=3))
    assert (taken(occurrence), Registration.objects.get(pk=registration.pk).name) == (4, "なぎ")


def test_after_closing_a_party_may_shrink_but_not_grow(frozen: Any) -> None:
    closes = now() + dt.timedelta(days=1)
    occurrence = make_occurrence(unit="person", closes_at=closes, starts_at=now() + dt.timedelta(days=7))
    registration = make_registration(occurrence, people=2).registration
    frozen((closes + dt.timedelta(hours=1)).isoformat())
    with pytest.raises(Closed):
        actions.change(registration=registration, party=Party(name="なぎ", people=3))
    actions.change(registration=registration, party=Party(name="なぎ", people=1))
    assert taken(occurrence) == 1


def test_withdrawing_twice_gives_seats_back_once() -> None:
    occurrence = make_occurrence(unit="person")
    registration = make_registration(occurrence, people=3).registration
    again = Registration.objects.get()
    assert actions.withdraw(registration=registration) is True
    assert actions.withdraw(registration=again) is False
    assert taken(occurrence) == 0
    with pytest.raises(NotActive):
        actions.change(registration=again, party=Party(name="なぎ"))


def test_what_is_over_can_neither_be_changed_nor_withdrawn(frozen: Any) -> None:
    occurrence = make_occurrence()
    registration = make_registration(occurrence).registration
    assert occurrence.ends_at is not None
    frozen((occurrence.ends_at + dt.timedelta(minutes=1)).isoformat())
    with pytest.raises(NotActive):
        actions.withdraw(registration=registration)
    with pytest.raises(NotActive):
        actions.change(registration=registration, party=Party(name="なぎ"))
    assert taken(occurrence) == 1


def test_a_capacity_below_what_is_given_away_is_refused() -> None:
    occurrence = make_occurrence(unit="person", capacity=10)
    make_registration(occurrence, people=5)
    with pytest.raises(BelowTaken) as short:
        change_capacity(occurrence=occurrence, capacity=4, by=None)
    assert short.value.taken == 5
    change_capacity(occurrence=occurrence, capacity=5, by=None)
    change_capacity(occurrence=occurrence, capacity=None, by=None)
    assert Occurrence.objects.get(pk=occurrence.pk).capacity is None
    for wrong in (-1, 10**9):
        with pytest.raises(ValueError, match="out of range"):
            change_capacity(occurrence=occurrence, capacity=wrong, by=None)


def test_personal_fields_are_kept_thirty_days_after_the_last_day() -> None:
    occurrence = make_occurrence()
    registration = make_registration(occurrence).registration
    assert registration.erase_on == occurrence.ends_on + dt.timedelta(days=30)
