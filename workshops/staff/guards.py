"""What keeps the page of an event in its place while people are registered, and where event pages come from."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from workshops.models import EventPage, EventProse, Registration


def occupied(page: Page) -> EventProse | None:
    """The first linked page with registrations among this page and those below it."""
    pages = EventPage.objects.filter(path__startswith=page.path)
    proses = EventProse.objects.filter(page__in=pages).select_related("event", "page")
    booked = Registration.objects.values("occurrence__event")
    return proses.filter(event__in=booked).order_by("page__path").first()


def refuse(request: HttpRequest, prose: EventProse) -> HttpResponse:
    """Back to the event, where it can be called off; unpublishing is the other way."""
    messages.error(
        request,
        _("“%(title)s” cannot be deleted: people are registered. Call the event off here, or unpublish its page.")
        % {"title": prose.page.title},
        buttons=[messages.button(f"/admin/pages/{prose.page_id}/unpublish/", _("Unpublish the page"))],
    )
    return redirect("event:edit", prose.event_id)


def keep_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook before one page is deleted (with all below it)."""
    prose = occupied(page)
    return refuse(request, prose) if prose else None


def keep_pages(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Hook before several pages are deleted at once."""
    if action_type != "delete":
        return None
    for thing in objects:
        prose = occupied(thing) if isinstance(thing, Page) else None
        if prose:
            return refuse(request, prose)
    return None


def begin_with_the_event(request: HttpRequest, parent: Page, page_class: type[Page]) -> HttpResponse | None:
    """A page of an event is made with its event, never alone."""
    if page_class is not EventPage:
        return None
    messages.info(request, _("Write the event first; the draft of its page is then made for you."))
    return redirect("event:add")
