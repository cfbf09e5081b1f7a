"""居場所 for residents: where one can simply be, and what the first day there is like. Rooms meet here: hours and events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from cms import dates
from directory.hours import coming_week
from directory.models import Opportunity, Place, PlacesIndexPage
from directory.public.forms import with_page
from directory.public.toggles import Toggle, toggles_of
from directory.queries.places import place_at
from home.public.place_forms import PlacesForm
from home.queries.places import as_when, coming_events, events_at, find_places
from workshops.models import Occurrence

EVENTS_AHEAD = dt.timedelta(days=60)
SHOWN_EVENTS = 4
WISHES: dict[str, str | Promise] = {
    "kinds": _("What kind of place"),
    "age": _("Your age"),
    "online": pgettext_lazy("place", "Online"),
    "free": _("Costs nothing"),
    "facts": _("What makes coming easier"),
    "weekday": _("Day of the week"),
    "today": _("Open today"),
}


def toggles(form: PlacesForm) -> list[Toggle]:
    """Today, without talking, with a wheelchair, with children, without money."""
    common = (
        ("t", "1", _("Open today"), ""),
        ("f", "v", _("You need not talk"), "no-voice"),
        ("f", "w", _("By wheelchair"), "wheelchair"),
        ("f", "f", _("With children"), "child"),
        ("y", "1", _("Costs nothing"), "free"),
    )
    return toggles_of(form.query, common)


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """`/places/`: places that fit, those open now first, each with what the first visit is like."""
    form = PlacesForm(request.GET)
    found = find_places(form.filters(), dates.now(), page=form.page(), user=request.user)
    context = {
        "page": PlacesIndexPage.objects.live().first(),
        "form": form,
        "found": found,
        "dropped": [WISHES[name] for name in found.dropped],
        "toggles": toggles(form),
        "next_query": with_page(form.query, found.page + 1),
        "previous_query": with_page(form.query, found.page - 1),
    }
    return render(request, "home/public/place_list.html", context)


def first_day(place: Place) -> list[tuple[str | Promise, str]]:
    """The first visit, step by step; what is not known is left out."""
    steps: list[tuple[str | Promise, str]] = [
        (_("Coming in"), place.arriving),
        (_("Who receives you"), place.greeting),
        (_("What you are asked"), place.asking),
        (_("About talking"), place.talking),
        (_("Going home"), place.leaving),
    ]
    return [(title, words) for title, words in steps if words]


def next_of_each(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """The next time of each event: a series is one card."""
    first: dict[int, Occurrence] = {}
    for each in occurrences:
        first.setdefault(each.event_id, each)
    return list(first.values())


@require_safe
def place_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`/places/<slug>/`: the first day, when it is open, where it is, what takes place there."""
    place = get_object_or_404(Place.objects.visible_to(request.user).select_related("organization"), slug=slug)
    now = dates.now()
    coming = coming_events(now, EVENTS_AHEAD)
    there = events_at(place, coming)
    elsewhere = [each for each in coming if each.event.host_id == place.organization_id and each not in there]
    hours = place.opening_hours
    context: dict[str, Any] = {
        "place": place,
        "item": place_at(place, now, events=[as_when(each) for each in there]),
        "steps": first_day(place),
        "week": coming_week(hours, now.date()) if hours else [],
        "events": next_of_each(there)[:SHOWN_EVENTS],
        "others": next_of_each(elsewhere)[:SHOWN_EVENTS],
        "themes": list(place.themes.all()),
        "opportunities": Opportunity.objects.visible_to(AnonymousUser()).open_on(now.date()).filter(place=place),
    }
    return render(request, "home/public/place_detail.html", context)
