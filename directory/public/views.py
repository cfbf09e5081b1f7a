"""For residents: where one can find somebody to talk to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from cms import dates
from directory.hours import coming_week
from directory.models import Concern, ConsultationDesk, HelpIndexPage
from directory.public.forms import AGES, FinderForm, with_page
from directory.public.structured import as_json
from directory.public.toggles import Toggle, toggles_of
from directory.queries import board_at, desk_at, find_desks
from directory.queries.consultations.receptions import written_answer
from directory.queries.facets import facets_of
from directory.queries.finder import with_channels

WISHES: dict[str, str | Promise] = {
    "age": _("Age"),
    "whose": _("Whose worry"),
    "kinds": _("By what means"),
    "concerns": _("What about"),
    "facts": _("In what way"),
    "now": _("Can talk now"),
}


def toggles(form: FinderForm) -> list[Toggle]:
    """Now, without voice, without name."""
    common = (
        ("now", "1", _("Can talk now"), ""),
        ("b", "v", _("Without voice"), "no-voice"),
        ("b", "n", _("Without name"), "no-name"),
    )
    return toggles_of(form.query, common)


@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    """`/help/`: desks that fit, those that answer now first. Asked by htmx, it answers with what has changed."""
    form = FinderForm(request.GET, list(Concern.objects.all()))
    finder = find_desks(form.filters(), dates.now(), page=form.page(), user=request.user)
    facets = facets_of(finder.filters, finder.board, concerns=[each.code for each in form.concerns], ages=AGES.values())
    in_place = bool(getattr(request, "htmx", False))
    context = {
        "finder": finder,
        "panel": form.panel(facets),
        "now_count": facets.now,
        "dropped": [WISHES[name] for name in finder.dropped],
        "toggles": toggles(form),
        "next_query": with_page(form.query, finder.page + 1),
        "previous_query": with_page(form.query, finder.page - 1),
        "query": form.query.urlencode(),
        "in_place": in_place,
    }
    if in_place:
        response = render(request, "directory/public/desk_list_changed.html", context)
        push_url(response, f"{request.path}?{context['query']}" if context["query"] else request.path)
    else:
        response = render(request, "directory/public/desk_list.html", {**context, "page": help_page()})
    patch_vary_headers(response, ["HX-Request"])
    return response


def help_page() -> HelpIndexPage | None:
    """The words staff wrote over the list."""
    return HelpIndexPage.objects.live().first()


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
        {
            "item": item,
            "desk": desk,
            "weeks": weeks,
            "concerns": desk.concerns.all(),
            "written_answer": written_answer(desk),
            "structured": as_json(item),
        },
    )
