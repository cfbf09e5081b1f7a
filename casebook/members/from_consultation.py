"""From a consultation to a case: coded fields alone, and no way back from one to the other (ADR 0005, 0055).

The page is the consultation's; the form on it goes to an address that knows codes and nothing else. Neither what is
posted, nor the trail, nor the form's mark holds anything that leads from the case to the consultation.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from casebook.enums import Body as Involved
from casebook.members.finding import allow, page, signed_in
from casebook.members.forms import CaseForm
from casebook.members.forms.case import MOST_CONCERNS
from casebook.members.forms.codes import concern_choices
from casebook.permissions import can_write
from casebook.queries import concern_names
from directory.actions.consultations import receiving, states
from directory.enums import LifeStage, Route
from directory.models import Consultation

#: Who came with it, where a case has a code for it.
INVOLVED: dict[str, str] = {Route.VOLUNTEER: Involved.VOLUNTEERS, Route.SCHOOL: Involved.SCHOOL}


class CodesForm(forms.Form):
    """What goes along. Anything that is not a code of the lists makes it invalid."""

    life_stage = forms.ChoiceField(choices=LifeStage.choices, required=False, widget=forms.HiddenInput)
    concerns = forms.MultipleChoiceField(choices=concern_choices, required=False, widget=forms.MultipleHiddenInput)
    involved = forms.MultipleChoiceField(choices=Involved.choices, required=False, widget=forms.MultipleHiddenInput)

    def clean_concerns(self) -> list[str]:
        """As many as a case takes."""
        concerns: list[str] = self.cleaned_data["concerns"]
        if len(concerns) > MOST_CONCERNS:
            raise forms.ValidationError("too many", code="too_many")
        return concerns

    @property
    def codes(self) -> dict[str, Any]:
        """Those that were given: what is empty stays to be chosen on the form of the case."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def codes_of(consultation: Consultation) -> dict[str, Any]:
    """The coded fields of a consultation for which a case has the same code."""
    known = concern_names()
    involved = INVOLVED.get(consultation.route)
    return {
        "life_stage": consultation.life_stage,
        "concerns": [code for code in consultation.concerns if code in known][:MOST_CONCERNS],
        "involved": [involved] if involved else [],
    }


def in_words(codes: dict[str, Any]) -> dict[str, list[str]]:
    """What the page shows of them."""
    names = concern_names()
    return {
        "life_stage": [str(LifeStage(codes["life_stage"]).label)] if codes["life_stage"] else [],
        "concerns": [names[code] for code in codes["concerns"]],
        "involved": [str(Involved(code).label) for code in codes["involved"]],
    }


@sensitive_variables()
@require_safe
def case_from_consultation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`cases/from-consultation/<id>/`: which codes would go along. Nothing is copied yet."""
    user = signed_in(request)
    allow(can_write(user))
    found = Consultation.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        receiving.read(by=user, consultation=found)  # the trail: as with every look at it
    except states.TooLate:
        raise Http404 from None
    codes = codes_of(found)
    context = {"form": CodesForm(initial=codes), "said": in_words(codes), "consultation": found}
    return render(request, "casebook/members/case_from_codes.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def case_from_codes(request: HttpRequest) -> HttpResponse:
    """`cases/new/from-codes/`: the empty form of a case with these codes filled in. Nothing is stored."""
    user = signed_in(request)
    allow(can_write(user))
    given = CodesForm(request.POST)
    allow(given.is_valid())
    return page(request, "casebook/members/case_edit.html", CaseForm(None, user=user, initial=given.codes), case=None)
