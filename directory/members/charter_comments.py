"""Comments on a proposal: said, changed, taken back, while they are open."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.once import once
from directory.actions import charter_comments as actions
from directory.members.charter import readable, version_page
from directory.members.charter_drafts import refused
from directory.members.charter_forms import CommentForm
from directory.members.people import signed_in
from directory.models import CharterComment
from directory.permissions import may_change_comment, may_comment


@require_POST
@once
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about an article, or about the whole. What is wrong comes back with what was written."""
    user, version = readable(request, pk)
    if not may_comment(user, version):
        raise PermissionDenied
    prefix, article = request.POST.get("form", "c0"), request.POST.get("article", "")
    form = CommentForm(request.POST, prefix=prefix)
    if form.is_valid():
        try:
            made = actions.comment(by=user, version=version, article=article, text=form.cleaned_data["text"])
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Your comment stands there now, with your name and organisation."))
            return redirect(f"{version.get_absolute_url()}#said-{made.pk}")
    return version_page(request, user, version, form=form, article=article, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/rules/comments/<id>/`: say it differently, or take it back. Others' comments are not found."""
    user = signed_in(request)
    said = get_object_or_404(
        CharterComment.objects.visible_to(user).filter(author=user).select_related("version__charter"), pk=pk
    )
    if not may_change_comment(user, said):
        raise PermissionDenied
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"text": said.text})
    if request.method == "POST" and "take_back" in request.POST:
        actions.take_back(by=user, comment=said)
        messages.success(request, _("Taken back. Nobody reads it any more."))
        return redirect(said.version.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(by=user, comment=said, text=form.cleaned_data["text"])
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Changed."))
            return redirect(f"{said.version.get_absolute_url()}#said-{said.pk}")
    return render(request, "directory/members/rule_comment.html", {"form": form, "said": said})
