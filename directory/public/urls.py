"""Doors for residents."""

from django.urls import URLPattern, path

from directory.public import views

app_name = "directory"
urlpatterns: list[URLPattern] = [
    path("help/", views.desk_list, name="desk_list"),
    path("help/<slug:slug>/", views.desk_detail, name="desk_detail"),
]
