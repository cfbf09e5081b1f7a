"""The secretariat brings a list in: first a look at what would happen, then the same again for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from cms.forms import UploadField
from cms.importing.tables import NotATable, read_text
from cms.once import once
from directory.actions import lists as actions
from directory.importing.lists import Column, Listing, membership_columns, people_columns, read_list
from directory.members.office.persons import keeper
from directory.models import User
from directory.reauthentication import asked_again
from directory.roles import Permission

LONGEST_TEXT = 600_000

Import = Callable[..., actions.Outcome]


class ListForm(forms.Form):
    """A file, or the cells pasted from a spreadsheet."""

    file = UploadField(
        label=gettext_lazy("The list as a file (CSV)"),
        required=False,
        megabytes=1,
        help_text=gettext_lazy("UTF-8 or Shift_JIS, up to 1 MB. The first row holds the headings."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the cells here"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Copied from a spreadsheet, together with the headings."),
    )

    def clean(self) -> dict[str, Any]:
        """The text of the list, wherever it came from."""
        data = super().clean() or self.cleaned_data
        file, text = data.get("file"), data.get("text") or ""
        if not self.errors and not file and not text.strip():
            raise forms.ValidationError(_("Choose a file, or paste the cells."))
        if file and not file.media_type.startswith("text/"):
            self.add_error("file", _("Please save the list as CSV first, then choose that file."))
        elif file:
            try:
                data["text"] = read_text(file.content.read(), str)
            except NotATable as reason:
                self.add_error("file", str(reason))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
@once
def memberships(request: HttpRequest) -> HttpResponse:
    """`/members/office/register/import/`: memberships from a table."""
    by = keeper(request, Permission.MEMBERSHIPS_KEEP)
    words = {"what": "memberships", "title": _("Bring memberships in"), "back": "members:office_register"}
    return imported(request, membership_columns(), actions.import_memberships, by, words)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def people(request: HttpRequest) -> HttpResponse:
    """`/members/office/people/import/`: invite everybody on a list."""
    by = keeper(request, Permission.PEOPLE_INVITE)
    words = {"what": "people", "title": _("Invite a whole list"), "back": "members:office_people"}
    return imported(request, people_columns(), actions.import_invitations, by, words)


def imported(
    request: HttpRequest, columns: Mapping[str, Column], bring_in: Import, by: User, words: dict[str, str]
) -> HttpResponse:
    """Look, then write: the text travels with the page, so that nothing lies about on the server."""
    form = ListForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        listing = read(form, columns)
        if listing is not None and "write" in request.POST:
            if again := asked_again(request):
                return again
            done = bring_in(listing=listing, by=by)
            count = ngettext("%(count)d row was brought in.", "%(count)d rows were brought in.", done.works)
            messages.success(request, count % {"count": done.works})
            return redirect(words["back"])
        outcome = bring_in(listing=listing, by=by, dry_run=True) if listing is not None else None
    context = {**words, "form": form, "columns": columns, "outcome": outcome}
    context["text"] = form.cleaned_data.get("text", "") if outcome else ""
    return render(request, "directory/members/office_list.html", context)


def read(form: ListForm, columns: Mapping[str, Column]) -> Listing | None:
    """The rows; what is wrong with the whole list stands beside the field it came by."""
    try:
        return read_list(form.cleaned_data["text"], columns)
    except (NotATable, ValidationError) as reason:
        form.add_error("file" if form.cleaned_data.get("file") else "text", str(reason))
        return None
