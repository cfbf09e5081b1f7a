"""Addresses of holds and of the destruction register; part of `urls`."""

from django.urls import URLPattern, path

from directory.members.consultations import keeping

urlpatterns: list[URLPattern] = [
    path("consultations/destroyed/", keeping.consultations_destroyed, name="consultations_destroyed"),
    path("consultations/destroyed/csv/", keeping.consultations_destroyed_csv, name="consultations_destroyed_csv"),
    path("consultations/<uuid:pk>/hold/", keeping.consultation_hold, name="consultation_hold"),
    path("consultations/<uuid:pk>/hold/lift/", keeping.consultation_hold_lift, name="consultation_hold_lift"),
    path("consultations/<uuid:pk>/held/", keeping.consultation_held, name="consultation_held"),
]
