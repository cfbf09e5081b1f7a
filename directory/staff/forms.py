"""Forms of the Wagtail admin for public directory data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from directory.actions import desks
from directory.models import ConsultationDesk


class DeskForm(WagtailAdminModelForm):
    """A desk with its channels. Confirming a national line is a tick that is never set beforehand."""

    confirm_now = forms.BooleanField(
        label=_("I have checked number and hours of this national line at its official source"),
        required=False,
        help_text=_("Your name and today's date are recorded. A change of number or hours needs a new tick."),
    )

    def save(self, commit: bool = True) -> ConsultationDesk:
        """Confirm, or take a confirmation back when number or hours changed without a new tick."""
        desk: ConsultationDesk = self.instance
        if desk.is_national and self.cleaned_data.get("confirm_now"):
            desks.confirm(desk=desk, by=self.for_user)
        elif desk.confirmed_on and self._numbers_changed():
            desks.take_back_confirmation(desk=desk, by=self.for_user)
        return super().save(commit=commit)

    def _numbers_changed(self) -> bool:
        formsets: dict[str, Any] = getattr(self, "formsets", {})
        return "channels" in formsets and formsets["channels"].has_changed()
