"""While staff fill in the table of hours: how residents will read it."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from directory.forms.hours import reading
from directory.forms.typed_hours import TypedHours


@require_POST
def hours_reading(request: HttpRequest) -> JsonResponse:
    """The boxes of one editor, its name in `name` → {"words": …}, blank while something is wrong or unknown."""
    typed = TypedHours.of_data(request.POST, request.POST.get("name", ""))
    return JsonResponse({"words": reading(typed) if typed else ""})


URLS = [path("desks/hours/reading/", hours_reading, name="directory_hours_reading")]
