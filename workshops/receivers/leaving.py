"""Who leaves, or whose organisation does, takes no calendar along; what an organisation's zip holds of this room."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.actions.takeaway import Table, register_provider, table_of
from directory.models import Organization, User
from directory.signals import membership_ended, person_left
from workshops.models import Event, EventResult, Occurrence, PersonalFeed

EVENT = (
    "slug", "title", "summary", "kind", "status", "format", "venue_name", "venue_address", "access", "audience", "fee_text",
    "accessibility", "contact_name", "contact_phone", "contact_email", "url", "registration_mode", "what_happens",
    "who_greets", "created_at", "changed_at",
)  # fmt: skip


def end_feeds(sender: type[Organization], organization: Organization, **kwargs: Any) -> None:
    """The address itself goes: it would have answered 404 from this moment anyway."""
    PersonalFeed.objects.filter(user__organization=organization).delete()


def end_feed(sender: type[User], user: User, **kwargs: Any) -> None:
    """The same for one person."""
    PersonalFeed.objects.filter(user=user).delete()


def events(organization: Organization) -> Table:
    """What the organisation holds, also what it proposed and nobody has published yet."""
    rows = Event.objects.filter(host=organization).order_by("created_at", "pk")
    return table_of(_("Events"), rows, EVENT, Event)


def dates_of_events(organization: Organization) -> Table:
    """Their days, with seats as numbers: never who registered."""
    rows = Occurrence.objects.filter(event__host=organization).select_related("event").order_by("starts_at", "pk")
    header = [_("Event"), pgettext("column", "Begins"), pgettext("column", "Ends"), pgettext("column", "State")]
    found = [[each.event.title, each.starts_at, each.ends_at, each.get_state_display()] for each in rows]
    return Table(_("Days of the events"), header, list(found))


def results(organization: Organization) -> Table:
    """What came of them, as the organisation wrote it."""
    fields = ("event", "attended", "effect", "learning")
    rows = EventResult.objects.filter(event__host=organization).select_related("event").order_by("pk")
    return table_of(_("What came of the events"), rows, fields, EventResult)


def register() -> None:
    """Called by ready()."""
    membership_ended.connect(end_feeds, dispatch_uid="workshops.membership_ended")
    person_left.connect(end_feed, dispatch_uid="workshops.person_left")
    for provider in (events, dates_of_events, results):
        register_provider(provider.__name__, provider)
