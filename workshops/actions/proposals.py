"""Verbs about events that organisations propose: handed in, written anew, taken back.

A proposal is an event with a draft page in the publishers' workflow. Nothing of it is public until somebody of
communications publishes the page; after that the event is theirs to change.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit, outbox
from directory.models import Organization, User
from workshops.actions.events import Plan, change_event, create_event, make_page
from workshops.models import Event, EventPage, EventProse
from workshops.permissions import may_propose_events

#: More waiting at once would be a mistake, or a machine.
MOST_WAITING = 20
MAIL_KIND = "event_proposal"


def proposed_by(organization: Organization) -> Any:
    """What an organisation has proposed, the newest first, with its pages."""
    return (
        Event.objects.filter(host=organization, proposed_by__isnull=False)
        .defer("source_row")
        .prefetch_related("occurrences", "proses__page")
        .order_by("-pk")
    )


def page_of(event: Event) -> EventPage | None:
    """The page of a proposal."""
    prose = EventProse.objects.select_related("page").filter(event=event).first()
    return prose.page if prose else None


def may_still_write(event: Event) -> bool:
    """Nobody outside has read it yet: the proposer may write it anew or take it back."""
    page = page_of(event)
    return page is not None and not page.live and page.first_published_at is None


@transaction.atomic
def propose(*, by: User, plans: list[Plan], **fields: Any) -> Event:
    """Hand a new event in. Raises PermissionDenied without an organisation, ValidationError by field."""
    if not may_propose_events(by) or by.organization is None:
        raise PermissionDenied
    waiting = Event.objects.filter(host=by.organization, proposed_by__isnull=False, proses__page__live=False)
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(
            {"": [_("%(count)s proposals wait already. Please let them be looked at first.") % {"count": MOST_WAITING}]}
        )
    event = create_event(by=by, plans=plans, host=by.organization, proposed_by=by, **fields)
    page = make_page(event=event, by=by)
    _hand_in(page)
    audit.record("event.proposed", by=by, target=event)
    return event


@transaction.atomic
def propose_anew(*, event: Event, by: User, plans: list[Plan], **fields: Any) -> None:
    """Write an unpublished proposal anew and hand it in again, also after it came back with a comment."""
    _ask(event, by)
    page = page_of(event)
    change_event(event=event, by=by, plans=plans, **fields)
    if page is None:
        return
    draft = page.get_latest_revision_as_object()
    draft.title, draft.introduction = event.title, event.summary[:1000]
    draft.save_revision(user=by)
    _end_open(page, by)
    _hand_in(page)
    audit.record("event.proposed", by=by, target=event)


@transaction.atomic
def withdraw(*, event: Event, by: User) -> None:
    """Take an unpublished proposal back: it goes, and its draft with it."""
    _ask(event, by)
    page = page_of(event)
    audit.record("event.proposal_withdrawn", by=by, target=event)
    if page is not None:
        _end_open(page, by)
        page.delete()
    event.occurrences.all().delete()
    event.questions.all().delete()
    event.delete()


def tell(*, page: EventPage, answer: str) -> None:
    """The proposer hears that something happened; what it is stands behind the login. `answer` is a code."""
    event = page.event
    if event is None or event.proposed_by is None or event.host_id is None:
        return
    person = event.proposed_by
    outbox.post(
        kind=MAIL_KIND,
        to=person.email,
        template="workshops/mail/event_proposal",
        context={"path": "/members/event-proposals/", "event": event.pk, "user": person.pk},
        key=f"event_proposal:{event.pk}:{answer}",
    )


def _ask(event: Event, by: User) -> None:
    own = event.host_id is not None and event.host_id == by.organization_id and event.proposed_by_id is not None
    if not (own and may_propose_events(by)):
        raise PermissionDenied
    if not may_still_write(event):
        raise ValidationError({"": [_("It is public already. Please tell communications what should change.")]})


def _hand_in(page: EventPage) -> None:
    workflow = page.get_workflow()
    if workflow is not None:
        # Nobody is named as the one who asked: Wagtail's own mails lead to a workplace members have no door to.
        workflow.start(EventPage.objects.get(pk=page.pk), None)


def _end_open(page: EventPage, by: User) -> None:
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=by)
