"""`/members/office/cases/risk/`: the two tables of rarity, and a small calculator with codes alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from casebook.actions.risk import load_table
from casebook.enums import Audience, Household, LifeStage, Sex
from casebook.importing import columns_of, fine_stages, read_table, table_csv, written
from casebook.members.finding import signed_in
from casebook.models import TableKind
from casebook.queries import concern_names
from casebook.queries.risk import Box, Held, box, held, history
from cms import audit, dates
from cms.exports import CSV_TYPE, download
from cms.forms import PlainText, UploadField
from cms.importing.tables import NotATable, Refusal, read_text
from cms.once import once
from directory.importing.lists import Listing
from directory.models import User
from directory.permissions import can
from directory.roles import Permission


class TableForm(forms.Form):
    """A table as a file, and where its figures come from."""

    file = UploadField(
        label=gettext_lazy("The table as a file (CSV)"),
        megabytes=1,
        help_text=gettext_lazy("UTF-8 or Shift_JIS, up to 1 MB. The first row holds the headings."),
    )
    as_of = forms.DateField(
        label=gettext_lazy("Figures as of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = PlainText(
        label=gettext_lazy("Where the figures come from"),
        max_length=120,
        help_text=gettext_lazy("For example: the register of residents."),
    )
    is_sample = forms.BooleanField(
        label=gettext_lazy("These are sample figures"),
        required=False,
        help_text=gettext_lazy("Then every page says so."),
    )

    def clean_file(self) -> Any:
        """A workbook holds many things; the table alone comes as CSV."""
        file = self.cleaned_data["file"]
        if not file.media_type.startswith("text/"):
            raise ValidationError(_("Please save the table as CSV first, then choose that file."))
        return file

    def clean_as_of(self) -> dt.date:
        """Not of the future."""
        day: dt.date = self.cleaned_data["as_of"]
        if day > dates.today():
            raise ValidationError(_("This day is still to come. Please choose today or earlier."))
        return day


class CombinationForm(forms.Form):
    """Codes alone: a question about figures, never about somebody."""

    life_stage = forms.ChoiceField(label=gettext_lazy("Stage of life"), choices=LifeStage.choices, required=False)
    household = forms.ChoiceField(label=gettext_lazy("Household"), choices=Household.choices, required=False)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=Sex.choices, required=False)
    concerns = forms.MultipleChoiceField(
        label=pgettext_lazy("calculator", "Concerns"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, concerns: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].choices = list(concerns.items())  # type: ignore[attr-defined]


def keeper(request: HttpRequest) -> User:
    """Who keeps the tables."""
    user = signed_in(request)
    if not can(user, Permission.RISK_TABLES_KEEP):
        raise PermissionDenied
    return user


@require_http_methods(["GET", "HEAD", "POST"])
@once
def risk_tables(request: HttpRequest) -> HttpResponse:
    """Both tables as they hold, what came before, a way to replace each, and the calculator."""
    user = keeper(request)
    names = concern_names()
    uploads = {kind: TableForm(prefix=kind) for kind in TableKind}
    refusals: list[Refusal] = []
    if request.method == "POST":
        kind = kind_of(request.POST.get("kind", ""))
        form = uploads[kind] = TableForm(request.POST, request.FILES, prefix=kind)
        listing = read(form, kind, names) if form.is_valid() else None
        refusals = list(listing.refusals) if listing else []
        if listing is not None and not refusals and loaded(form, kind, listing, by=user):
            messages.success(request, _("The table holds from now on. The one before is kept for the record."))
            return redirect("members:office_risk")
    context = {
        "tables": [told(held(kind), uploads[kind], names) for kind in TableKind],
        "refusals": refusals,
        "refused_kind": request.POST.get("kind", ""),
        **calculated(request, names),
    }
    failed = request.method == "POST"
    return render(request, "casebook/members/office_risk.html", context, status=422 if failed else 200)


def kind_of(word: str) -> TableKind:
    """Which of the two; any other word is no page."""
    if word not in TableKind.values:
        raise Http404
    return TableKind(word)


def read(form: TableForm, kind: TableKind, names: dict[str, str]) -> Listing | None:
    """The rows; what is wrong with the whole file stands beside it."""
    try:
        return read_table(kind, read_text(form.cleaned_data["file"].content.read(), str), names)
    except (NotATable, ValidationError) as reason:
        form.add_error("file", str(reason))
        return None


def loaded(form: TableForm, kind: TableKind, listing: Listing, *, by: User) -> bool:
    """Replace it, all or nothing."""
    data = form.cleaned_data
    try:
        load_table(
            by=by,
            kind=kind,
            rows=[line.values for line in listing.lines],
            name=data["file"].name[-120:],
            as_of=data["as_of"],
            source=data["source"],
            is_sample=data["is_sample"],
        )
    except ValidationError as refused:
        form.add_error("file", refused)
        return False
    return True


def told(table: Held, form: TableForm, names: dict[str, str]) -> dict[str, Any]:
    """A table as the page shows it."""
    is_population = table.kind == TableKind.POPULATION
    lines = people_lines(table.rows) if is_population else concern_lines(table.rows, names)
    return {
        "table": table,
        "form": form,
        "is_population": is_population,
        "lines": lines,
        "households": list(written(Household).values()),
        "columns": columns_of(table.kind, names),
        "history": history(table.kind),
    }


def people_lines(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, list[tuple[str, int | None]]]]:
    """A line a stage of life, a column a household; both sexes together. None where the table says nothing."""
    sums: dict[tuple[str, str], int] = {}
    for stage, home, _sex, persons in rows:
        sums[stage, home] = sums.get((stage, home), 0) + int(persons)
    homes = written(Household).items()
    return [
        (label, [(name, sums.get((stage, home))) for home, name in homes]) for stage, label in fine_stages().items()
    ]


def concern_lines(rows: Iterable[tuple[str, ...]], names: dict[str, str]) -> list[tuple[str, str, str]]:
    """A line a concern of the city's list; "" where it has no figure."""
    known = {code: (number, note) for code, number, note in rows}
    return [(name, *known.get(code, ("", ""))) for code, name in names.items()]


def calculated(request: HttpRequest, names: dict[str, str]) -> dict[str, Any]:
    """The calculator: asked by address, for there is nothing in it but neutral codes."""
    asked = "ask" in request.GET
    form = CombinationForm(request.GET if asked else None, concerns=names)
    answer: Box | None = None
    if asked and form.is_valid():
        answer = box(form.cleaned_data, None, Audience.ALL)
    return {"combination": form, "box": answer}


@require_safe
def risk_table(request: HttpRequest, kind: str) -> HttpResponse:
    """`…/<kind>.csv`: the table that holds now, to be changed and brought back."""
    user = keeper(request)
    table = held(kind_of(kind))
    audit.record("risk.table_exported", by=user, kind=str(table.kind), rows=len(table.rows))
    content = table_csv(table.kind, table.rows, concern_names())
    return download(content, name=f"{table.kind}.csv", media_type=CSV_TYPE)
