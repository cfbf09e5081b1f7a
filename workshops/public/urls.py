"""Doors for residents."""

from django.urls import URLPattern, path

from workshops.public import registrations

app_name = "workshops"
urlpatterns: list[URLPattern] = [
    path("events/<slug:slug>/register/", registrations.register, name="register"),
    path("registrations/", registrations.by_code, name="registration_code"),
    path("registrations/<str:token>/", registrations.registration, name="registration"),
    path("registrations/<str:token>/change/", registrations.change, name="registration_change"),
    path("registrations/<str:token>/withdraw/", registrations.withdraw, name="registration_withdraw"),
    path("registrations/<str:token>/yotei.ics", registrations.calendar, name="registration_calendar"),
]
