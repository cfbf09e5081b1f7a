"""The secretariat's office: somebody has lost the second factor."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from directory.actions import accounts
from directory.enums import FactorProof, FactorReason
from directory.members.people import signed_in
from directory.models import User
from directory.permissions import can
from directory.reauthentication import asked_again
from directory.roles import Permission


class ResetForm(forms.Form):
    """Why, and how the office made sure who is asking."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=FactorReason.choices, widget=forms.RadioSelect
    )
    proof = forms.ChoiceField(
        label=gettext_lazy("How you made sure that it is this person"),
        help_text=gettext_lazy("A mail, or a call from a number you do not know, is not enough."),
        choices=FactorProof.choices,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def factors(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/people/<id>/factors/`: what the person has, and the form that takes it away."""
    user = signed_in(request)
    if not can(user, Permission.FACTORS_RESET):
        raise PermissionDenied
    person = get_object_or_404(User.objects.filter(is_active=True), pk=pk)
    if again := asked_again(request):
        return again
    form = ResetForm(request.POST if request.method == "POST" else None)
    if not accounts.may_reset_factors(user, of=person):
        if request.method == "POST":
            raise PermissionDenied
    elif request.method == "POST" and form.is_valid():
        accounts.reset_factors(user=person, by=user, **form.cleaned_data)
        messages.success(request, _("Taken away. A mail with the way back is on its way to the person."))
        return redirect("members:office_people")
    context: dict[str, Any] = {"person": person, "form": form, "own": person.pk == user.pk, "kinds": kinds_of(person)}
    return render(request, "directory/members/office_factors.html", context)


def kinds_of(person: User) -> list[tuple[str, int]]:
    """What the person has set up, in words, and how many."""
    words = {
        Authenticator.Type.WEBAUTHN: _("Passkeys"),
        Authenticator.Type.TOTP: _("Authenticator app"),
        Authenticator.Type.RECOVERY_CODES: _("Spare numbers on paper"),
    }
    found = dict(Authenticator.objects.filter(user=person).values_list("type").annotate(Count("pk")).order_by())
    return [(label, found[kind]) for kind, label in words.items() if kind in found]
