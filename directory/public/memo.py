"""`/help/memo/`: a sheet to sort one's words before a call. It stays in the browser and on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe


@dataclass(frozen=True)
class Question:
    """A part of the sheet: what one may tick, and how many lines there are to write on."""

    title: str | Promise
    ticks: tuple[str | Promise, ...]
    lines: int = 2
    hint: str | Promise = ""


QUESTIONS = (
    Question(
        _("Since when"),
        (_("Today or yesterday"), _("For some weeks"), _("For some months"), _("For years"), _("I cannot tell")),
        lines=1,
    ),
    Question(
        _("What it is about"),
        (
            _("I cannot sleep, I am anxious"),
            _("There is nobody I can talk to"),
            _("Family"),
            _("School or friends"),
            _("Work"),
            _("Money or housing"),
            _("Care for children or parents"),
            _("I cannot leave the house"),
            _("Violence, something frightening"),
            _("Body or mind"),
        ),
        lines=3,
        hint=_("It need not be in order. Single words are enough."),
    ),
    Question(
        _("What I would like"),
        (
            _("Just listen"),
            _("Think with me"),
            _("Tell me where I can go"),
            _("Meet me"),
            _("Come with me"),
            _("Tell me about procedures"),
        ),
    ),
    Question(
        _("What I do not want"),
        (
            _("To be told off"),
            _("To be told to pull myself together"),
            _("That my family hears of it"),
            _("That work or school hears of it"),
            _("That somebody comes to my home"),
            _("To say my name"),
        ),
    ),
    Question(
        _("What I want to ask"),
        (_("Does it cost anything?"), _("Who will hear of it?"), _("What happens next?"), _("May I call again?")),
        lines=3,
    ),
    Question(
        _("How and when I can be reached"),
        (_("I call myself"), _("By mail"), _("By telephone"), _("By letter"), _("Please do not leave a message")),
        lines=1,
        hint=_("Only if you want to."),
    ),
)


@require_safe
def desk_memo(request: HttpRequest) -> HttpResponse:
    """The sheet. Nothing on it has a name or a form around it, so no browser can send it."""
    return render(request, "directory/public/desk_memo.html", {"questions": QUESTIONS})
