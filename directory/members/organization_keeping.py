"""Writing what members tell each other: the organisation's administrator, the secretariat; one's own card."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.once import once
from directory.actions import profiles as actions
from directory.enums import Direction
from directory.members.organization_forms import CardForm, NoteForm, ProfileForm, ResourceForm
from directory.members.organizations import shown_page
from directory.members.people import signed_in
from directory.models import ActivityNote, ActivityPicture, MemberProfile, Organization, PersonCard, Resource, User
from directory.permissions import may_keep_profile

METHODS = ["GET", "HEAD", "POST"]
INVALID = 422


def kept_organization(request: HttpRequest, pk: int) -> tuple[User, Organization]:
    """A member organisation this person may write for; for those who only read it PermissionDenied."""
    user = signed_in(request)
    organization = shown_page(user, pk).member.organization
    if not may_keep_profile(user, organization):
        raise PermissionDenied
    return user, organization


def kept(request: HttpRequest, rows: Any, pk: str) -> tuple[User, Any]:
    """A thing of an organisation this person may write for."""
    user = signed_in(request)
    found = get_object_or_404(rows.visible_to(user).select_related("organization"), pk=pk)
    if not may_keep_profile(user, found.organization):
        raise PermissionDenied
    return user, found


def answer(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """The form; with 422 when something has to be set right."""
    status = INVALID if request.method == "POST" else 200
    return render(request, template, {"form": form, **context}, status=status)


@require_http_methods(METHODS)
def profile_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/organizations/<id>/edit/`: the profile."""
    user, organization = kept_organization(request, pk)
    profile = MemberProfile.objects.visible_to(user).filter(organization=organization).first()
    initial = (
        {name: getattr(profile, name) for name in ("does", "served", "serves", "area", "reach", "phone")}
        if profile
        else {}
    )
    if profile:
        initial["concerns"] = list(profile.concerns.all())
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.keep_profile(organization=organization, by=user, values=form.cleaned_data)
        messages.success(request, _("Kept. The other members read it from now on."))
        return redirect("members:organization", pk)
    return answer(request, "directory/members/profile_edit.html", form, organization=organization, profile=profile)


@require_POST
def profile_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything is still right."""
    user, organization = kept_organization(request, pk)
    actions.confirm_profile(organization=organization, by=user)
    messages.success(request, _("Thank you. The day is noted."))
    return redirect("members:organization", pk)


@require_http_methods(METHODS)
@once
def resource_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/organizations/<id>/resources/new/`: something we can offer, or look for."""
    user, organization = kept_organization(request, pk)
    wanted = request.GET.get("as", "")
    initial = {"direction": wanted if wanted in Direction.values else Direction.OFFER}
    return resource_form(request, Resource(organization=organization), user, initial)


@require_http_methods(METHODS)
def resource_edit(request: HttpRequest, pk: str) -> HttpResponse:
    """`/members/organizations/resources/<id>/`: change an offer or a wish."""
    user, resource = kept(request, Resource.objects, pk)
    names = ("direction", "kind", "words", "conditions", "weekdays", "when_text", "until")
    return resource_form(request, resource, user, {name: getattr(resource, name) for name in names})


def resource_form(request: HttpRequest, resource: Resource, user: User, initial: dict[str, Any]) -> HttpResponse:
    """The form, or where it leads."""
    form = ResourceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.keep_resource(resource=resource, by=user, values=form.cleaned_data)
        messages.success(request, _("Kept. It stands on the board of wishes, too."))
        return redirect("members:organization", resource.organization_id)
    is_new = resource._state.adding
    return answer(
        request,
        "directory/members/resource_edit.html",
        form,
        organization=resource.organization,
        resource=resource,
        is_new=is_new,
    )


@require_POST
def resource_remove(request: HttpRequest, pk: str) -> HttpResponse:
    """It is no longer offered, or looked for."""
    user, resource = kept(request, Resource.objects, pk)
    actions.remove_resource(resource=resource, by=user)
    messages.success(request, _("Taken out."))
    return redirect("members:organization", resource.organization_id)


@require_http_methods(METHODS)
@once
def note_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/organizations/<id>/activities/new/`: a piece about something we did."""
    user, organization = kept_organization(request, pk)
    return note_form(request, ActivityNote(organization=organization), user, {})


@require_http_methods(METHODS)
@once
def note_edit(request: HttpRequest, pk: str) -> HttpResponse:
    """`/members/organizations/activities/<id>/`: change a piece, add a picture."""
    user, note = kept(request, ActivityNote.objects, pk)
    return note_form(request, note, user, {name: getattr(note, name) for name in ("title", "happened_on", "text")})


def note_form(request: HttpRequest, note: ActivityNote, user: User, initial: dict[str, Any]) -> HttpResponse:
    """The form, or where it leads."""
    is_post = request.method == "POST"
    form = NoteForm(request.POST if is_post else None, request.FILES if is_post else None, initial=initial)
    is_new = note._state.adding
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        words = {name: data[name] for name in ("title", "happened_on", "text")}
        actions.keep_note(note=note, by=user, values=words, picture=data["picture"], described=data["described"])
        messages.success(request, _("Kept. The other members read it from now on."))
        return redirect("members:organization", note.organization_id)
    pictures = [] if is_new else note.pictures.all()
    context = {"organization": note.organization, "note": note, "is_new": is_new, "pictures": pictures}
    return answer(request, "directory/members/note_edit.html", form, **context)


@require_POST
def note_remove(request: HttpRequest, pk: str) -> HttpResponse:
    """Take a piece back, with its pictures."""
    user, note = kept(request, ActivityNote.objects, pk)
    actions.remove_note(note=note, by=user)
    messages.success(request, _("Taken out."))
    return redirect("members:organization", note.organization_id)


@require_POST
def picture_remove(request: HttpRequest, pk: str) -> HttpResponse:
    """Take one picture out."""
    user = signed_in(request)
    rows = ActivityPicture.objects.visible_to(user).select_related("note__organization")
    picture = get_object_or_404(rows, pk=pk)
    if not may_keep_profile(user, picture.note.organization):
        raise PermissionDenied
    actions.remove_picture(picture=picture, by=user)
    messages.success(request, _("Taken out."))
    return redirect("members:note_edit", picture.note_id)


@require_http_methods(METHODS)
def own_card(request: HttpRequest) -> HttpResponse:
    """`/members/organizations/me/`: whether, and how, the other members know me."""
    user = signed_in(request)
    card = PersonCard.objects.visible_to(user).filter(user=user).first()
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_card(by=user)
        messages.success(request, _("Your card is deleted. The other members no longer see you."))
        return redirect("members:own_card")
    initial = {name: getattr(card, name) for name in (*PersonCard.PRIVATE, "is_contact")} if card else {}
    initial["agrees"] = bool(card and card.agreed_at)
    form = CardForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        shown = form.cleaned_data["agrees"]
        actions.keep_card(by=user, values=form.values, agrees=shown)
        messages.success(
            request, _("Kept. The other members see your card.") if shown else _("Kept. Only you see your card.")
        )
        return redirect("members:own_card")
    return answer(request, "directory/members/own_card.html", form, card=card)
