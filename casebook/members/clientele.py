"""`/members/cases/clientele/`: how many people the own organisation is in touch with, asked once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from casebook.actions.risk import STAGES, declare_clientele
from casebook.members.finding import allow, signed_in
from casebook.models import Clientele
from casebook.permissions import can_write

MOST = 10_000_000


def number(label: Any, **more: Any) -> forms.IntegerField:
    """A round figure of people."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST, widget=widget, **more)


class ClienteleForm(forms.Form):
    """Roughly: in all, or by age, or not known."""

    total = number(gettext_lazy("In all, about"), help_text=gettext_lazy("Within a year. A rough figure is enough."))
    under_18 = number(gettext_lazy("Under 18"))
    from_18 = number(gettext_lazy("18 to 39"))
    from_40 = number(gettext_lazy("40 to 59"))
    from_60 = number(gettext_lazy("60 and over"))
    unknown = forms.BooleanField(
        label=gettext_lazy("We do not know just now"),
        required=False,
        help_text=gettext_lazy("Then the figures of the city alone are used. You are not asked again."),
    )

    def clean(self) -> dict[str, Any]:
        """Something must be said; either numbers or that there are none."""
        data = super().clean() or self.cleaned_data
        stages = [data.get(name) for name in STAGES]
        said = [value for value in (data.get("total"), *stages) if value is not None]
        if self.errors:
            return data
        if data["unknown"] and said:
            self.add_error("unknown", _("You have also written a figure. Please choose one of the two."))
        elif not data["unknown"] and not said:
            self.add_error("total", _("Please write a rough figure, or choose “We do not know just now”."))
        elif any(value is not None for value in stages) and None in stages:
            missing = STAGES[stages.index(None)]
            self.add_error(missing, _("Please fill in all four ages, or none of them (0 is possible)."))
        return data

    @property
    def by_age(self) -> list[forms.BoundField]:
        """The four ages."""
        return [self[name] for name in STAGES]


@require_http_methods(["GET", "HEAD", "POST"])
def clientele(request: HttpRequest) -> HttpResponse:
    """Say it for the own organisation; anybody there who writes cases may."""
    user = signed_in(request)
    allow(can_write(user))
    said = Clientele.objects.visible_to(user).select_related("declared_by").first()
    form = ClienteleForm(request.POST if request.method == "POST" else None, initial=initial_of(said))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            declare_clientele(by=user, total=data["total"], stages={name: data[name] for name in STAGES})
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Thank you. The three lights count with it from now on."))
            return redirect("members:case_list")
    return render(request, "casebook/members/clientele.html", {"form": form, "said": said})


def initial_of(said: Clientele | None) -> dict[str, Any]:
    """What was said last."""
    if said is None:
        return {}
    ages = {name: getattr(said, name) for name in STAGES}
    return {**ages, "total": None if said.by_stage else said.total, "unknown": said.total is None}
