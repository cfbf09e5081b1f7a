"""Doors for residents."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter

from workshops.public import feedback, feeds, meetings, passes, registering, registrations, views


class Year(IntConverter):
    """Four digits."""

    regex = "[0-9]{4}"


class Month(IntConverter):
    """01 … 12."""

    regex = "0[1-9]|1[0-2]"

    def to_url(self, value: int | str) -> str:
        """Two digits."""
        return f"{int(value):02}"


register_converter(Year, "yyyy")
register_converter(Month, "mm")

app_name = "workshops"
urlpatterns: list[URLPattern] = [
    path("about/meetings/", meetings.summaries, name="summaries"),
    path("about/meetings/<slug:slug>/", meetings.summary, name="summary"),
    path("events/", views.event_list, name="event_list"),
    path("events/<yyyy:year>/<mm:month>/", views.event_month, name="event_month"),
    path("events.ics", feeds.all_events, name="events_ics"),
    path("events/feed/", feeds.event_feed, name="event_feed"),
    path("events/subscribe/", feeds.subscribe, name="event_subscribe"),
    path("feeds/<slug:token>.ics", feeds.personal, name="personal_feed"),
    path("events/<slug:slug>.ics", feeds.one_event, name="event_ics"),
    path("events/<slug:slug>/register/", registering.register, name="register"),
    path("registrations/", registrations.by_code, name="registration_code"),
    path("registrations/<str:token>/", registrations.registration, name="registration"),
    path("registrations/<str:token>/change/", registrations.change, name="registration_change"),
    path("registrations/<str:token>/accept/", registrations.accept, name="registration_accept"),
    path("registrations/<str:token>/feedback/", feedback.feedback, name="feedback"),
    path("registrations/<str:token>/withdraw/", registrations.withdraw, name="registration_withdraw"),
    path("registrations/<str:token>/qr.svg", passes.qr, name="registration_qr"),
    path("registrations/<str:token>/yotei.ics", registrations.calendar, name="registration_calendar"),
]
