"""Doors under /accounts/ that are ours: accepting an invitation, the second factor that is still missing."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
