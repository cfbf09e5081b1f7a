"""The members' directory (団体名簿): find who can do what; one organisation; the board of wishes; the people."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory.enums import ResourceKind, Weekday
from directory.members.organization_forms import LookingForm
from directory.members.people import signed_in
from directory.models import ActivityPicture, Organization, PersonCard, User
from directory.permissions import may_keep_profile
from directory.phones import phone
from directory.queries.members import (
    FoundMembers,
    Looking,
    MemberPage,
    find_members,
    find_people,
    member_page,
    used_concerns,
)
from directory.queries.wishes import wish_board

A_PAGE = 12
CODES = {"words": "q", "kind": "k", "day": "d", "concern": "c", "served": "g", "tier": "t"}


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """`/members/organizations/?q=…&k=place&d=6`: who can do what."""
    user = signed_in(request)
    form = LookingForm(request.GET, concerns=used_concerns(user))
    found = find_members(user, form.looking)
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "page": Paginator(found.members, A_PAGE).get_page(request.GET.get("page")),
        "query": query_of(found.asked),
        "dropped": [form.label_of(name) for name in found.dropped],
        "toggles": toggles(found.asked),
        "own_card": PersonCard.objects.visible_to(user).filter(user=user).first(),
        "narrowed": found.asked.count - bool(found.asked.words),
        **own_profile(user, found),
    }
    return render(request, "directory/members/organizations.html", context)


def query_of(looking: Looking) -> str:
    """The wishes as a part of an address."""
    return urlencode({CODES[name]: value for name, value in vars(looking).items() if value})


def toggles(looking: Looking) -> list[dict[str, Any]]:
    """One for each kind of offer, and one for Saturdays; each leads to the list with and without it."""
    found = []
    for name, each in [*(("kind", kind) for kind in ResourceKind), ("day", Weekday.SATURDAY)]:
        is_on = getattr(looking, name) == each.value
        other = Looking(**{**vars(looking), name: "" if is_on else each.value})
        found.append({"label": each.label, "is_on": is_on, "query": query_of(other)})
    return found


def own_profile(user: User, found: FoundMembers) -> dict[str, Any]:
    """Whether the reader keeps a profile here, and how it stands."""
    own = user.organization
    if own is None or not may_keep_profile(user, own):
        return {"keeps": None}
    mine = next((each for each in found.members if each.organization == own), None)
    page = mine or getattr(member_page(user, own), "member", None)
    return {"keeps": own if page else None, "own_profile": page.profile if page else None}


@require_safe
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/organizations/<id>/`: what the other members may know."""
    user = signed_in(request)
    page = shown_page(user, pk)
    profile = page.member.profile
    context = {
        "page": page,
        "member": page.member,
        "organization": page.member.organization,
        "profile": profile,
        "phone": phone(profile.phone) if profile and profile.phone else None,
        "may_keep": may_keep_profile(user, page.member.organization),
        "is_own": user.organization_id == pk,
    }
    return render(request, "directory/members/organization.html", context)


def shown_page(user: User, pk: int) -> MemberPage:
    """An organisation that is a member today; any other is not found."""
    page = member_page(user, get_object_or_404(Organization, pk=pk))
    if page is None:
        raise Http404
    return page


@require_safe
def wishes(request: HttpRequest) -> HttpResponse:
    """`/members/organizations/wishes/`: what is looked for, beside what could answer it."""
    user = signed_in(request)
    own = user.organization
    context = {"board": wish_board(user), "keeps": own if own and may_keep_profile(user, own) else None}
    return render(request, "directory/members/wishes.html", context)


@require_safe
def people_cards(request: HttpRequest) -> HttpResponse:
    """`/members/organizations/people/?q=…`: people who agreed to be shown."""
    user = signed_in(request)
    question = request.GET.get("q", "").strip()[:100]
    cards, partly = find_people(user, question)
    context = {
        "question": question,
        "page": Paginator(cards, A_PAGE).get_page(request.GET.get("page")),
        "count": len(cards),
        "partly": partly,
        "query": urlencode({"q": question}) if question else "",
        "own_card": PersonCard.objects.visible_to(user).filter(user=user).first(),
    }
    return render(request, "directory/members/people_cards.html", context)


@require_safe
def picture(request: HttpRequest, pk: str) -> HttpResponseBase:
    """A picture of an activity."""
    return get_object_or_404(ActivityPicture.objects.visible_to(signed_in(request)), pk=pk).answer()
