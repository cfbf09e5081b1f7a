"""Forms of materials: words, files by what they are for, lines about files that are there already, a use."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.dates import today
from cms.forms import CheckedUpload, ManyUploadsField, PlainText, refused_sentences
from cms.models import Theme
from workshops.actions.materials import DETAILS, Line
from workshops.enums import FileRole
from workshops.members.forms import Number
from workshops.models import Material, MaterialFile

FILES = {role: f"files_{role.value}" for role in FileRole}
FORMATS = ".pdf,.docx,.xlsx,.pptx,.csv,.txt,.jpg,.jpeg,.png,.gif,.webp,.heic"


class FilesForm(forms.Form):
    """Files by what they are for; each control takes several. What was taken stays when the form comes back."""

    files_slides = ManyUploadsField(label=FileRole.SLIDES.label)
    files_timetable = ManyUploadsField(label=FileRole.TIMETABLE.label)
    files_handout = ManyUploadsField(label=FileRole.HANDOUT.label)
    files_other = ManyUploadsField(label=FileRole.OTHER.label)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("draft", str(uuid.uuid4()))
        for name in FILES.values():
            self.fields[name].widget.attrs["accept"] = FORMATS
        self.taken: list[tuple[FileRole, CheckedUpload]] = []

    @property
    def key(self) -> str:
        """Names the files that wait for this form; made anew when what came is no such name."""
        try:
            return str(uuid.UUID(self.data["draft"])) if self.is_bound else str(self.initial["draft"])
        except (KeyError, ValueError, AttributeError):
            return str(self.initial["draft"])

    def clean(self) -> dict[str, Any]:
        """What is refused is said beside its control, file by file."""
        data = super().clean() or {}
        for role, name in FILES.items():
            taken, refused = data.pop(name, ([], []))
            self.taken += [(role, upload) for upload in taken]
            if refused:
                self.add_error(name, refused_sentences(refused))
        return data


class DetailsForm(forms.ModelForm[Material]):
    """The words about a material."""

    title = PlainText(label=_("Title"), max_length=120)
    purpose = PlainText(
        label=_("What it is for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("When it helps, how one goes about it, what to look out for. No names of private people."),
    )
    minutes = Number(label=_("How long it takes (minutes)"))
    group_size = Number(label=_("For how many people at most"))
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Theme.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Material
        fields = DETAILS
        labels = {"kind": _("Kind"), "licence": _("How others may use it"), "audience": _("Who sees it")}
        widgets = {"kind": forms.RadioSelect, "licence": forms.RadioSelect, "audience": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.order_by("name")  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["themes"] = list(self.instance.themes.values_list("pk", flat=True))

    def details(self) -> Mapping[str, Any]:
        """The fields of the row."""
        return {name: self.cleaned_data[name] for name in DETAILS}

    def _post_clean(self) -> None:
        """The row is written by the action, never by the form."""


class NoteForm(forms.Form):
    """What changed with a version."""

    note = PlainText(
        label=_("What changed"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For those who used the earlier version."),
    )


class LineForm(forms.Form):
    """About a file that is there: how it is called, what it is for, whether it goes."""

    title = PlainText(label=_("Title"), max_length=120, required=False)
    role = forms.ChoiceField(label=pgettext_lazy("file", "What it is"), choices=FileRole.choices)
    dropped = forms.BooleanField(label=_("Leave it out"), required=False)


def lines_for(files: Iterable[MaterialFile], data: Any) -> list[tuple[MaterialFile, LineForm]]:
    """A line a file, with what was typed where the form had it already."""
    shown = []
    for file in files:
        prefix = f"file-{file.pk}"
        bound = data if data is not None and f"{prefix}-role" in data else None
        shown.append((file, LineForm(bound, prefix=prefix, initial={"title": file.title, "role": file.role})))
    return shown


def lines_of(shown: Iterable[tuple[MaterialFile, LineForm]]) -> dict[str, Line]:
    """What the lines say; a line with a mistake leaves its file as it is."""
    said = {}
    for file, form in shown:
        if form.is_bound and form.is_valid():
            values = form.cleaned_data
            said[str(file.pk)] = Line(values["title"], values["role"], values["dropped"])
    return said


class UseForm(forms.Form):
    """Where it was used and what came of it."""

    used_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=today
    )
    place = PlainText(label=_("Place"), max_length=120, help_text=_("For example: Higashi-Minamo community centre"))
    people = Number(label=_("How many people"))
    outcome = PlainText(
        label=pgettext_lazy("material", "What came of it"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence helps the next one. No names of private people."),
    )

    def clean_used_on(self) -> Any:
        """Used means: not in time to come."""
        day = self.cleaned_data["used_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day
