"""Doors for members; mounted inside the namespace `members` by cms/urls.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
