"""The form with one box."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.forms import PlainText
from directory.actions.consultations.sending import LONGEST

#: What is typed for us alone: nothing is offered, corrected or sent to the maker of the browser.
QUIET = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class Letter(PlainText):
    """Lines end as they are kept, so that they are counted once."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class ConsultForm(forms.Form):
    """The text, and what goes with it unseen. `website` is a trap that people do not see.

    No maxlength on the box: a browser would cut off what is pasted, without a word.
    """

    text = Letter(
        label=gettext_lazy("What is it that is on your mind?"),
        help_text=gettext_lazy("Send as much as you like to write now. The rest can follow."),
        max_length=LONGEST,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5, "class": "area", **QUIET}),
        error_messages={"required": gettext_lazy("Nothing is written yet. A word is enough.")},
    )
    shared = forms.BooleanField(
        label=gettext_lazy("Others use this device, too"),
        help_text=gettext_lazy("Then nothing of it is kept until you send it."),
        required=False,
    )
    desk = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    key = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    website = forms.CharField(
        label=pgettext_lazy("trap for robots", "Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "c_%s", **kwargs})
        self.fields["text"].widget.attrs.pop("maxlength", None)

    @property
    def problem(self) -> str:
        """Everything that is to be said, for the line beside the button."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors) or _("Please look it over.")
