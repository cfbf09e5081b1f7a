"""The secretariat's circulars and inquiries: written, sent, followed, closed; the answers as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms import audit, exports
from cms.dates import today
from cms.once import once
from directory.members.people import signed_in
from directory.models import User
from directory.reauthentication import recently_authenticated
from workshops.actions import circulars as actions
from workshops.enums import ReplyState
from workshops.forms.questions import answer_words
from workshops.members.circular_forms import CircularForm, ExtendForm, QuestionFormSet
from workshops.models import Circular, CircularFile
from workshops.models.circulars import writes_circulars
from workshops.queries.circulars import Answers, answers_to, with_progress

A_PAGE = 20
INVALID = 422
METHODS = ["GET", "HEAD", "POST"]


def writer(request: HttpRequest) -> User:
    """Raises PermissionDenied for everybody but the secretariat."""
    user = signed_in(request)
    if not writes_circulars(user):
        raise PermissionDenied
    return user


def found(request: HttpRequest, pk: str) -> tuple[User, Circular]:
    """One of them."""
    user = writer(request)
    return user, get_object_or_404(Circular.objects.visible_to(user), pk=pk)


@require_safe
def circulars(request: HttpRequest) -> HttpResponse:
    """`/members/office/circulars/`: drafts, what is under way with n of N, what is closed."""
    user = writer(request)
    rows = with_progress(Circular.objects.visible_to(user).defer("text")).order_by("-changed_at", "pk")
    context = {
        "drafts": [each for each in rows if each.is_draft],
        "open": sorted((each for each in rows if each.is_open), key=lambda each: each.due_on),
        "page": Paginator([each for each in rows if each.is_closed], A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "workshops/members/office_circulars.html", context)


@require_http_methods(METHODS)
@once
def circular_new(request: HttpRequest) -> HttpResponse:
    """`/members/office/circulars/new/`: write one."""
    return written(request, writer(request), Circular(), {}, [])


@require_http_methods(METHODS)
@once
def circular_edit(request: HttpRequest, pk: str) -> HttpResponse:
    """`/members/office/circulars/<id>/edit/`: while it is a draft."""
    user, circular = found(request, pk)
    if not circular.is_draft:
        messages.error(request, _("It has been sent meanwhile and can no longer be changed."))
        return redirect("members:office_circular", pk)
    names = ("kind", "title", "text", "due_on", "to", "body", "shares_answers")
    initial = {name: getattr(circular, name) for name in names} | {"chosen": list(circular.chosen.all())}
    asked = [
        {"text": each.text, "kind": each.kind, "choices": each.choices, "optional": not each.required}
        for each in circular.questions.all()
    ]
    return written(request, user, circular, initial, asked)


def written(
    request: HttpRequest, user: User, circular: Circular, initial: dict[str, Any], asked: list[dict[str, Any]]
) -> HttpResponse:
    """The form, or the draft."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CircularForm(*posted, initial=initial)
    questions = QuestionFormSet(posted[0], initial=asked, prefix="q")
    questions.extra = questions.max_num - len(asked)
    if request.method == "POST" and all([form.is_valid(), questions.is_valid()]):
        kept = draft_of(circular, user, form, questions)
        messages.success(request, _("Kept as a draft. Nobody has got it yet."))
        return redirect("members:office_circular", kept.pk)
    is_new = circular._state.adding
    context = {"form": form, "questions": questions, "is_new": is_new, "circular": circular}
    if not is_new:
        context["files"] = circular.files.all()
    status = INVALID if request.method == "POST" else 200
    return render(request, "workshops/members/office_circular_edit.html", context, status=status)


def draft_of(circular: Circular, user: User, form: CircularForm, questions: Any) -> Circular:
    """Write it down."""
    upload = form.cleaned_data["file"]
    return actions.keep_draft(
        circular=circular,
        by=user,
        values=form.values,
        questions=[asked for each in questions if (asked := each.asked) is not None],
        chosen=form.cleaned_data["chosen"],
        files=[upload] if upload else [],
    )


@require_safe
def circular(request: HttpRequest, pk: str) -> HttpResponse:
    """`/members/office/circulars/<id>/`: a draft before it goes; afterwards who has answered and who has not."""
    user, one = found(request, pk)
    context: dict[str, Any] = {
        "circular": one,
        "files": one.files.all(),
        "answers": table_of(one),
        "reminded_today": one.reminded_on == today(),
        "extend": ExtendForm(initial={"due_on": one.due_on}),
    }
    if one.is_draft:
        context["addressees"] = actions.addressees(one, by=user)
    return render(request, "workshops/members/office_circular.html", context)


