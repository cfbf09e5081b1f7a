"""Forms of the Wagtail admin for public directory data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.models import register_form_field_override

from directory.actions import desks
from directory.fields import HoursColumn
from directory.forms.hours import HoursField, HoursWidget
from directory.models import ConsultationDesk

register_form_field_override(
    HoursColumn,
    override={
        "form_class": HoursField,
        "widget": HoursWidget(reading_url=reverse_lazy("directory_hours_reading")),
    },
)


class DeskForm(WagtailAdminModelForm):
    """A desk with its channels. Confirming a national line is a tick that is never set beforehand."""

    confirm_now = forms.BooleanField(
        label=_("I have checked number and hours of this national line at its official source"),
        required=False,
        help_text=_("Your name and today's date are recorded. A change of number or hours needs a new tick."),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever writes number or hours does not confirm them in the same breath."""
        data: dict[str, Any] = super().clean() or {}
        desk: ConsultationDesk = self.instance
        vouches = data.get("confirm_now") and data.get("is_national")
        if vouches and (desk.pk is None or self._numbers_changed() or desks.wrote_numbers(desk) == self.for_user.pk):
            words = _("You wrote number or hours yourself. Another person checks them and confirms.")
            self.add_error("confirm_now", words)
        return data

    def save(self, commit: bool = True) -> ConsultationDesk:
        """Confirm a national line when the box is ticked. A change of its hours ends the confirmation by itself."""
        desk: ConsultationDesk = self.instance
        if desk.is_national and self.cleaned_data.get("confirm_now"):
            desks.confirm(desk=desk, by=self.for_user)
        return super().save(commit=commit)

    def _numbers_changed(self) -> bool:
        formsets: dict[str, Any] = getattr(self, "formsets", {})
        return "channels" in formsets and formsets["channels"].has_changed()
