"""Breaking the glass: which case, why."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casebook.enums import GlassReason
from casebook.members.forms.guarded import GuardedForm, text

NUMBER = re.compile(r"[A-Z][0-9][A-Z]-[0-9]{3}")
SHORTEST = 10


class BreakGlassForm(GuardedForm):
    """A number, a coded reason, and a sentence that the guard has read."""

    guarded = ("words",)

    number = forms.CharField(
        label=_("Case number"),
        max_length=20,
        help_text=_("For example K7F-204"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(
        label=_("Why it has to be read now"), choices=GlassReason.choices, widget=forms.RadioSelect
    )
    words = text(
        _("Why, in a sentence"),
        rows=2,
        longest=300,
        help_text=_("Auditors can ask for it later. Nobody's name, please."),
    )

    def clean_number(self) -> str:
        """As it stands on the case: full-width signs and small letters are put right."""
        number = unicodedata.normalize("NFKC", self.cleaned_data["number"]).strip().upper()
        number = re.sub(r"[‐‑–—ーｰ−]", "-", number)
        if not NUMBER.fullmatch(number):
            raise ValidationError(_("A case number looks like K7F-204."))
        return number

    def clean_words(self) -> str:
        """A word is no reason."""
        words: str = self.cleaned_data["words"].strip()
        if len(words) < SHORTEST:
            raise ValidationError(_("Please say it in a sentence."))
        return words
