"""One person alone cannot change a number that residents know, whichever way they try; two people can."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cms.models import AuditEvent
from directory.actions import numbers
from directory.enums import ChangeState, ChannelKind
from directory.models import Channel, ConsultationDesk, NumberChange
from directory.models.channels import UntrustedNumber
from tests.factories.desks import make_desk
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db

OLD, NEW = "+81865638515", "+81865630911"


@pytest.fixture
def person() -> Any:
    """Publisher, secretariat, administrator and superuser in one: still one person."""
    return make_user("publisher", "secretariat", "admin", is_superuser=True, is_staff=True)


@pytest.fixture
def desk(person: Any) -> ConsultationDesk:
    """A desk that this person published by themselves (its first number needs no second one)."""
    desk = ConsultationDesk(organization=make_organization(), name="窓口", live=False)
    desk.channels = [Channel(kind=ChannelKind.PHONE, value=OLD, hours="Mo-Fr 09:00-17:00", sort_order=0)]
    desk.save()
    desk.save_revision(user=person).publish(user=person)
    return ConsultationDesk.objects.get(pk=desk.pk)


def public_numbers(desk: ConsultationDesk) -> list[str]:
    return list(Channel.objects.public().filter(desk=desk).values_list("value", flat=True))


def draft(desk: ConsultationDesk, *, by: Any, value: str = NEW, **fields: Any) -> Any:
    """A draft in which the telephone has another number."""
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    channels = list(fresh.channels.all())
    channels[0].value = value
    fresh.channels = channels
    for name, text in fields.items():
        setattr(fresh, name, text)
    return fresh.save_revision(user=by)


# --- the ways one person might try -------------------------------------------------------------------------


def by_button(desk: ConsultationDesk, person: Any) -> None:
    draft(desk, by=person).publish(user=person)


def by_saving_the_row(desk: ConsultationDesk, person: Any) -> None:
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    channels = list(fresh.channels.all())
    channels[0].value = NEW
    fresh.channels = channels
    fresh.save()


def by_schedule(desk: ConsultationDesk, person: Any) -> None:
    revision = draft(desk, by=person, go_live_at=timezone.now() + dt.timedelta(hours=1))
    revision.publish(user=person)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - dt.timedelta(minutes=1))
    revision.refresh_from_db()
    revision.content["go_live_at"] = None
    revision.save()
    call_command("publish_scheduled", verbosity=0)


def after_unpublishing(desk: ConsultationDesk, person: Any) -> None:
    ConsultationDesk.objects.get(pk=desk.pk).unpublish(user=person)
    draft(desk, by=person).publish(user=person)


def after_unpublishing_and_scheduling(desk: ConsultationDesk, person: Any) -> None:
    ConsultationDesk.objects.get(pk=desk.pk).unpublish(user=person)
    by_schedule(desk, person)


def by_taking_the_channel_away_first(desk: ConsultationDesk, person: Any) -> None:
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    fresh.channels = [Channel(kind=ChannelKind.VISIT, value="浜町1", sort_order=0)]
    fresh.save_revision(user=person).publish(user=person)
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    fresh.channels = [*fresh.channels.all(), Channel(kind=ChannelKind.PHONE, value=NEW, sort_order=1)]
    fresh.save_revision(user=person).publish(user=person)


def by_a_new_row(desk: ConsultationDesk, person: Any) -> None:
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    fresh.channels = [Channel(kind=ChannelKind.PHONE, value=NEW, sort_order=0)]
    fresh.save_revision(user=person).publish(user=person)


def by_a_further_channel(desk: ConsultationDesk, person: Any) -> None:
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    fresh.channels = [*fresh.channels.all(), Channel(kind=ChannelKind.FAX, value=NEW, sort_order=1)]
    fresh.save_revision(user=person).publish(user=person)


def by_turning_an_address_into_a_number(desk: ConsultationDesk, person: Any) -> None:
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    fresh.channels = [*fresh.channels.all(), Channel(kind=ChannelKind.VISIT, value="浜町1", sort_order=1)]
    fresh.save_revision(user=person).publish(user=person)
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    channels = list(fresh.channels.all())
    channels[1].kind, channels[1].value = ChannelKind.PHONE, NEW
    fresh.channels = channels
    fresh.save_revision(user=person).publish(user=person)


def by_two_drafts_with_a_colleague_between(desk: ConsultationDesk, person: Any) -> None:
    """A colleague who only corrected a word has not typed the number."""
    draft(desk, by=person)
    draft(desk, by=make_user("editor"), description="言葉だけ").publish(user=person)


def by_approving_their_own_draft(desk: ConsultationDesk, person: Any) -> None:
    draft(desk, by=person)
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    state = fresh.get_workflow().start(fresh, person)
    state.current_task_state.approve(user=person)
    fresh.refresh_from_db()
    assert fresh.live_revision.user == person  # otherwise nothing was published


def by_reverting(desk: ConsultationDesk, person: Any) -> None:
    """An old draft of this person, published by them once more as a revert."""
    old = draft(desk, by=person)
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    fresh.save_revision(user=make_user("editor"))
    again = old.as_object().save_revision(user=person, previous_revision=old)
    again.publish(user=person, previous_revision=old)


def by_import(desk: ConsultationDesk, person: Any) -> None:
    numbers.propose(desk=desk, kind="phone", old=OLD, new="0865-63-0911", by=person)


WAYS = [
    by_button, by_saving_the_row, by_schedule, after_unpublishing, after_unpublishing_and_scheduling,
    by_taking_the_channel_away_first, by_a_new_row, by_a_further_channel, by_turning_an_address_into_a_number,
    by_two_drafts_with_a_colleague_between, by_approving_their_own_draft, by_reverting, by_import,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_one_person_alone_changes_no_number(
    way: Callable[[ConsultationDesk, Any], None], desk: ConsultationDesk, person: Any
) -> None:
    way(desk, person)
    assert NEW not in public_numbers(desk)
    change = NumberChange.objects.waiting().get()
    assert (change.new, change.proposed_by) == (NEW, person)
    with pytest.raises(ValidationError):
        numbers.confirm(change=change, by=person)
    assert NEW not in public_numbers(desk)
    numbers.confirm(change=change, by=make_user("secretariat"))  # the negative control: a second person can
    assert NEW in public_numbers(desk)


@pytest.mark.parametrize("way", [by_button, by_schedule, after_unpublishing, by_a_new_row, by_saving_the_row])
def test_residents_keep_the_old_number_meanwhile(
    way: Callable[[ConsultationDesk, Any], None], desk: ConsultationDesk, person: Any
) -> None:
    way(desk, person)
    assert public_numbers(desk) == [OLD]


def test_a_schedule_of_an_old_draft_and_an_old_draft_itself_bring_nothing_back(
    desk: ConsultationDesk, person: Any
) -> None:
    first = desk.live_revision
    assert first is not None
    by_button(desk, person)
    second = make_user("publisher")
    numbers.confirm(change=NumberChange.objects.get(), by=second)
    assert public_numbers(desk) == [NEW]
    first.publish(user=second)
    assert public_numbers(desk) == [NEW]
    again = NumberChange.objects.waiting().get()
    assert (again.new, again.proposed_by) == (
        OLD,
        second,
    )  # whoever typed it long ago: now it is the proposal of this one


def test_everything_else_goes_live_at_once(desk: ConsultationDesk, person: Any) -> None:
    draft(desk, by=person, description="新しい文", name="新しい名前").publish(user=person)
    desk.refresh_from_db()
    assert (desk.description, desk.name, public_numbers(desk)) == ("新しい文", "新しい名前", [OLD])


def test_hours_belong_to_their_number(desk: ConsultationDesk, person: Any) -> None:
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    channels = list(fresh.channels.all())
    channels[0].value, channels[0].hours = NEW, "24/7"
    fresh.channels = channels
    fresh.save_revision(user=person).publish(user=person)
    assert desk.channels.get().hours == "Mo-Fr 09:00-17:00"
    numbers.confirm(change=NumberChange.objects.get(), by=make_user("editor"))
    assert (desk.channels.get().value, desk.channels.get().hours) == (NEW, "24/7")


def test_hours_alone_need_one_person(desk: ConsultationDesk, person: Any) -> None:
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    channels = list(fresh.channels.all())
    channels[0].hours = "24/7"
    fresh.channels = channels
    fresh.save_revision(user=person).publish(user=person)
    assert (desk.channels.get().hours, NumberChange.objects.count()) == ("24/7", 0)


def test_taking_a_number_away_needs_one_person(desk: ConsultationDesk, person: Any) -> None:
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    fresh.channels = [Channel(kind=ChannelKind.VISIT, value="浜町1", sort_order=0)]
    fresh.save_revision(user=person).publish(user=person)
    assert (public_numbers(desk), NumberChange.objects.count()) == (["浜町1"], 0)


def test_publishing_again_asks_once_and_another_number_replaces_the_question(
    desk: ConsultationDesk, person: Any
) -> None:
    by_button(desk, person)
    by_button(desk, make_user("publisher"))
    assert [change.proposed_by for change in NumberChange.objects.all()] == [person]
    draft(desk, by=person, value="+81120000000").publish(user=person)
    states = dict(NumberChange.objects.values_list("new", "state"))
    assert states == {NEW: ChangeState.REPLACED, "+81120000000": ChangeState.WAITING}


def test_a_confirmed_number_is_in_the_drafts_so_that_nothing_flips_back(desk: ConsultationDesk, person: Any) -> None:
    by_button(desk, person)
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    assert [each.value for each in fresh.get_latest_revision_as_object().channels.all()] == [OLD]
    fresh.description = "待つ間に書いた下書き"
    fresh.save_revision(user=person)
    change = NumberChange.objects.get()
    numbers.confirm(change=change, by=make_user("secretariat"))
    latest = ConsultationDesk.objects.get(pk=desk.pk).get_latest_revision()
    assert [each["value"] for each in latest.content["channels"]] == [NEW]
    latest.publish(user=person)
    desk.refresh_from_db()
    assert (desk.description, public_numbers(desk)) == ("待つ間に書いた下書き", [NEW])
    assert not NumberChange.objects.waiting().exists()


def test_a_refused_number_leaves_the_drafts(desk: ConsultationDesk, person: Any) -> None:
    revision = draft(desk, by=person)
    revision.publish(user=person)
    numbers.refuse(change=NumberChange.objects.get(), by=make_user("secretariat"))
    revision.refresh_from_db()
    assert [each["value"] for each in revision.content["channels"]] == [OLD]
    revision.publish(user=person)
    assert (public_numbers(desk), NumberChange.objects.waiting().count()) == ([OLD], 0)


def test_a_new_channel_comes_with_all_it_was_written_with(desk: ConsultationDesk, person: Any) -> None:
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    chat = Channel(kind=ChannelKind.CHAT, value="https://chat.example.jp/", hours="24/7", no_voice=True, note="匿名で")
    fresh.channels = [*fresh.channels.all(), chat]
    fresh.save_revision(user=person).publish(user=person)
    assert public_numbers(desk) == [OLD]
    live = numbers.confirm(change=NumberChange.objects.get(), by=make_user("editor"))
    assert (live.hours, live.no_voice, live.note) == ("24/7", True, "匿名で")
    fresh = ConsultationDesk.objects.get(pk=desk.pk)
    fresh.get_latest_revision().publish(user=person)
    assert sorted(public_numbers(desk)) == sorted([OLD, "https://chat.example.jp/"])


@pytest.mark.parametrize("role", ["member", "orgadmin", "counsellor", "auditor", "admin"])
def test_others_decide_nothing(desk: ConsultationDesk, person: Any, role: str) -> None:
    by_button(desk, person)
    other = make_user(role, organization=desk.organization, is_superuser=True)
    for act in (numbers.confirm, numbers.refuse):
        with pytest.raises(PermissionDenied):
            act(change=NumberChange.objects.get(), by=other)


def test_decided_once(desk: ConsultationDesk, person: Any) -> None:
    by_button(desk, person)
    change = NumberChange.objects.get()
    numbers.refuse(change=change, by=person)  # whoever proposed it may take it back
    with pytest.raises(ValidationError):
        numbers.confirm(change=change, by=make_user("editor"))
    assert public_numbers(desk) == [OLD]


def test_the_database_keeps_two_people_apart(desk: ConsultationDesk, person: Any) -> None:
    by_button(desk, person)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberChange.objects.update(state=ChangeState.CONFIRMED, decided_by=person, decided_at=timezone.now())


def test_code_cannot_write_past_the_gate(desk: ConsultationDesk) -> None:
    row = desk.channels.get()
    row.value = NEW
    with pytest.raises(UntrustedNumber):
        row.save()
    with pytest.raises(UntrustedNumber):
        Channel.objects.create(desk=desk, kind=ChannelKind.MAIL, value="a@example.jp")


@pytest.mark.parametrize(
    "words", ["平日 0865-63-0911 へ", "電話０８６５－６３－０９１１", "090 1234 5678", "0000-00-0001"]
)
def test_a_number_does_not_slip_in_as_words(desk: ConsultationDesk, words: str) -> None:
    for name in ("description", "audience", "promises", "worries"):
        desk.refresh_from_db()
        setattr(desk, name, [words] if name in {"promises", "worries"} else words)
        with pytest.raises(ValidationError) as caught:
            desk.full_clean()
        assert set(caught.value.message_dict) == {name}
    row = desk.channels.get()
    row.note = row.hours_text = words
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert set(caught.value.message_dict) == {"note", "hours_text"}


@pytest.mark.parametrize(
    "words", ["18:00-22:00", "2026-05-01から", "浜町1-2-3", "〒714-8601 内線1234", "#9999", "90日", ""]
)
def test_other_digits_are_words(desk: ConsultationDesk, words: str) -> None:
    desk.description = words
    desk.full_clean()


def test_what_was_never_public_is_nobody_elses_business(person: Any) -> None:
    hidden = make_desk(live=False)
    draft(hidden, by=person).publish(user=person)
    assert (public_numbers(hidden), NumberChange.objects.count()) == ([NEW], 0)


def test_the_trail_names_acts_and_no_numbers(desk: ConsultationDesk, person: Any) -> None:
    by_button(desk, person)
    numbers.confirm(change=NumberChange.objects.get(), by=make_user("editor"))
    trail = AuditEvent.objects.filter(action__startswith="number.")
    assert list(trail.order_by("pk").values_list("action", flat=True)) == ["number.proposed", "number.confirmed"]
    assert not any(text in str(list(trail.values())) for text in (OLD, NEW, "63-0911"))


def test_the_publish_button_in_the_admin(login: Callable[..., tuple[Client, Any]], desk: ConsultationDesk) -> None:
    client, user = login("publisher")
    row = desk.channels.get()
    sent = {
        "name": "窓口", "organization": desk.organization_id, "for_self": "on", "worries": "", "aliases": "", "promises": "",
        "description": "直した文", "action-publish": "1", "channels-TOTAL_FORMS": "1", "channels-INITIAL_FORMS": "1",
        "channels-MIN_NUM_FORMS": "1", "channels-MAX_NUM_FORMS": "1000", "channels-0-id": row.pk, "channels-0-kind": "phone",
        "channels-0-value": "0865-63-0911", "channels-0-hours": "Mo-Fr 09:00-17:00", "channels-0-ORDER": "1",
    }  # fmt: skip
    page = client.post(f"/admin/snippets/directory/consultationdesk/edit/{desk.pk}/", sent, follow=True)
    assert page.status_code == 200
    desk.refresh_from_db()
    assert (desk.description, public_numbers(desk)) == ("直した文", [OLD])
    assert NumberChange.objects.get().proposed_by == user