def table_of(one: Circular) -> Answers:
    """Every organisation that got it: the count and the list are the same rows."""
    replies = one.replies.select_related("organization", "circular", "answered_by", "read_by")
    order = {ReplyState.UNREAD: 0, ReplyState.READ: 1, ReplyState.DECLINED: 2, ReplyState.ANSWERED: 3}
    return answers_to(one, sorted(replies, key=lambda each: order[ReplyState(each.state)]))


def carried_out(request: HttpRequest, pk: str, action: Callable[..., Any], said: Callable[[Any], str]) -> HttpResponse:
    """Do it and say what came of it."""
    user, one = found(request, pk)
    try:
        result = action(circular=one, by=user)
        messages.success(request, said(result))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("members:office_circular", pk)


@require_POST
def circular_send(request: HttpRequest, pk: str) -> HttpResponse:
    """From now on it lies in the trays."""
    return carried_out(request, pk, actions.send, lambda sent: _("Sent. It lies in the tray of each organisation."))


@require_POST
def circular_remind(request: HttpRequest, pk: str) -> HttpResponse:
    """Only those of whom something is expected, once a day."""
    return carried_out(request, pk, actions.remind, reminded_words)


def reminded_words(count: int) -> str:
    """How many organisations, or why none."""
    if not count:
        return _("Nobody was reminded: today's reminder has gone, or nobody is missing.")
    words = ngettext("%(n)d organisation was reminded.", "%(n)d organisations were reminded.", count)
    return words % {"n": count}


@require_POST
def circular_close(request: HttpRequest, pk: str) -> HttpResponse:
    """No more answers."""
    return carried_out(request, pk, actions.close, lambda done: _("Closed. No more answers are taken."))


@require_POST
def circular_extend(request: HttpRequest, pk: str) -> HttpResponse:
    """Another day."""
    user, one = found(request, pk)
    form = ExtendForm(request.POST)
    if form.is_valid():
        actions.extend(circular=one, by=user, due_on=form.cleaned_data["due_on"])
        messages.success(request, _("The day is changed. Those who have not answered are told."))
    else:
        messages.error(request, str(form.errors["due_on"][0]))
    return redirect("members:office_circular", pk)


@require_POST
def circular_discard(request: HttpRequest, pk: str) -> HttpResponse:
    """Throw a draft away."""
    user, one = found(request, pk)
    try:
        actions.discard(circular=one, by=user)
        messages.success(request, _("The draft is gone."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("members:office_circular", pk)
    return redirect("members:office_circulars")


@require_POST
def circular_file_remove(request: HttpRequest, pk: str) -> HttpResponse:
    """Take a file out of a draft."""
    user = writer(request)
    file = get_object_or_404(CircularFile.objects.visible_to(user).select_related("circular"), pk=pk)
    try:
        actions.remove_file(file=file, by=user)
        messages.success(request, _("Taken out."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("members:office_circular_edit", file.circular_id)


@require_safe
@recently_authenticated(file=True)
def circular_csv(request: HttpRequest, pk: str) -> HttpResponse:
    """All answers as CSV; cells that a spreadsheet would run are made harmless (cms.exports)."""
    user, one = found(request, pk)
    answers = table_of(one)
    audit.record("circular.exported", by=user, target=one, rows=answers.total)
    header = [
        _("Organisation"), _("State"), _("Late (1 = yes)"), _("Read"), _("Answered"), _("Answered by"),
        *(question.text for question in answers.questions), _("Why not"),
    ]  # fmt: skip
    content = exports.csv_bytes(header, [row_of(line) for line in answers.lines])
    return exports.download(content, name=f"answers-{one.due_on:%Y%m%d}.csv", media_type=exports.CSV_TYPE)


def row_of(line: Any) -> list[exports.Cell]:
    """One organisation."""
    reply = line.reply
    values = ["" if value is None else value if isinstance(value, int) and not isinstance(value, bool) else answer_words(value) for value in line.values]  # fmt: skip
    by = reply.answered_by.name if reply.answered_by else ""
    state = str(reply.get_state_display())
    return [reply.organization.name, state, reply.is_late, reply.read_at, reply.answered_at, by, *values, reply.reason]
