"""Doors under /accounts/ that are ours: accepting an invitation, the second factor that is still missing."""

from django.urls import URLPattern, path

from directory.public import accounts

urlpatterns: list[URLPattern] = [
    path("invitation/<str:token>/", accounts.invitation, name="invitation"),
    path("almost/", accounts.mfa_needed, name="mfa_needed"),
    path("go-on/", accounts.go_on, name="go_on"),
    path("unsent/", accounts.unsent_form, name="unsent_form"),
    path("file/", accounts.file_ready, name="file_ready"),
]
