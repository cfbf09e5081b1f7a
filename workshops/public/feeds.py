"""Calendars to subscribe to: all public events or some of them with their titles, one event with neutral ones."""

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.dates import today
from cms.models import SiteSettings
from workshops.calendars import FILE_NAME, MEDIA_TYPE, meeting_entry, neutral_title
from workshops.models import Event, Occurrence, PersonalFeed
from workshops.permissions import may_have_a_feed
from workshops.public.asked import Asked
from workshops.public.entries import calendar_text, public_title
from workshops.public.filters import panel, said
from workshops.queries.events import Wanted, coming, listed, of_a_member
from workshops.queries.meetings import meetings_of_a_member

#: The feed looks back so far, that a calendar still shows what was called off yesterday.
LOOKS_BACK = dt.timedelta(days=31)
#: More entries no calendar programme takes gladly.
MOST = 1_000
#: Writing a thousand entries takes about a second, so the text is kept for a while (seconds).
KEPT_FOR = 300
#: Entries of the feed for readers of news.
NEWEST = 50


@require_safe
@cache_control(public=True, max_age=900)
def all_events(request: HttpRequest) -> HttpResponse:
    """`/events.ics`: the public calendar with its titles; narrowed like the list (`?k=family`)."""
    asked = Asked.read(request.GET).anytime
    rows = listed(_since(asked.wanted))
    name = calendar_name(asked)
    text = cache.get_or_set(_version(rows, asked), lambda: _titled(rows, name), KEPT_FOR)
    return _answer(text or _titled(rows, name), "events.ics")


@require_safe
@cache_control(public=True, max_age=900)
def one_event(request: HttpRequest, slug: str) -> HttpResponse:
    """`/events/<slug>.ics`: neutral entries, for a calendar that others may look into."""
    event = get_object_or_404(Event.objects.public(), slug=slug)
    rows: QuerySet[Occurrence] = Occurrence.objects.visible_to(AnonymousUser()).filter(event=event)
    return _answer(calendar_text(rows.select_related("event"), name=_("Plans"), title=neutral_title), FILE_NAME)


@require_safe
def personal(request: HttpRequest, token: str) -> HttpResponse:
    """`/feeds/<token>.ics`: what a member's organisation holds, and its meetings, with neutral titles.

    Asks anew each time who may. A wrong address, one taken back and one whose owner may no longer enter are the same
    404. The gate's middleware adds `no-store` and `noindex`.
    """
    feed = PersonalFeed.objects.by_token(token).first()
    if feed is None or not may_have_a_feed(feed.user):
        raise Http404
    rows = of_a_member(feed.user, since=today() - LOOKS_BACK)[:MOST]
    meetings = [meeting_entry(each) for each in meetings_of_a_member(feed.user, since=today() - LOOKS_BACK)]
    text = calendar_text(rows, name=_("Plans"), title=neutral_title, pages=False, more=meetings)
    return _answer(text, FILE_NAME)


@require_safe
def event_feed(request: HttpRequest) -> HttpResponse:
    """`/events/feed/`: what is coming, as Atom for readers of news; narrowed like the list."""
    asked = Asked.read(request.GET).anytime
    address = settings.BASE_URL + reverse("workshops:event_list")
    feed = Atom1Feed(
        title=f"{SiteSettings.for_request(request).service_name}：{calendar_name(asked)}",
        link=asked.href(address),
        description="",
        language="ja",
        feed_url=asked.href(settings.BASE_URL + reverse("workshops:event_feed")),
    )
    for occurrence in coming(asked.wanted)[:NEWEST]:
        event = occurrence.event
        feed.add_item(
            title=f"{occurrence.day_and_hours}　{event.title}",
            link=f"{settings.BASE_URL}/events/{event.slug}/",
            description=event.summary,
            unique_id=f"{settings.BASE_URL}/events/{event.slug}/#o{occurrence.pk}",
            unique_id_is_permalink=False,
            pubdate=event.created_at,
            updateddate=max(event.changed_at, occurrence.changed_at),
            categories=[str(event.get_kind_display())],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """`/events/subscribe/`: what subscribing is, and the addresses for it; of one's own choice when the list was one."""
    asked = Asked.read(request.GET).anytime
    fields = {field.name: field for field in panel(asked)}
    context = {
        "asked": asked,
        "name": calendar_name(asked),
        "chosen": addresses(asked),
        "groups": [
            (fields["k"].label, [(choice.label, addresses(Asked(kind=choice.code))) for choice in fields["k"].choices]),
            (
                fields["g"].label,
                [(choice.label, addresses(Asked(group=choice.code))) for choice in fields["g"].choices],
            ),
        ],
    }
    return render(request, "workshops/public/event_subscribe.html", context)


def addresses(asked: Asked) -> dict[str, str]:
    """Where the same calendar is found: https for copying, webcal for opening in a programme, Atom for readers."""
    address = asked.href(settings.BASE_URL + reverse("workshops:events_ics"))
    return {
        "address": address,
        "webcal": "webcal:" + address.partition(":")[2],
        "atom": asked.href(reverse("workshops:event_feed")),
    }


def calendar_name(asked: Asked) -> str:
    """「催し」, or 「催し（親子・ご近所、車いす）」: what a programme calls the calendar."""
    words = "、".join(said(asked)) if asked.narrows else ""
    return f"{_('Events')}（{words}）" if words else _("Events")


def _since(wanted: Wanted) -> Wanted:
    return replace(wanted, first=today() - LOOKS_BACK)


def _titled(rows: QuerySet[Occurrence], name: str) -> bytes:
    return calendar_text(rows[:MOST], name=name, title=public_title)


def _version(rows: QuerySet[Occurrence], asked: Asked) -> str:
    """Changes with what is public, and with every entry that was changed."""
    state = rows.order_by().aggregate(
        count=Count("pk"), ids=Sum("pk"), steps=Sum("sequence"), at=Max("changed_at"), of=Max("event__changed_at")
    )
    at, of = (state[name].timestamp() if state[name] else 0 for name in ("at", "of"))
    return f"workshops.events_ics.{asked.query}.{state['count']}.{state['ids']}.{state['steps']}.{at}.{of}"


def _answer(text: bytes, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
