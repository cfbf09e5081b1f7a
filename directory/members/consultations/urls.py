"""The counsellors' doors, below `/members/`. Every view of them lives in this package: the gate reads its door there."""

from django.urls import URLPattern, path

from directory.members.consultations import inbox, thread

urlpatterns: list[URLPattern] = [
    path("consultations/", inbox.consultations, name="consultations"),
    path("consultations/<uuid:pk>/", thread.consultation, name="consultation"),
]
