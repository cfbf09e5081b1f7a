"""What residents may know of meetings: the published summaries, and nothing else of them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory.models import Body
from workshops.models import Summary

PAGE = 20


@require_safe
def summaries(request: HttpRequest) -> HttpResponse:
    """`/about/meetings/?body=…`: the latest first."""
    shown = Summary.objects.public().select_related("meeting__body")
    bodies = list(Body.objects.public().filter(pk__in=shown.order_by().values("meeting__body")))
    body = next((each for each in bodies if each.slug == request.GET.get("body")), None)
    rows = shown.filter(meeting__body=body) if body else shown
    page = Paginator(rows.order_by("-meeting__happened_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "bodies": bodies, "body": body, "query": f"body={body.slug}" if body else ""}
    return render(request, "workshops/public/summaries.html", context)


@require_safe
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """`/about/meetings/<slug>/`: one summary."""
    found = get_object_or_404(Summary.objects.public().select_related("meeting__body"), slug=slug)
    return render(request, "workshops/public/summary.html", {"summary": found, "meeting": found.meeting})
