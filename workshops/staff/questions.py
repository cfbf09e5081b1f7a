"""The questions an event asks those who register: each says why, and until when its answers are kept."""

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

from workshops.actions.questions import CHOOSING, QuestionPlan, write_questions
from workshops.models import Event, Question
from workshops.models.questions import LONGEST_KEPT
from workshops.staff.asked import author, for_editors, hush, with_more_rows, with_page

PREFIX = "questions"


class QuestionForm(forms.ModelForm[Question]):
    """One question. A row without words counts for nothing."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(label=gettext_lazy("order"), required=False, min_value=1, max_value=99)
    text = forms.CharField(label=gettext_lazy("question"), required=False, max_length=200)
    kept_days = forms.IntegerField(
        label=gettext_lazy("kept after the event, days"),
        required=False,
        min_value=0,
        max_value=LONGEST_KEPT,
        initial=30,
        help_text=gettext_lazy("Then the answers are deleted."),
    )
    remove = forms.BooleanField(label=gettext_lazy("ask this no longer"), required=False)

    class Meta:
        model = Question
        fields = ["text", "hint", "kind", "choices", "required", "kept_days"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = False

    def clean_kept_days(self) -> int:
        """30 where nothing was written; 0 is an answer."""
        days = self.cleaned_data["kept_days"]
        return 30 if days is None else days

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["kind"] = data.get("kind") or "short"
        if not data.get("text") and (data.get("hint") or data.get("choices")):
            self.add_error("text", _("Please write the question."))
        if data.get("text") and data["kind"] in CHOOSING and len(data.get("choices") or []) < 2:
            self.add_error("choices", _("A question with a choice needs at least two lines to choose from."))
        return data

    def plan(self) -> QuestionPlan | None:
        """As the action takes it; None for an empty row."""
        data = self.cleaned_data
        if not data.get("text"):
            return None
        names = ("text", "hint", "kind", "choices", "required", "kept_days", "pk", "remove")
        return QuestionPlan(**{name: data[name] for name in names})


class BaseQuestionFormSet(forms.BaseFormSet[QuestionForm]):
    """All questions."""

    def plans(self) -> list[QuestionPlan]:
        """In the order that was written; a row without a number comes behind."""
        numbered = [
            (form.cleaned_data.get("order") or 1000 + place, place, plan)
            for place, form in enumerate(self.forms)
            if (plan := form.plan())
        ]
        return [plan for _order, _place, plan in sorted(numbered, key=lambda each: each[:2])]


QuestionFormSet: type[BaseQuestionFormSet] = forms.formset_factory(  # type: ignore[assignment]
    QuestionForm, formset=BaseQuestionFormSet, extra=2, max_num=40, validate_max=True
)


def rows_of(questions: list[Question]) -> list[dict[str, Any]]:
    """Existing questions as initial rows."""
    names = ("pk", "text", "hint", "kind", "choices", "required", "kept_days")
    return [
        {"order": number, **{name: getattr(question, name) for name in names}}
        for number, question in enumerate(questions, start=1)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/events/<event>/questions/`"""
    event = get_object_or_404(with_page(), pk=pk)
    initial = rows_of(list(event.questions.filter(is_retired=False)))
    sent: Any = request.POST if request.method == "POST" else None
    if sent is not None and "more" in sent:
        rows = QuestionFormSet(with_more_rows(sent, PREFIX, 3), prefix=PREFIX, initial=initial)
        hush([rows])
        return drawn(request, event, rows, status=200)
    rows = QuestionFormSet(sent, prefix=PREFIX, initial=initial)
    if sent is None:
        return drawn(request, event, rows, status=200)
    if not rows.is_valid():
        return drawn(request, event, rows, status=422)
    try:
        retired = write_questions(event=event, by=author(request), questions=rows.plans())
    except ValidationError as error:
        rows.non_form_errors().extend(error.messages)
        return drawn(request, event, rows, status=422)
    messages.success(request, _("The questions are kept."))
    if retired:
        messages.info(
            request,
            _("%(count)d questions are asked no longer. What was answered is kept until the day that was promised.")
            % {"count": len(retired)},
        )
    return redirect("event:questions", event.pk)


def drawn(request: HttpRequest, event: Event, rows: BaseQuestionFormSet, *, status: int) -> HttpResponse:
    """The screen with what was written."""
    retired = event.questions.filter(is_retired=True)
    context = {"event": event, "questions": rows, "retired": retired, "has_errors": status == 422}
    return render(request, "workshops/staff/questions.html", context, status=status)
