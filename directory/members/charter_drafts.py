"""Proposing a change of the charter: begin a draft, write it, show it to everybody, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.once import once
from directory.actions import charter as actions
from directory.members.charter import readable
from directory.members.charter_forms import DraftForm, ProposeForm
from directory.members.people import signed_in
from directory.models import Charter, CharterVersion, User
from directory.permissions import may_propose_rules, may_write_draft
from directory.queries import rules as queries
from directory.queries.articles import articles_of


def own_draft(request: HttpRequest, pk: int) -> tuple[User, CharterVersion]:
    """A draft this person may write."""
    user, draft = readable(request, pk)
    if not may_write_draft(user, draft):
        raise PermissionDenied
    return user, draft


def refused(form: Form, error: ValidationError) -> None:
    """What an action refuses stands beside its field, else over the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, sentences in error.message_dict.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


@require_POST
@once
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a draft that changes this version (what was decided last), goes back to it, or writes a proposal anew."""
    user = signed_in(request)
    if not may_propose_rules(user):
        raise PermissionDenied
    _user, source = readable(request, pk)
    draft, together = actions.start(by=user, charter=get_object_or_404(Charter, pk=source.charter_id), source=source)
    if together and together.both:
        both = "、".join(together.both)
        messages.warning(
            request,
            _("Both had changed these articles; the proposal's words stand there now: %(both)s") % {"both": both},
        )
    return redirect("members:rule_edit", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/rules/<id>/edit/`: the words, article by article (or whole: `?whole=1`)."""
    user, draft = own_draft(request, pk)
    form = DraftForm(
        request.POST if request.method == "POST" else None, initial={"changes": draft.changes, "text": draft.text}
    )
    if request.method == "POST" and form.is_valid():
        actions.write(by=user, draft=draft, **form.cleaned_data)
        if "propose" in request.POST:
            return redirect("members:rule_propose", draft.pk)
        messages.success(request, _("Kept. Only your organisation sees it until you propose it."))
        return redirect(f"{request.path}?whole=1" if "whole" in request.POST else request.path)
    text = str(form["text"].value() or "")
    context: dict[str, Any] = {
        "form": form,
        "draft": draft,
        "articles": articles_of(text),
        "whole": "whole" in request.GET or "whole" in request.POST,
        "outdated": queries.is_outdated(draft, queries.newest_decided(draft.charter)),
    }
    return render(request, "directory/members/rule_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/rules/<id>/propose/`: what would change, seen once more, and until when people may comment."""
    user, draft = own_draft(request, pk)
    form = ProposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose(by=user, draft=draft, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Proposed. Everybody in the members' room can read it and comment."))
            return redirect("members:rule_version", draft.pk)
    compared = queries.comparison(draft.base.text if draft.base else "", draft.text)
    context = {"form": form, "draft": draft, "compared": compared}
    return render(request, "directory/members/rule_propose.html", context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    user, draft = own_draft(request, pk)
    actions.throw_away(by=user, draft=draft)
    messages.success(request, _("The draft is gone. Nobody else had seen it."))
    return redirect("members:rules")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back; it stays readable."""
    user, proposal = readable(request, pk)
    actions.withdraw(by=user, proposal=proposal)
    messages.success(request, _("Taken back. It stays readable with what was said about it."))
    return redirect("members:rule_version", proposal.pk)
