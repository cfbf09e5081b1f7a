"""The counsellors' doors, below `/members/`. Every view of them lives in this package: the gate reads its door there."""

from django.urls import URLPattern, URLResolver, include, path

from directory.members.consultations import inbox, reception, thread

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("directory.members.consultations.handing_urls")),
    path("", include("directory.members.consultations.keeping_urls")),
    path("consultations/", inbox.consultations, name="consultations"),
    path("consultations/desk/", reception.reception, name="consultation_reception"),
    path("consultations/<uuid:pk>/", thread.consultation, name="consultation"),
]
