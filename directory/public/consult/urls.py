"""Addresses below `/consult/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from directory.public.consult import reply_urls, writing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", writing.consult, name="consult"),
    path("desk/", writing.consult_desk, name="consult_desk"),
    path("save/", writing.consult_save, name="consult_save"),
    path("sent/", writing.consult_sent, name="consult_sent"),
    path("leave/", writing.consult_leave, name="consult_leave"),
    *reply_urls.urlpatterns,
]
