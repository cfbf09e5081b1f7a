"""Whatever communications staff do to a page, seats and registrations stay as they are (design §3.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from wagtail.models import Page

from cms.dates import now
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.models import Event, EventIndexPage, EventPage, EventProse, Occurrence, Registration

pytestmark = pytest.mark.django_db


def state() -> tuple[Any, ...]:
    """Everything that counts."""
    return (
        list(Event.objects.order_by("pk").values("pk", "slug", "status", "unit")),
        list(Occurrence.objects.order_by("pk").values("pk", "starts_at", "capacity", "taken", "state")),
        list(Registration.objects.order_by("pk").values("pk", "occurrence_id", "state", "seats", "party_size")),
        list(EventProse.objects.order_by("pk").values("pk", "event_id", "page_id")),
    )


@pytest.fixture
def booked() -> EventPage:
    """The live page of an event with a registration."""
    event = make_event(unit="person")
    make_registration(make_occurrence(event), people=3, name="ひみつの人")
    return EventPage.objects.get(prose__event=event)


def old_revision(page: EventPage) -> None:
    page.title = "古い題名"
    old = page.save_revision()
    page.title = "新しい題名"
    page.save_revision().publish()
    old.publish()


def revert(page: EventPage) -> None:
    old = page.get_latest_revision()
    assert old is not None
    page.title = "べつの題名"
    page.save_revision().publish()
    old.as_object().save_revision().publish()


def scheduled(page: EventPage) -> None:
    page.go_live_at = now() - dt.timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()


def copy(page: EventPage) -> None:
    page.copy(update_attrs={"slug": "copied", "title": "写し"}, keep_live=True)


def alias(page: EventPage) -> None:
    page.create_alias(update_slug="aliased")


def move(page: EventPage) -> None:
    page.move(EventIndexPage.objects.get(), pos="first-child")


def unpublish(page: EventPage) -> None:
    page.unpublish()


def rename(page: EventPage) -> None:
    page.slug = "another-address"
    page.save_revision().publish()


@pytest.mark.parametrize("deed", [old_revision, revert, scheduled, copy, alias, move, unpublish, rename])
def test_no_deed_on_a_page_changes_a_seat(booked: EventPage, deed: Callable[[EventPage], None]) -> None:
    before, slug = state(), booked.slug
    deed(EventPage.objects.get(pk=booked.pk))
    assert state() == before
    assert EventPage.objects.get(pk=booked.pk).slug == slug


def test_negative_control_an_action_does_change_the_state(booked: EventPage) -> None:
    before = state()
    make_registration(make_occurrence(Event.objects.get()))
    assert state() != before


def test_revisions_hold_no_seat_and_no_person(booked: EventPage) -> None:
    for revision in booked.revisions.all():
        assert not {"taken", "capacity", "occurrences", "registrations"} & set(revision.content)
        assert "ひみつの人" not in str(revision.content)


def test_a_copy_and_an_alias_show_no_button(booked: EventPage, client: Client) -> None:
    copy(booked)
    alias(booked)
    for slug in ("copied", "aliased"):
        page = client.get(f"/events/{slug}/").content.decode()
        assert "/register/" not in page
    assert "/register/" in client.get(f"/events/{booked.slug}/").content.decode()


@pytest.mark.parametrize("which", ["page", "parent", "queryset"])
def test_code_cannot_delete_a_page_with_registrations(booked: EventPage, which: str) -> None:
    before = state()
    deeds: dict[str, Callable[[], Any]] = {
        "page": booked.delete,
        "parent": EventIndexPage.objects.get().delete,
        "queryset": Page.objects.filter(pk=booked.pk).delete,
    }
    with pytest.raises(ProtectedError), transaction.atomic():
        deeds[which]()
    assert state() == before
    assert EventPage.objects.filter(pk=booked.pk).exists()


def test_an_event_cannot_be_deleted_while_anything_hangs_on_it(booked: EventPage) -> None:
    event = Event.objects.get()
    with pytest.raises(ProtectedError):
        event.delete()
    with pytest.raises(ProtectedError):
        Occurrence.objects.get().delete()
    empty = make_event()
    with pytest.raises(ProtectedError):
        empty.delete()


def test_a_page_without_registrations_may_go() -> None:
    page = EventPage.objects.get(prose__event=make_event())
    page.delete()
    assert not EventProse.objects.exists()
    assert Event.objects.count() == 1
