"""Writing without an account: the first page, the choice of a desk, what is kept meanwhile, the page after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from directory.public.consult import cookies


def consult(request: HttpRequest) -> HttpResponse:
    """`/consult/`: the numbers, one box, one button."""
    return render(request, "directory/public/consult.html", {})


def consult_desk(request: HttpRequest) -> HttpResponse:
    """`/consult/desk/`: to whom."""
    return consult(request)


def consult_save(request: HttpRequest) -> HttpResponse:
    """`/consult/save/`: what is written so far."""
    return HttpResponse(status=204)


def consult_sent(request: HttpRequest) -> HttpResponse:
    """`/consult/sent/`: the words of the code, and what happens next."""
    return consult(request)


def consult_leave(request: HttpRequest) -> HttpResponse:
    """`/consult/leave/`: the quick exit; nothing of the visit is left."""
    response = redirect("/help/")
    cookies.end(request, response)
    return response
