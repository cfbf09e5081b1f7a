"""Materials for readers: the list, one material, its files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.notifications import mark_read
from workshops.actions import materials as actions
from workshops.members.materials import filters
from workshops.members.receiving import actor
from workshops.models import Material, MaterialFile, MaterialVersion
from workshops.permissions import may_give_materials
from workshops.queries.materials import found, log_of, with_rest

A_PAGE = 20
A_PAGE_OF_LOG = 50


@require_safe
def materials(request: HttpRequest) -> HttpResponse:
    """`/members/materials/`: what members gave each other, newest first; search and filters by GET."""
    wanted = filters.wanted_of(request.GET, request.user)
    answer = found(request.user, wanted)
    context = {
        "page": Paginator(answer.rows, A_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "relaxed": answer.relaxed,
        "kinds": filters.kinds(wanted, answer),
        "themes": filters.themes(wanted, answer),
        "lengths": filters.lengths(wanted, answer),
        "free": answer.free,
        "chosen": filters.chosen(wanted),
        "query": filters.query_of(wanted),
        "may_give": may_give_materials(request.user),
    }
    return render(request, "workshops/members/materials/list.html", context)


@require_safe
def material(request: HttpRequest, code: str) -> HttpResponse:
    """`/members/materials/<code>/`: what it is for, its files, where it was used, earlier versions."""
    one = material_or_404(request, code)
    mark_read(request.user, target=one.public_id)
    keeps = keeps_it(request, one)
    context = {
        "material": one,
        "versions": versions_of(one),
        "keeps": keeps,
        "puts_back": keeps and (not one.withdrawn_by_office or "secretariat" in actor(request).active_roles()),
        "may_tell": may_give_materials(request.user) and not one.is_withdrawn,
        "office": "secretariat" in actor(request).active_roles(),
    }
    return render(request, "workshops/members/materials/material.html", context)


@require_http_methods(["GET", "HEAD"])
def material_file(request: HttpRequest, pk: str) -> HttpResponse | FileResponse:
    """One file as a download; the log has a row of it. HEAD takes nothing and logs nothing."""
    file = get_object_or_404(MaterialFile.objects.visible_to(request.user), pk=pk)
    if request.method == "HEAD":
        return HttpResponse(content_type=file.media_type)
    return actions.hand_out(by=actor(request), file=file)


@require_safe
def material_downloads(request: HttpRequest, code: str) -> HttpResponse:
    """Who took what: for the giving organisation and the secretariat."""
    one = kept_or_404(request, code)
    page = Paginator(log_of(one), A_PAGE_OF_LOG).get_page(request.GET.get("page"))
    return render(request, "workshops/members/materials/downloads.html", {"material": one, "page": page})


def material_or_404(request: HttpRequest, code: str) -> Material:
    """A material this person may read, with its giver, themes, files and uses."""
    return get_object_or_404(with_rest(Material.objects.visible_to(request.user)), public_id=code)


def kept_or_404(request: HttpRequest, code: str) -> Material:
    """A material this person may change."""
    return get_object_or_404(with_rest(Material.objects.kept_by(request.user)), public_id=code)


def keeps_it(request: HttpRequest, one: Material) -> bool:
    """This person may change it."""
    return may_give_materials(request.user) and Material.objects.kept_by(request.user).filter(pk=one.pk).exists()


def versions_of(one: Material) -> list[tuple[MaterialVersion, list[Any]]]:
    """(version, its files), the newest first."""
    files = list(one.files.order_by("uploaded_at", "title"))
    return [
        (version, [file for file in files if held(file, version.number)])
        for version in one.versions.order_by("-number")
    ]


def held(file: MaterialFile, number: int) -> bool:
    """The version had this file."""
    return file.first_version <= number and (file.last_version is None or file.last_version >= number)
