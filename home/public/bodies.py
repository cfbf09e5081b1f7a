"""会議体 for residents: who sits in a body, and what may be read of its meetings. Rooms meet here: seats and meetings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory.forms import AsOfForm
from directory.models import Body
from directory.queries import body_page


@require_safe
def body_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`/about/bodies/<slug>/?on=…`: what a body is for, who sat there on that day, its history, its meetings."""
    body = get_object_or_404(Body.objects.visible_to(request.user), slug=slug)
    form = AsOfForm(request.GET, [])
    context = {"form": form, "shown": body_page(body, form.day), "body": body}
    return render(request, "home/public/body_detail.html", context)
