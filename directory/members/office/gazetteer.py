"""`/members/office/gazetteer/`: the names of the city's places, for the guard. First a look, then for good."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from cms import audit
from cms.exports import CSV_TYPE, download
from cms.forms import PlainText, UploadField
from cms.importing.tables import NotATable, Refusal
from cms.models import SiteSettings
from cms.once import once
from directory.actions.gazetteer import Change, changes, empty_kind, load_places
from directory.importing.gazetteer import Places, columns, places_csv, read_places
from directory.members.office.lists import ListForm
from directory.members.office.persons import keeper
from directory.models import KnownPlace, PlaceKind, User
from directory.queries.names import counted_places, loads
from directory.roles import Permission

SHOWN_REFUSALS = 100


class PlacesForm(ListForm):
    """A list of names: as a file, or pasted; where it comes from."""

    file = UploadField(
        label=gettext_lazy("The list of places as a file (CSV)"),
        required=False,
        megabytes=1,
        help_text=gettext_lazy("UTF-8 or Shift_JIS, up to 1 MB. The first row holds the headings."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What the names stand for"), required=False)
    source = PlainText(
        label=gettext_lazy("Where the list comes from"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example: the city's open data. Without it the file's name is noted."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_the_list = ("", pgettext("kind of place", "As the column of the list says"))
        self.fields["kind"].choices = [in_the_list, *PlaceKind.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The text of the list; where nothing is said of its origin, the file's name."""
        data = super().clean()
        if data.get("file"):  # a list of the city's open data has a name that tells where it comes from
            data["source"] = data.get("source") or data["file"].name
        return data


@require_http_methods(["GET", "HEAD", "POST"])
@once
def gazetteer(request: HttpRequest) -> HttpResponse:
    """What is known; look what a list would change; write it. The text travels with the page."""
    by = keeper(request, Permission.GAZETTEER_KEEP)
    if "empty" in request.POST:
        return emptied(request, by)
    form = PlacesForm(request.POST or None, request.FILES or None)
    places = read(form) if request.method == "POST" and form.is_valid() else None
    if places is not None and not places.refusals and "write" in request.POST:
        return written(request, form, places, by=by)
    context: dict[str, Any] = {
        "form": form,
        "columns": columns(),
        "counted": counted_places(),
        "loads": loads(),
        "looked": places is not None and not places.refusals,
        "changes": changes(places.found) if places is not None and not places.refusals else list[Change](),
        "refusals": places.refusals[:SHOWN_REFUSALS] if places else list[Refusal](),
        "more_refusals": max(0, len(places.refusals) - SHOWN_REFUSALS) if places else 0,
    }
    failed = request.method == "POST" and not context["looked"]
    return render(request, "directory/members/office_gazetteer.html", context, status=422 if failed else 200)


def read(form: PlacesForm) -> Places | None:
    """The names; what is wrong with the whole list stands beside the field it came by."""
    data = form.cleaned_data
    try:
        return read_places(data["text"], own=own_names(), kind=data["kind"])
    except (NotATable, ValidationError) as reason:
        form.add_error("file" if data.get("file") else "text", str(reason))
        return None


def own_names() -> Collection[str]:
    """The municipality's name, with and without its ending: it says of nobody who it is."""
    names = SiteSettings.objects.values_list("municipality_name", flat=True)
    return {part for name in names if name for part in (name, re.sub("[市区町村]$", "", name))}


def written(request: HttpRequest, form: PlacesForm, places: Places, *, by: User) -> HttpResponse:
    """For good."""
    load = load_places(by=by, places=places.found, source=form.cleaned_data["source"])
    said = ngettext("%(count)s name is known now.", "%(count)s names are known now.", load.count)
    messages.success(request, said % {"count": load.count})
    return redirect("members:office_gazetteer")


def emptied(request: HttpRequest, by: User) -> HttpResponse:
    """All names of a kind are forgotten."""
    kind = request.POST["empty"]
    if kind not in PlaceKind.values:
        raise Http404
    empty_kind(by=by, kind=PlaceKind(kind))
    messages.success(request, _("The names of “%(kind)s” are taken out.") % {"kind": PlaceKind(kind).label})
    return redirect("members:office_gazetteer")


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """`/members/office/gazetteer.csv`: all names, to be changed and brought back."""
    by = keeper(request, Permission.GAZETTEER_KEEP)
    rows = list(KnownPlace.objects.values_list("kind", "name"))
    audit.record("gazetteer.exported", by=by, rows=len(rows))
    return download(places_csv(rows), name="gazetteer.csv", media_type=CSV_TYPE)
