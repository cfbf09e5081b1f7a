"""Who reads a case first."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casebook.queries import first_readers_of
from directory.models import Organization, User


class FirstReaderForm(forms.Form):
    """Which colleague reads it first. Nobody to choose from: the secretariat does."""

    first_reader = forms.ModelChoiceField(
        label=_("Who reads it first"), queryset=User.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, author: User, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["first_reader"]
        field.queryset = first_readers_of(author=author, organization=organization)  # type: ignore[attr-defined]
        colleagues = list(field.queryset[:2])  # type: ignore[attr-defined]
        self.by_office, field.required = not colleagues, bool(colleagues)
        if len(colleagues) == 1:
            self.initial.setdefault("first_reader", colleagues[0].pk)
        field.label_from_instance = lambda user: user.name  # type: ignore[attr-defined]
