"""The secretariat and the charter: who has not accepted it, what a meeting decided, answers to comments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms import dates, exports
from cms.once import once
from directory.actions import charter as actions
from directory.actions import charter_comments
from directory.enums import CharterState
from directory.members.charter_drafts import refused
from directory.members.charter_forms import CommentForm, DecisionForm, DocumentForm
from directory.members.people import signed_in
from directory.models import Charter, CharterComment, CharterVersion, User
from directory.models.pledges import versions_so_far
from directory.permissions import may_keep_rules
from directory.queries import rules as queries
from directory.queries.pledges import Asked, overview
from directory.reauthentication import recently_authenticated


def keeper(request: HttpRequest) -> User:
    """Raises PermissionDenied for who does not keep the rules."""
    user = signed_in(request)
    if not may_keep_rules(user):
        raise PermissionDenied
    return user


def kept_version(request: HttpRequest, pk: int) -> tuple[User, CharterVersion]:
    """A version the secretariat works on."""
    user = keeper(request)
    seen = CharterVersion.objects.visible_to(user).select_related("charter", "base", "organization")
    return user, get_object_or_404(seen, pk=pk)


@require_safe
def pledges(request: HttpRequest) -> HttpResponse:
    """`/members/office/rules/`: who has not accepted the rules in force, by organisation."""
    user = keeper(request)
    groups = overview(user)
    versions = versions_so_far(dates.today())
    asked = [each for group in groups for each in group.asked]
    context: dict[str, Any] = {
        "groups": groups,
        "version": versions[-1] if versions else None,
        "asked": len(asked),
        "missing": sum(each.is_missing for each in asked),
        "closed": sum(not each.state.opens for each in asked),
        "today": dates.today(),
    }
    return render(request, "directory/members/office_rules.html", context)


@require_safe
@recently_authenticated(file=True)
def pledges_csv(request: HttpRequest) -> HttpResponse:
    """`/members/office/rules/csv/`: everybody who is asked, and how they stand."""
    asked = [each for group in overview(keeper(request)) for each in group.asked]
    header = [
        _("Organisation"),
        _("Name"),
        _("How it stands"),
        _("Version accepted last"),
        _("Accepted on"),
        _("Casebook open until"),
        _("Missing since"),
    ]
    content = exports.csv_bytes(header, [line(each) for each in asked])
    return exports.download(content, name=f"pledges-{dates.today():%Y%m%d}.csv", media_type=exports.CSV_TYPE)


def line(each: Asked) -> list[exports.Cell]:
    """One person as a row."""
    state, organization = each.state, each.user.organization
    return [
        organization.name if organization else "",
        each.user.name,
        str(state.kind.label),
        state.accepted.number if state.accepted else None,
        state.accepted_on,
        state.last_day,
        state.since,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def document_new(request: HttpRequest) -> HttpResponse:
    """`/members/office/rules/new/`: another set of rules; where there are none yet, with words to begin with."""
    user = keeper(request)
    first = not Charter.objects.filter(is_pledged=True).exists()
    initial = {"is_pledged": first, "with_first_text": first, "title": pgettext("title", "Rules") if first else ""}
    form = DocumentForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.open_document(by=user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("The draft is there. Read it through, change it, then propose it."))
            return redirect("members:rule_edit", draft.pk)
    return render(request, "directory/members/office_rule_document.html", {"form": form, "first": first})


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/rules/<id>/decide/`: write down what a meeting decided."""
    user, proposal = kept_version(request, pk)
    if proposal.state != CharterState.PROPOSED:
        messages.info(request, _("This is no open proposal any more."))
        return redirect(proposal.get_absolute_url())
    form = DecisionForm(request.POST if request.method == "POST" else None, initial={"in_force_from": dates.today()})
    if request.method == "POST" and form.is_valid():
        try:
            decided = actions.decide(by=user, proposal=proposal, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Written down. It is version %(number)s.") % {"number": decided.number})
            return redirect(decided.get_absolute_url())
    compared = queries.comparison(proposal.base.text if proposal.base else "", proposal.text)
    context = {"form": form, "proposal": proposal, "compared": compared, "others": others_open(proposal)}
    return render(request, "directory/members/office_rule_decide.html", context)


def others_open(proposal: CharterVersion) -> list[CharterVersion]:
    """Other proposals that would have to be laid on top of this one once it is decided."""
    return list(proposal.charter.versions.proposals().exclude(pk=proposal.pk).select_related("organization"))  # type: ignore[attr-defined]


@require_POST
def decision_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision written down wrongly is a proposal again."""
    user, version = kept_version(request, pk)
    try:
        actions.take_decision_back(by=user, version=version)
        messages.success(request, _("It is a proposal again. Please write the decision down anew."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(version.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/office/rules/comments/<id>/`: answer a comment."""
    user = keeper(request)
    seen = CharterComment.objects.visible_to(user).select_related("version__charter", "author", "organization")
    said = get_object_or_404(seen, pk=pk)
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"text": said.answer or ""})
    if request.method == "POST" and form.is_valid():
        try:
            charter_comments.answer(by=user, comment=said, text=form.cleaned_data["text"])
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Your answer stands under the comment."))
            return redirect(f"{said.version.get_absolute_url()}#said-{said.pk}")
    return render(request, "directory/members/office_rule_answer.html", {"form": form, "said": said})
