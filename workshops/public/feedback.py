"""How it was: a small form without a name, reached by the link of the thanks or from one's registration."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms import throttle
from cms.forms import PlainText
from workshops import keys
from workshops.actions import feedback as actions
from workshops.enums import Mood
from workshops.models import Occurrence
from workshops.public.forms import CodeForm

WORDS_LENGTH = 1000


class FeedbackForm(forms.Form):
    """A face, some words, or both."""

    mood = forms.TypedChoiceField(
        label=_("How was it?"),
        help_text=_("Choose the one that is nearest."),
        choices=[(str(mood.value), mood.label) for mood in sorted(Mood, reverse=True)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Please choose one of the four.")},
    )
    words = PlainText(
        label=_("If you like, a few words"),
        help_text=_("One word is enough. Please write no names."),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    may_quote = forms.BooleanField(
        label=_("These words may be passed on"),
        help_text=_("Without a name, for example on the page of the next event."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and data.get("mood") is None and not data.get("words"):
            self.add_error("mood", _("Please choose a face, or write some words."))
        return data


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """`/registrations/<token>/feedback/`: the token names the occurrence and keeps a second answer out."""
    known = keys.read_feedback_token(token)
    occurrence = Occurrence.objects.select_related("event").filter(pk=known[0]).first() if known else None
    if known is None or occurrence is None:
        return render(request, "workshops/public/registration_unknown.html", {"form": CodeForm()}, status=404)
    once = known[1]
    if actions.was_said(once):
        return thanked(request, occurrence)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and actions.is_open(occurrence) and form.is_valid():
        if not throttle.allow("feedback", throttle.address(request), limit=20, seconds=600):
            form.add_error(None, _("Many answers came from your connection just now. Please wait ten minutes."))
        else:
            return said(request, occurrence, once, form)
    context = {
        "form": form,
        "occurrence": occurrence,
        "event": occurrence.event,
        "is_open": actions.is_open(occurrence),
        "erased_on": actions.erased_on(occurrence),
    }
    return render(request, "workshops/public/feedback.html", context, status=422 if form.errors else 200)


def said(request: HttpRequest, occurrence: Occurrence, once: str, form: FeedbackForm) -> HttpResponse:
    """Keep it; who sent it twice is thanked as well."""
    with suppress(actions.SaidBefore):
        actions.say(occurrence=occurrence, once=once, **form.cleaned_data)
    return thanked(request, occurrence)


def thanked(request: HttpRequest, occurrence: Occurrence) -> HttpResponse:
    """Thanks, and what may come next: drawn at once, so that reloading it stores nothing twice."""
    context = {"occurrence": occurrence, "event": occurrence.event}
    return render(request, "workshops/public/feedback_thanks.html", context)
