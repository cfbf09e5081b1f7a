"""The editor of opening hours: one form field, one OpenStreetMap string, drawn as a table of the week.

    hours = HoursField(label=_("opening hours"), required=False)

It answers a tidy string (blank = unknown), keeps everything typed when something is wrong, and works without
JavaScript. A form that uses it must send its `media` along (`{{ form.media }}`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.dates import WEEKDAYS
from directory.forms.typed_hours import (
    EMPTY_CLOSURES,
    MOST_CLOSURES,
    MOST_SPANS,
    ROWS,
    Holidays,
    Mistakes,
    Mode,
    TypedHours,
    row_name,
)  # fmt: skip
from directory.hours import clean_hours, words_or_blank
from directory.hours.clock import read_date
from directory.hours.week import HOLIDAY


def is_date(typed: str) -> bool:
    """A box of dates can show it; what cannot be one stands in a box of text, so that nothing typed is lost."""
    try:
        return not typed or read_date(typed).isoformat() == typed
    except ValidationError:
        return False


def reading(typed: TypedHours) -> str:
    """The hours as residents will read them; blank when something is wrong, unknown or beyond our words."""
    text, mistakes = typed.text()
    try:
        return "" if mistakes.sentences else words_or_blank(clean_hours(text))
    except ValidationError:
        return ""


class HoursWidget(forms.Widget):
    """The table of the week, days off, and a line of signs for what the table cannot say.

    `reading_url`: answers how residents will read what stands there, while it is being typed.
    """

    widgets = ()  # a group of controls: our `field` tag draws a fieldset with a legend around it

    class Media:
        css = {"all": ["directory/hours.css"]}
        js = ["directory/hours.js"]

    def __init__(self, attrs: dict[str, Any] | None = None, reading_url: Any = "") -> None:
        super().__init__(attrs)
        self.reading_url = reading_url

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedHours | None:
        return TypedHours.of_data(data, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-mode" not in data and name not in data

    def id_for_label(self, id_: str) -> str:
        return ""  # many controls: a label for one of them would rename it

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, TypedHours) else TypedHours.of_text(value or "")
        mistakes = typed.text()[1]
        context = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "described_by": (attrs or {}).get("aria-describedby", ""),
            "typed": typed,
            "modes": [(mode.value, words, typed.mode == mode) for mode, words in self.modes()],
            "rows": [self.day_row(row, typed, mistakes) for row in ROWS[:HOLIDAY]],
            "holiday": self.day_row(HOLIDAY, typed, mistakes),
            "holidays": [(each.value, words, typed.holidays == each) for each, words in self.holiday_choices()],
            "yearly": [
                self.yearly_row("new_year", _("Closed around New Year"), typed.new_year, typed.new_year_days, mistakes),
                self.yearly_row("obon", _("Closed at Obon"), typed.obon, typed.obon_days, mistakes),
            ],
            "closures": self.closure_rows(typed, mistakes),
            "mistakes": mistakes.sentences.get("week", []),
            "reading": reading(typed),
            "reading_url": self.reading_url,
        }
        return SafeString(render_to_string("directory/components/hours_field.html", context))

    def modes(self) -> list[tuple[Mode, str]]:
        """How one may write hours."""
        return [
            (Mode.WEEK, _("By weekday")),
            (Mode.ALWAYS, _("24 hours, 365 days")),
            (Mode.RESTING, _("Resting for a while")),
            (Mode.UNKNOWN, _("Not known")),
            (Mode.SIGNS, _("Write in signs")),
        ]

    def holiday_choices(self) -> list[tuple[Holidays, str]]:
        """What may hold on holidays."""
        return [
            (Holidays.CLOSED, _("Closed")),
            (Holidays.SAME, _("As on the weekday")),
            (Holidays.OWN, _("Other times")),
        ]

    def day_row(self, row: int, typed: TypedHours, mistakes: Mistakes) -> dict[str, Any]:
        """A day with its times."""
        return {
            "key": f"d{row}",
            "label": _("holiday") if row == HOLIDAY else WEEKDAYS[row],
            "said": row_name(f"d{row}"),
            "all_day": typed.all_day[row],
            "all_wrong": f"d{row}-all" in mistakes.boxes,
            "spans": [
                {
                    "place": place,
                    "number": place + 1,
                    "from": typed.days[row][place][0],
                    "to": typed.days[row][place][1],
                    "from_wrong": f"d{row}-{place}-from" in mistakes.boxes,
                    "to_wrong": f"d{row}-{place}-to" in mistakes.boxes,
                }
                for place in range(MOST_SPANS)
            ],
            "mistakes": mistakes.sentences.get(f"d{row}", []),
            "choice_wrong": row == HOLIDAY and "holidays" in mistakes.boxes,
        }

    def yearly_row(
        self, key: str, label: str, ticked: bool, days: tuple[str, str], mistakes: Mistakes
    ) -> dict[str, Any]:
        """Days off that come every year."""
        return {
            "key": key,
            "label": label,
            "ticked": ticked,
            "from": days[0],
            "to": days[1],
            "from_wrong": f"{key}-from" in mistakes.boxes,
            "to_wrong": f"{key}-to" in mistakes.boxes,
            "mistakes": mistakes.sentences.get(key, []),
        }

    def closure_rows(self, typed: TypedHours, mistakes: Mistakes) -> list[dict[str, Any]]:
        """Days off of one year, and two empty rows."""
        known = [
            closure
            for closure in enumerate(typed.closures)
            if any(closure[1]) or f"c{closure[0]}" in mistakes.sentences
        ]
        count = max((place for place, _closure in known), default=-1) + 1 + EMPTY_CLOSURES
        rows = [*typed.closures, *[("", "", "")] * EMPTY_CLOSURES]
        return [
            {
                "key": f"c{place}",
                "number": place + 1,
                "from": rows[place][0],
                "to": rows[place][1],
                "why": rows[place][2],
                "from_kind": "date" if is_date(rows[place][0]) else "text",
                "to_kind": "date" if is_date(rows[place][1]) else "text",
                "from_wrong": f"c{place}-from" in mistakes.boxes,
                "to_wrong": f"c{place}-to" in mistakes.boxes,
                "mistakes": mistakes.sentences.get(f"c{place}", []),
            }
            for place in range(min(count, len(rows), MOST_CLOSURES))
        ]


class HoursField(forms.CharField):
    """Opening hours as one tidy OpenStreetMap string; blank = unknown."""

    widget = HoursWidget

    def to_python(self, value: Any) -> str:
        """The text to store.

        Raises:
            ValidationError: the sentences, each with the name of its row.
        """
        if not isinstance(value, TypedHours):
            return clean_hours(value or "")
        text, mistakes = value.text()
        if mistakes.sentences:
            raise ValidationError(
                [
                    f"{name}：{sentence}" if (name := row_name(row)) else sentence
                    for row, sentences in mistakes.sentences.items()
                    for sentence in sentences
                ]
            )
        return clean_hours(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other hours are meant; what cannot be read has changed."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
