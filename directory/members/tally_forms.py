"""Forms of the monthly tally: rows of codes with a number, 「何で知りましたか」, and a table brought from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cms.forms import UploadField
from cms.importing.cells import Unreadable, clip, fold
from cms.importing.tables import NotATable
from directory.actions.consultations.tallies import MOST, MOST_LINES
from directory.importing.lists import Column, Listing, one_of, read_list
from directory.members.office.lists import ListForm
from directory.queries.consultations.tallies import CODES, HEARD, Line

FRESH_ROWS, MORE_ROWS = 5, 5
HEADINGS = {
    "concern": gettext_lazy("Concern"),
    "life_stage": gettext_lazy("Stage of life"),
    "route": gettext_lazy("Who came with it"),
    "method": gettext_lazy("How it came"),
    "outcome": gettext_lazy("What came of it"),
    "count": pgettext_lazy("tally", "How many"),
}

Words = Mapping[str, Mapping[str, str]]


class Number(forms.IntegerField):
    """From 0 to MOST; nothing written is nothing counted."""

    def __init__(self, **kwargs: Any) -> None:
        said = _number_said()
        super().__init__(
            required=False,
            min_value=0,
            max_value=MOST,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "number"}),
            error_messages={"invalid": said, "min_value": said, "max_value": said},
            **kwargs,
        )

    def to_python(self, value: Any) -> int | None:
        """Full-width digits count too."""
        return super().to_python(fold(value) if isinstance(value, str) else value)


def _number_said() -> Any:
    return gettext_lazy("Please write a number from 0 to 9999.")


class LineForm(forms.Form):
    """One row. Everything but the number may stay open: then it is not known."""

    concern = forms.ChoiceField(label=HEADINGS["concern"], required=False)
    life_stage = forms.ChoiceField(label=HEADINGS["life_stage"], required=False)
    route = forms.ChoiceField(label=HEADINGS["route"], required=False)
    method = forms.ChoiceField(label=HEADINGS["method"], required=False)
    outcome = forms.ChoiceField(label=HEADINGS["outcome"], required=False)
    count = Number(label=HEADINGS["count"])

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CODES:
            unknown = ("", pgettext("tally", "―"))
            self.fields[name].choices = [unknown, *words[name].items()]  # type: ignore[attr-defined]

    @property
    def line(self) -> Line:
        """What the row says."""
        data = self.cleaned_data
        return Line(tuple(data.get(name, "") for name in CODES), data.get("count") or 0)


Lines = forms.formset_factory(LineForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES)


class HeardForm(forms.Form):
    """How many said how they heard of us."""

    prefix = "heard"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in HEARD.items():
            self.fields[code] = Number(label=label)

    @property
    def counts(self) -> dict[str, int]:
        """Code → how many, where there are any."""
        return {code: count for code, count in self.cleaned_data.items() if count}


def fresh(lines: Iterable[Line], words: Words, *, extra: int = FRESH_ROWS) -> Any:
    """Rows as they stand, and some empty ones below."""
    return rows_with([line.cells | {"count": line.count or None} for line in lines], words, extra=extra)


def with_more(data: Mapping[str, Any], words: Words) -> Any:
    """All that was typed, and more empty rows: nothing is judged yet."""
    typed = Lines(data, form_kwargs={"words": words})
    initial = [{name: form[name].value() for name in (*CODES, "count")} for form in typed.forms]
    return rows_with(initial, words, extra=MORE_ROWS)


def rows_with(initial: list[dict[str, Any]], words: Words, *, extra: int) -> Any:
    """A form set that is not sent yet."""
    blank = [dict[str, Any]() for _row in range(min(extra, MOST_LINES - len(initial)))]
    return Lines(initial=[*initial, *blank][:MOST_LINES], form_kwargs={"words": words})


class TableForm(ListForm):
    """The same rows as a file, or pasted."""

    file = UploadField(
        label=gettext_lazy("The table as a file (CSV)"),
        required=False,
        megabytes=1,
        help_text=gettext_lazy("UTF-8 or Shift_JIS, up to 1 MB. The first row holds the headings."),
    )


def columns(words: Words) -> dict[str, Column]:
    """Of the table: codes or their words, and the number."""
    coded = {name: Column((str(HEADINGS[name]), name), one_of(words[name]), required=False) for name in CODES}
    return {**coded, "count": Column((str(HEADINGS["count"]), "count"), read_number)}


def read_number(cell: str) -> int:
    """A whole number from 0 to MOST. Raises Unreadable."""
    text = fold(cell).replace(",", "").removesuffix("件")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST))):
        raise Unreadable(_("“%(text)s” is not a number from 0 to 9999") % {"text": clip(text)})
    return int(text)


def read_table(form: TableForm, words: Words) -> Listing | None:
    """The rows, every column of them; None with a sentence beside the field when it is no such table."""
    known = columns(words)
    try:
        listing = read_list(form.cleaned_data["text"], known, most=MOST_LINES)
        if missing := [column.headings[0] for name, column in known.items() if name not in listing.headings]:
            raise NotATable(_("the table lacks these columns: %(names)s") % {"names": "、".join(missing)})
    except (NotATable, ValidationError) as reason:
        form.add_error("file" if form.cleaned_data.get("file") else "text", str(reason))
        return None
    return listing


def lines_of(listing: Listing) -> list[Line]:
    """Rows of a table as lines."""
    return [Line(tuple(row.values[name] or "" for name in CODES), row.values["count"]) for row in listing.lines]
