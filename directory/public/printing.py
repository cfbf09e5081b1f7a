"""`/help/card/`: the desks on paper, as a list (A4) or as cards for a wallet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cms import dates
from directory.models import Concern
from directory.public.forms import AGES, FinderForm
from directory.queries import board_at
from directory.queries.facets import facets_of
from directory.queries.paper import on_paper

SHAPES: dict[str, str | Promise] = {"list": _("A4 list"), "card": _("Cards for the wallet")}
SHEETS = {"list": "directory/public/desk_cards_list.html", "card": "directory/public/desk_cards_card.html"}
SIZES: dict[str, str | Promise] = {"": _("Usual letters"), "large": _("Large letters")}


@dataclass(frozen=True)
class Option:
    """One way to print."""

    code: str
    label: str | Promise
    on: bool


def options(known: dict[str, str | Promise], chosen: str) -> list[Option]:
    """The ways, with the chosen one marked; an unknown one is the first."""
    code = chosen if chosen in known else next(iter(known))
    return [Option(each, label, each == code) for each, label in known.items()]


def one_of(known: dict[str, str | Promise], chosen: str) -> str:
    """The code chosen, or the first."""
    return next(option.code for option in options(known, chosen) if option.on)


@require_safe
def desk_cards(request: HttpRequest) -> HttpResponse:
    """The same wishes as the finder's (`c`, `t`, `b`, `w`, `a`), or single desks by slug (`d`); `as` and `size`."""
    form, at = FinderForm(request.GET, list(Concern.objects.all())), dates.now()
    filters, board = form.filters(), board_at(at, request.user)
    facets = facets_of(filters, board, concerns=[each.code for each in form.concerns], ages=AGES.values())
    shape, size = one_of(SHAPES, request.GET.get("as", "")), one_of(SIZES, request.GET.get("size", ""))
    slugs = request.GET.getlist("d")[:50]
    return render(
        request,
        SHEETS[shape],
        {
            "paper": on_paper(filters, at, slugs=slugs, user=request.user),
            "panel": form.panel(facets),
            "filters": filters,
            "finder": {"filters": filters},
            "slugs": slugs,
            "shapes": options(SHAPES, shape),
            "sizes": options(SIZES, size),
            "shape": shape,
            "size": size,
            "today": at.date(),
        },
    )
