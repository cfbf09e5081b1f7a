"""What the forms of this room have in common: the guard reads every text, and knows the names of the city."""

from typing import Any

from django import forms

from cms.guard.forms import GuardedForm as AnyGuardedForm
from directory.queries.names import known_names


def text(label: Any, *, rows: int, longest: int, help_text: Any = "", required: bool = True) -> forms.CharField:
    """A text field of a few lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=longest, required=required)


class GuardedForm(AnyGuardedForm):
    """The guard looks for everything it knows, and for the names of organisations."""

    known_names = staticmethod(known_names)
