"""The members' home: what waits for me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tasks first, then cases that are new to me, then the next events."""
    return render(request, "home/members/home.html")
