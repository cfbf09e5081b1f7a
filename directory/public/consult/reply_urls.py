"""Addresses of the reply room, below `/consult/`. No code and no consultation stands in any of them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from directory.public.consult import reply, reply_consent, reply_details, reply_ending
from directory.public.consult.reply_door import of_one_room

urlpatterns: list[URLPattern | URLResolver] = [
    path("reply/", reply.consult_reply, name="consult_reply"),
    path("reply/more/", reply_details.consult_more, name="consult_more"),
    path("reply/handover/<int:pk>/", of_one_room(reply_consent.consult_answer), name="consult_answer"),
    path("reply/take-back/", of_one_room(reply_ending.consult_take_back), name="consult_take_back"),
    path("reply/delete/", of_one_room(reply_ending.consult_delete), name="consult_delete"),
    path("reply/close/", reply_ending.consult_close, name="consult_close"),
]
