"""Numbers in the Wagtail admin: what waits for a second person, and hiding a wrong one at once.

Communications staff have no door to the members' rooms; they act here. Residents' reports stay in the office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button

from cms import dates
from directory.actions import numbers
from directory.models import Channel, ConsultationDesk, NumberChange, NumberHold, User
from directory.permissions import may_keep_numbers
from directory.queries.keeping import Waiting, held_values, shared_with, waiting_changes

SHOWN_ON_FIRST_PAGE = 5


def keeper(request: HttpRequest) -> User:
    """Somebody of communications; being superuser is no role."""
    user = request.user
    if not isinstance(user, User) or not may_keep_numbers(user):
        raise PermissionDenied
    return user


def _said(request: HttpRequest, do: Callable[[], Any], words: str) -> None:
    try:
        do()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """`/admin/numbers/`: changes that wait, and what is hidden."""
    user = keeper(request)
    from_today = Waiting(dates.today())
    changes = [(change, change.proposed_by_id == user.pk) for change in from_today.changes]
    context = {"changes": changes, "holds": from_today.holds, "user_id": user.pk}
    return render(request, "directory/staff/numbers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/numbers/<id>/`: old and new side by side; confirm after calling, or refuse."""
    user = keeper(request)
    found = get_object_or_404(NumberChange.objects.waiting().select_related("desk__organization", "proposed_by"), pk=pk)
    if request.method == "POST":
        if request.POST.get("act") == "confirm":
            _said(
                request, lambda: numbers.confirm(change=found, by=user), _("Confirmed. Residents get the new number.")
            )
        elif request.POST.get("act") == "refuse":
            _said(request, lambda: numbers.refuse(change=found, by=user), _("Refused. Nothing changes for residents."))
        return redirect("directory_numbers")
    context = {
        "change": found,
        "own": found.proposed_by_id == user.pk,
        "shared": shared_with(found.desk, {(found.kind, found.new)}),
    }
    return render(request, "directory/staff/number.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/numbers/desks/<id>/`: the numbers of a desk, a button each."""
    user = keeper(request)
    desk = get_object_or_404(ConsultationDesk.objects.select_related("organization"), pk=pk)
    if request.method == "POST":
        number = request.POST.get("channel", "")
        channel = get_object_or_404(
            Channel, desk=desk, pk=int(number) if number.isdecimal() and len(number) < 18 else 0
        )
        done = _("It is hidden. Residents do not see it any more, from this moment.")
        _said(request, lambda: numbers.hide(desk=desk, kind=channel.kind, value=channel.value, by=user), done)
        return redirect("directory_number_hide", pk=desk.pk)
    held = held_values(desk)
    rows = [(channel, held.get((channel.kind, channel.value))) for channel in desk.channels.all()]
    context = {"desk": desk, "rows": rows, "shared": shared_with(desk, {(row.kind, row.value) for row, _held in rows})}
    return render(request, "directory/staff/number_hide.html", context)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hidden number again: the first person asks, the second agrees."""
    user = keeper(request)
    hold = get_object_or_404(NumberHold.objects.open().select_related("desk"), pk=pk)
    asked = hold.lift_asked_at is not None
    words = (
        _("Residents get the number again.") if asked else _("Noted. Another person has to agree before it is shown.")
    )
    _said(request, lambda: numbers.lift(hold=hold, by=user), words)
    return redirect("directory_numbers")


URLS = [
    path("numbers/", waiting, name="directory_numbers"),
    path("numbers/<int:pk>/", change, name="directory_number"),
    path("numbers/desks/<int:pk>/", hide, name="directory_number_hide"),
    path("numbers/holds/<int:pk>/lift/", lift, name="directory_number_lift"),
]


class NumbersPanel(Component):
    """「番号の確認待ち」 on the first page of the admin."""

    name = "numbers"
    template_name = "directory/staff/numbers_panel.html"
    order = 90

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The oldest few, and how many there are."""
        found = waiting_changes()
        return {"changes": found[:SHOWN_ON_FIRST_PAGE], "count": found.count()}

    @property
    def media(self) -> Media:
        """Its own style sheet."""
        return Media(css={"all": ["directory/staff_numbers.css"]})


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Shown only while something waits."""
    if may_keep_numbers(request.user) and waiting_changes().exists():
        panels.insert(0, NumbersPanel())


class NumbersItem(MenuItem):
    """The entry of the menu."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To whoever may act there."""
        return may_keep_numbers(request.user)


def menu_item() -> MenuItem:
    """「番号の確認」."""
    return NumbersItem(_("Numbers to confirm"), reverse("directory_numbers"), icon_name="check", order=160)


def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Beside a desk in the list: the shortest way to hide a wrong number."""
    if isinstance(snippet, ConsultationDesk) and snippet.pk and may_keep_numbers(user):
        where = reverse("directory_number_hide", args=[snippet.pk])
        yield Button(_("Hide a number"), where, icon_name="warning", priority=5)


def notices(request: HttpRequest, desk: Any) -> None:
    """After saving a desk: what waits now, and which other desk has the same number. Nothing is blocked."""
    if not isinstance(desk, ConsultationDesk):
        return
    here = numbers.waiting_of(desk).count()
    if here:
        words = _("The new number waits for a second person. Until somebody has called it, residents get the old one.")
        messages.warning(request, words)
    values = {(channel.kind, channel.value) for channel in desk.channels.all()}
    values |= set(numbers.waiting_of(desk).values_list("kind", "new"))
    for number, other in shared_with(desk, values):
        said = _("%(number)s is also the number of “%(name)s”. That may well be right.")
        messages.info(request, said % {"number": number, "name": other.name})
