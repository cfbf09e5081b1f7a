"""Doors for members; mounted inside the namespace `members` by cms/urls.py."""

from django.urls import URLPattern, path

from workshops.members import checkin, events, feeds, office, office_entry, office_seats, proposals, results, studies
from workshops.members.meetings.routes import meeting_routes

urlpatterns: list[URLPattern] = [
    *meeting_routes,
    path("event-proposals/", proposals.event_proposals, name="event_proposals"),
    path("event-proposals/new/", proposals.event_proposal_new, name="event_proposal_new"),
    path("event-proposals/<int:pk>/", proposals.event_proposal, name="event_proposal"),
    path("event-proposals/<int:pk>/withdraw/", proposals.event_proposal_withdraw, name="event_proposal_withdraw"),
    path("office/events/", office.events, name="office_events"),
    path("office/events/<int:pk>/", office.registrations, name="office_registrations"),
    path("office/events/<int:pk>/registrations.csv", office.export, {"form": "csv"}, name="office_registrations_csv"),
    path(
        "office/events/<int:pk>/registrations.xlsx", office.export, {"form": "xlsx"}, name="office_registrations_xlsx"
    ),
    path("office/events/<int:pk>/enter/", office_entry.entry, name="office_entry"),
    path("office/events/dates/<int:pk>/seats/<slug:way>/", office_seats.seats, name="office_seats"),
    path("events/study/", studies.studies, name="studies"),
    path("events/study/new/", studies.study_new, name="study_new"),
    path("events/study/<uuid:pk>/", studies.study, name="study"),
    path("events/study/<uuid:pk>/edit/", studies.study_edit, name="study_edit"),
    path("events/study/<uuid:pk>/notes/", studies.study_notes, name="study_notes"),
    path("events/study/<uuid:pk>/call-off/", studies.study_call_off, name="study_call_off"),
    path("events/", events.events, name="events"),
    path("events/calendar/", feeds.calendar_feed, name="calendar_feed"),
    path("events/<int:pk>/", events.event_people, name="event_people"),
    path("events/<int:pk>/result/", results.event_result, name="event_result"),
    path("events/dates/<int:pk>/", checkin.check_in, name="check_in"),
    path("events/dates/<int:pk>/arrived/", checkin.arrived, name="check_in_arrived"),
    path("events/dates/<int:pk>/undo/", checkin.undo, name="check_in_undo"),
    path("events/dates/<int:pk>/walk-in/", checkin.walk_in, name="check_in_walk_in"),
    path("events/dates/<int:pk>/sheet/", checkin.sheet, name="check_in_sheet"),
    path("events/checkin/<str:mark>/", checkin.scanned, name="check_in_scanned"),
]
