"""The library of learnings, for everybody in the workspace: cards of the casebook, with the materials they name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from casebook.enums import COARSE_STAGES, Body, Outcome
from casebook.models import LearningCard
from casebook.permissions import can_retire_card
from casebook.queries import concern_names
from casebook.queries.learning import Wanted, found_in, in_order, library, with_labels
from directory.members.people import signed_in
from directory.models import User
from directory.permissions import may_enter
from directory.roles import Door
from workshops.models import Material

PAGE_SIZE = 12
LONGEST = 200


class LibraryForm(forms.Form):
    """What to look for. Every field may be empty, and a code that is none counts as nothing."""

    words = forms.CharField(label=_("Search the learnings"), required=False, max_length=LONGEST)
    concern = forms.ChoiceField(label=_("What is hard"), required=False)
    stage = forms.ChoiceField(label=_("Stage of life"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    body = forms.ChoiceField(label=_("Who took part"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Any]]] = {
            "concern": list(concern_names().items()),
            "stage": [(stage.value, stage.label) for stage in COARSE_STAGES],
            "outcome": list(Outcome.choices),
            "body": [(value, label) for value, label in Body.choices if value != Body.NOBODY],
        }
        for name, values in choices.items():
            self.fields[name].choices = [("", pgettext_lazy("learning", "Any")), *values]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """The codes that were chosen."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in ("concern", "stage", "outcome", "body")})

    @property
    def typed(self) -> str:
        """What was typed; too long is cut, as in every search of the house."""
        return str(self.data.get("words", "")).strip()[:LONGEST]


@sensitive_post_parameters("words")
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def learning(request: HttpRequest) -> HttpResponse:
    """`/members/learning/`. Words are posted: they stand in no address and no log. Codes alone may be in an address."""
    user = signed_in(request)
    form = LibraryForm(request.POST if request.method == "POST" else request.GET)
    wanted, typed = form.wanted, form.typed if request.method == "POST" else ""
    if request.method == "POST" and not typed:
        return redirect(f"{reverse('members:learning')}?{urlencode(wanted.codes)}".rstrip("?"))
    cards = library(user, wanted)
    found = found_in(cards, typed) if typed else []
    relaxed = bool(typed and not found)
    if relaxed:
        found = found_in(cards, typed, a_part=True)
    paginator: Paginator[Any] = Paginator(found if typed else cards, PAGE_SIZE)
    page = paginator.get_page((request.POST if typed else request.GET).get("page"))
    page.object_list = in_order(user, page.object_list) if typed else with_labels(page.object_list)
    context = {
        "form": form,
        "page": page,
        "typed": typed,
        "relaxed": relaxed,
        "query": urlencode(wanted.codes),
        "narrowed": len(wanted.codes),
        "writes": may_enter(user, Door.CASEBOOK),
    }
    return render(request, "home/members/learning.html", context)


@require_safe
def learning_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One card, with those of its materials that this person may see. The others are as if never named."""
    user = signed_in(request)
    card = LearningCard.objects.visible_to(user).filter(pk=pk).first()
    if card is None:
        raise Http404
    with_labels([card])
    context = {"card": card, "materials": materials_of(card, user), "may_retire": can_retire_card(user, card)}
    return render(request, "home/members/learning_card.html", context)


def materials_of(card: LearningCard, user: User) -> list[Material]:
    """The materials a card names, in its order."""
    seen = Material.objects.visible_to(user).standing().filter(public_id__in=card.materials)
    found = {material.public_id: material for material in seen}
    return [found[code] for code in card.materials if code in found]
