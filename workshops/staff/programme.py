"""The programme of an event: its parts, sub-themes, speakers. Rows without JavaScript; a button brings more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from directory.fields import LinesFormField
from workshops.actions.programme import SessionPlan, SpeakerPlan, write_programme
from workshops.models import Event, Session, Speaker
from workshops.staff.asked import author, for_editors, hush, with_more_rows, with_page

PREFIX = "parts"
SPEAKERS_AT_MOST = 12


class Clock(forms.TimeField):
    """A time of day, by the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class SpeakerForm(forms.ModelForm[Speaker]):
    """Somebody who speaks. A row without a name counts for nothing."""

    name = forms.CharField(label=gettext_lazy("name"), required=False, max_length=80)
    honorific = forms.CharField(label=gettext_lazy("honorific"), required=False, max_length=10, initial="氏")

    class Meta:
        model = Speaker
        fields = ["name", "honorific", "affiliation", "bio"]
        widgets = {"bio": forms.Textarea(attrs={"rows": 2})}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("name") and (data.get("affiliation") or data.get("bio")):
            self.add_error("name", _("Please write the name."))
        return data

    def plan(self) -> SpeakerPlan | None:
        """As the action takes it; None for an empty row."""
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return SpeakerPlan(data["name"], data["honorific"], data["affiliation"], data["bio"])


SpeakerFormSet = forms.formset_factory(SpeakerForm, extra=2, max_num=SPEAKERS_AT_MOST, validate_max=True)


class SessionForm(forms.ModelForm[Session]):
    """One part of the programme with its speakers. A row without a title counts for nothing."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(label=gettext_lazy("order"), required=False, min_value=1, max_value=99)
    begins = Clock(label=gettext_lazy("begins at"))
    ends = Clock(label=gettext_lazy("ends at"))
    title = forms.CharField(label=gettext_lazy("title"), required=False, max_length=255)
    subthemes = LinesFormField(
        label=gettext_lazy("sub-themes"), required=False, help_text=gettext_lazy("One a line, in their order.")
    )
    remove = forms.BooleanField(label=gettext_lazy("take this part away"), required=False)

    class Meta:
        model = Session
        fields = ["begins", "ends", "title", "body", "subthemes"]
        widgets = {"body": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, speakers: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data if self.is_bound else None
        prefix = f"{self.prefix}-speakers"
        whole = sent is not None and f"{prefix}-TOTAL_FORMS" in sent
        self.speakers = SpeakerFormSet(sent if whole else None, prefix=prefix, initial=list(speakers))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = [plan for plan in self.speaker_plans() if plan]
        if not data.get("title") and (named or data.get("begins") or data.get("body") or data.get("subthemes")):
            self.add_error("title", _("Please write what this part is called."))
        if data.get("begins") and data.get("ends") and data["ends"] < data["begins"]:
            self.add_error("ends", _("The end is before the beginning."))
        return data

    def is_valid(self) -> bool:
        return super().is_valid() and (not self.speakers.is_bound or self.speakers.is_valid())

    def has_changed(self) -> bool:
        return super().has_changed() or (self.speakers.is_bound and self.speakers.has_changed())

    def speaker_plans(self) -> list[SpeakerPlan]:
        """Those with a name."""
        if not self.speakers.is_bound or not self.speakers.is_valid():
            return []
        return [plan for form in self.speakers if (plan := form.plan())]

    def plan(self) -> SessionPlan | None:
        """As the action takes it; None for an empty row or one to take away."""
        data = self.cleaned_data
        if not data.get("title") or data.get("remove"):
            return None
        names = ("title", "begins", "ends", "body", "subthemes", "pk")
        return SessionPlan(**{name: data[name] for name in names}, speakers=self.speaker_plans())


class BaseSessionFormSet(forms.BaseFormSet[SessionForm]):
    """The programme."""

    def __init__(self, *args: Any, parts: list[Session], **kwargs: Any) -> None:
        self.parts = parts
        initial = [
            {
                "pk": part.pk, "order": number, "begins": part.begins, "ends": part.ends, "title": part.title,
                "body": part.body, "subthemes": part.subthemes,
            }
            for number, part in enumerate(parts, start=1)
        ]  # fmt: skip
        super().__init__(*args, **(kwargs | {"initial": initial}))

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        if index is None or index >= len(self.parts):
            return {}
        rows = [
            {"name": each.name, "honorific": each.honorific, "affiliation": each.affiliation, "bio": each.bio}
            for each in self.parts[index].speakers.all()
        ]
        return {"speakers": rows}

    def plans(self) -> list[SessionPlan]:
        """In the order that was written; a row without a number comes behind."""
        numbered = [
            (form.cleaned_data.get("order") or 1000 + place, place, plan)
            for place, form in enumerate(self.forms)
            if (plan := form.plan())
        ]
        return [plan for _order, _place, plan in sorted(numbered, key=lambda each: each[:2])]


SessionFormSet: type[BaseSessionFormSet] = forms.formset_factory(  # type: ignore[assignment]
    SessionForm, formset=BaseSessionFormSet, extra=2, max_num=60, validate_max=True
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/events/<event>/programme/`"""
    event = get_object_or_404(with_page(), pk=pk)
    parts = list(event.sessions.prefetch_related("speakers"))
    sent: Any = request.POST if request.method == "POST" else None
    if sent is not None and "more" in sent:
        forms_with_rows = SessionFormSet(with_more_rows(sent, PREFIX, 3), prefix=PREFIX, parts=parts)
        hush(forms_with_rows.forms)
        hush([forms_with_rows, *(form.speakers for form in forms_with_rows.forms if form.speakers.is_bound)])
        return drawn(request, event, forms_with_rows, status=200)
    rows = SessionFormSet(sent, prefix=PREFIX, parts=parts)
    if sent is None:
        return drawn(request, event, rows, status=200)
    if not rows.is_valid():
        return drawn(request, event, rows, status=422)
    try:
        write_programme(event=event, by=author(request), sessions=rows.plans())
    except ValidationError as error:
        rows.non_form_errors().extend(error.messages)
        return drawn(request, event, rows, status=422)
    messages.success(request, _("The programme is kept."))
    return redirect("event:programme", event.pk)


def drawn(request: HttpRequest, event: Event, rows: BaseSessionFormSet, *, status: int) -> HttpResponse:
    """The screen with what was written."""
    context = {"event": event, "parts": rows, "has_errors": status == 422}
    return render(request, "workshops/staff/programme.html", context, status=status)
