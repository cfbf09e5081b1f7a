"""What a person wants to hear of, and when mail comes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from cms import dates
from directory.actions import notifications as news
from directory.members.people import signed_in
from directory.models import User
from directory.queries.notifications import kinds_for, muted_kinds
from home.actions import digests
from home.enums import Rhythm
from home.models.digest import FIRST_HOUR, LAST_HOUR
from home.queries.digests import settings_of

HOURS = [(hour, dates.japanese_time(dt.time(hour))) for hour in range(FIRST_HOUR, LAST_HOUR + 1)]


class PreferencesForm(forms.Form):
    """Kinds of news, and the rhythm of the digest."""

    heard = forms.MultipleChoiceField(
        label=gettext_lazy("What I want to hear of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("Mail about news"), choices=Rhythm.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose how often a mail may come.")},
    )  # fmt: skip
    hour = forms.TypedChoiceField(label=pgettext_lazy("mail", "From which hour"), choices=HOURS, coerce=int)
    on_days_off = forms.BooleanField(
        label=gettext_lazy("Also on Saturdays, Sundays and public holidays"), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [kind.name for kind in kinds_for(user)]
        self.fields["heard"].choices = [(kind.name, kind.label) for kind in kinds_for(user)]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def notification_preferences(request: HttpRequest) -> HttpResponse:
    """`/members/notifications/preferences/`."""
    user = signed_in(request)
    chosen = settings_of(user)
    muted = muted_kinds(user)
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        user=user,
        initial={
            "heard": [kind.name for kind in kinds_for(user) if kind.name not in muted],
            "rhythm": chosen.rhythm,
            "hour": chosen.hour,
            "on_days_off": chosen.on_days_off,
        },
    )
    if request.method == "POST" and form.is_valid():
        save(form.cleaned_data, names=form.names, by=user)
        messages.success(request, _("Kept. It holds from now on."))
        return redirect("members:notification_preferences")
    return render(request, "home/members/notification_preferences.html", {"form": form, "address": user.email})


def save(data: dict[str, Any], *, names: list[str], by: User) -> None:
    """Both halves of the form."""
    digests.choose(by=by, rhythm=data["rhythm"], hour=data["hour"], on_days_off=data["on_days_off"])
    news.mute_kinds(by=by, names=set(names) - set(data["heard"]), among=names)
