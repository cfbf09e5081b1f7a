"""An organisation's administrator: a wrong number of an own desk disappears, at once, from a telephone."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.actions import numbers
from directory.enums import HoldReason
from directory.members.people import signed_in
from directory.models import Channel, ConsultationDesk, User
from directory.permissions import can, may_keep_numbers
from directory.queries.keeping import held_values
from directory.roles import Permission


def hideable(user: User) -> object:
    """Desks whose numbers this person may hide."""
    desks = ConsultationDesk.objects.select_related("organization")
    return desks if may_keep_numbers(user) else desks.filter(organization=user.organization_id)


def hidden(request: HttpRequest, desk: ConsultationDesk, *, by: User) -> None:
    """Hide the number that was pressed; what is wrong is said on the page."""
    number = request.POST.get("channel", "")
    pressed = int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else 0
    channel = Channel.objects.filter(desk=desk, pk=pressed).first()
    reason = request.POST.get("reason", HoldReason.WRONG)
    try:
        if channel is None:
            raise ValidationError(_("This desk has no such number any more."))
        numbers.hide(
            desk=desk,
            kind=channel.kind,
            value=channel.value,
            by=by,
            reason=reason if reason in HoldReason.values else HoldReason.WRONG,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is hidden. Residents do not see it any more, from this moment."))


@require_http_methods(["GET", "HEAD", "POST"])
def desk_hide(request: HttpRequest, slug: str) -> HttpResponse:
    """`/members/desks/<desk>/hide/`: the numbers of an own desk, a button each."""
    user = signed_in(request)
    if not (can(user, Permission.DESKS_KEEP_OWN) or may_keep_numbers(user)):
        raise PermissionDenied
    desk: ConsultationDesk = get_object_or_404(hideable(user), slug=slug)  # type: ignore[arg-type]
    if request.method == "POST":
        hidden(request, desk, by=user)
        return redirect("members:desk_hide", desk.slug)
    held = held_values(desk)
    rows = [(channel, held.get((channel.kind, channel.value))) for channel in desk.channels.all()]
    return render(request, "directory/members/desk_hide.html", {"desk": desk, "rows": rows})
