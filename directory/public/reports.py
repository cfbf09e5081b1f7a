"""For residents: telling us that something is wrong. For owners of a desk: saying that everything is still right."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms import dates, keys, throttle
from cms.forms import PlainText
from directory.actions import freshness, reports
from directory.enums import WrongThing
from directory.models import ConsultationDesk
from directory.models.reports import REPORT_KEPT_FOR
from directory.queries.finder import with_channels

LONGEST_REPORT = 500


class ReportForm(forms.Form):
    """What is wrong, and a few words if somebody likes."""

    what = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=WrongThing.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose one."),
            "invalid_choice": gettext_lazy("Please choose one."),
        },
    )
    words = PlainText(
        label=gettext_lazy("If you like, tell us more"),
        help_text=gettext_lazy("No name and no address, please: nobody can answer you here."),
        max_length=LONGEST_REPORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_report(request: HttpRequest, slug: str) -> HttpResponse:
    """`/help/<desk>/report/`: the form; when sent, thanks. Sending it again stores nothing twice."""
    desk = get_object_or_404(
        ConsultationDesk.objects.visible_to(request.user).select_related("organization"), slug=slug
    )
    response = _sent(request, desk) if request.method == "POST" else _drawn(request, desk, _fresh_form())
    add_never_cache_headers(response)
    return response


def _fresh_form() -> ReportForm:
    return ReportForm(initial={"key": keys.new_form_key(reports.FORM_SALT)}, auto_id="r_%s")


def _drawn(request: HttpRequest, desk: ConsultationDesk, form: ReportForm) -> HttpResponse:
    context = {"desk": desk, "form": form, "erased_on": dates.today() + REPORT_KEPT_FOR}
    return render(request, "directory/public/desk_report.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest, desk: ConsultationDesk) -> HttpResponse:
    data = request.POST.copy()
    try:
        key, _age = keys.read_form_key(data.get("key", ""), reports.FORM_SALT)
    except keys.NotOurs:
        key, data["key"] = "", keys.new_form_key(reports.FORM_SALT)
    form = ReportForm(data, auto_id="r_%s")
    if not key:
        form.add_error(None, _("This form could not be recognised. Please press the button once more."))
    elif not throttle.allow("desk.report", throttle.address(request), limit=10, seconds=600):
        form.add_error(None, _("Many reports came from your connection just now. Please try again in ten minutes."))
    if not form.is_valid():
        return _drawn(request, desk, form)
    reports.report(
        desk=desk,
        what=form.cleaned_data["what"],
        words=form.cleaned_data["words"],
        address=throttle.address(request),
        key=key,
    )
    return render(request, "directory/public/desk_reported.html", {"desk": desk})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk_checked(request: HttpRequest, token: str) -> HttpResponse:
    """`/help/checked/<token>/`: what residents read about the desk. Looking changes nothing; the button confirms it."""
    question = freshness.find(token)
    if question is None:
        return render(request, "directory/public/desk_checked_gone.html", status=404)
    changed = False
    if request.method == "POST":
        try:
            freshness.answer(question=question, seen=request.POST.get("seen", ""))
        except freshness.Changed:
            changed = True
        else:
            return render(request, "directory/public/desk_checked_done.html", {"desk": question.desk})
    desk = with_channels(ConsultationDesk.objects.filter(pk=question.desk_id)).get()
    context = {"desk": desk, "question": question, "seen": freshness.shown(desk), "changed": changed}
    return render(request, "directory/public/desk_checked.html", context, status=409 if changed else 200)
