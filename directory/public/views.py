"""For residents: where one can find somebody to talk to."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cms import dates
from directory.hours import coming_week
from directory.models import Concern, ConsultationDesk, HelpIndexPage
from directory.public.forms import FinderForm, toggled, with_page
from directory.queries import board_at, desk_at, find_desks
from directory.queries.finder import with_channels

WISHES: dict[str, str | Promise] = {
    "age": _("Age"),
    "whose": _("Whose worry"),
    "kinds": _("By what means"),
    "concerns": _("What about"),
    "facts": _("In what way"),
    "now": _("Can talk now"),
}


@dataclass(frozen=True)
class Toggle:
    """One of the commonest wishes, as a link over the list."""

    label: str | Promise
    icon: str
    query: str
    on: bool


def toggles(form: FinderForm) -> list[Toggle]:
    """Now, without voice, without name."""
    common = (
        ("now", "1", _("Can talk now"), ""),
        ("b", "v", _("Without voice"), "no-voice"),
        ("b", "n", _("Without name"), "no-name"),
    )
    return [
        Toggle(label, icon, toggled(form.query, name, code), code in form.query.getlist(name))
        for name, code, label, icon in common
    ]


@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    """`/help/`: desks that fit, those that answer now first."""
    form = FinderForm(request.GET, list(Concern.objects.all()))
    finder = find_desks(form.filters(), dates.now(), page=form.page(), user=request.user)
    return render(
        request,
        "directory/public/desk_list.html",
        {
            "page": HelpIndexPage.objects.live().first(),
            "form": form,
            "finder": finder,
            "dropped": [WISHES[name] for name in finder.dropped],
            "toggles": toggles(form),
            "next_query": with_page(form.query, finder.page + 1),
            "previous_query": with_page(form.query, finder.page - 1),
        },
    )


@require_safe
def desk_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`/help/<desk>/`: how to reach it, when, and what to expect."""
    desk = get_object_or_404(with_channels(ConsultationDesk.objects.visible_to(request.user)), slug=slug)
    now = dates.now()
    item = desk_at(desk, now, board=board_at(now, request.user))
    weeks = [(each, coming_week(hours, now.date())) for each in item.channels if (hours := each.channel.opening_hours)]
    return render(
        request,
        "directory/public/desk_detail.html",
        {"item": item, "desk": desk, "weeks": weeks, "concerns": desk.concerns.all()},
    )
