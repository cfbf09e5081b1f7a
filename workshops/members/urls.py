"""Doors for members; mounted inside the namespace `members` by cms/urls.py."""

from django.urls import URLPattern, path

from workshops.members import office

urlpatterns: list[URLPattern] = [
    path("office/events/", office.events, name="office_events"),
    path("office/events/<int:pk>/", office.registrations, name="office_registrations"),
    path("office/events/<int:pk>/registrations.csv", office.export, {"form": "csv"}, name="office_registrations_csv"),
    path(
        "office/events/<int:pk>/registrations.xlsx", office.export, {"form": "xlsx"}, name="office_registrations_xlsx"
    ),
]
