"""Giving materials: a new one, other words about one, the next version. Files are taken in before the form is judged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.once import once
from workshops.actions import materials as actions
from workshops.enums import FileRole
from workshops.members.materials.forms import FILES, DetailsForm, FilesForm, NoteForm, lines_for, lines_of
from workshops.members.materials.reading import kept_or_404
from workshops.members.receiving import actor
from workshops.models import Material, MaterialFile
from workshops.permissions import may_give_materials

PAGE = "workshops/members/materials/form.html"


def sent(request: HttpRequest) -> Any:
    """What was posted, or None."""
    return request.POST if request.method == "POST" else None


def taken_in(request: HttpRequest, form: FilesForm) -> None:
    """Keep the good files of the form, whatever else is wrong with it."""
    for role, upload in form.taken:
        try:
            actions.take_in(by=actor(request), draft=form.key, upload=upload, role=role)
        except ValidationError as error:
            form.add_error(FILES[role], error)


def asked_for_files(form: FilesForm, staying: list[MaterialFile]) -> None:
    """That no file is there is said together with all else that is missing; a refused file has its own sentence."""
    if form.errors:
        return
    try:
        actions.must_hold_files(staying)
    except ValidationError as error:
        form.add_error(FILES[FileRole.SLIDES], error)


def waiting_for(request: HttpRequest, form: FilesForm) -> list[MaterialFile]:
    """Files that were taken in with this form."""
    return list(MaterialFile.objects.waiting(actor(request), form.key).order_by("uploaded_at", "title"))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def material_new(request: HttpRequest) -> HttpResponse:
    """`/members/materials/new/`."""
    if not may_give_materials(request.user):
        raise PermissionDenied
    form, files = DetailsForm(sent(request)), FilesForm(sent(request), request.FILES or None)
    if files.is_bound:
        sound = [form.is_valid(), files.is_valid()]
        taken_in(request, files)
        lines = lines_of(lines_for(waiting_for(request, files), sent(request)))
        if all(sound) and not files.errors:
            try:
                given = actions.give(
                    by=actor(request),
                    draft=files.key,
                    details=form.details(),
                    themes=form.cleaned_data["themes"],
                    lines=lines,
                )
            except ValidationError as error:
                files.add_error(FILES[FileRole.SLIDES], error)
            else:
                messages.success(request, _("Thank you. Members can use it from now on."))
                return redirect("members:material", code=given.public_id)
        else:
            asked_for_files(files, actions.write_lines(waiting_for(request, files), lines))
    return page(request, files, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def material_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Other words: title, purpose, licence, who sees it, names of the files."""
    one = kept_or_404(request, code)
    may_or_refuse(request)
    form = DetailsForm(sent(request), instance=one)
    lines = lines_for(one.files.current(), sent(request))
    if form.is_bound and form.is_valid():
        actions.revise(
            by=actor(request), material=one, details=form.details(), themes=form.cleaned_data["themes"],
            lines=lines_of(lines),
        )  # fmt: skip
        messages.success(request, _("Your changes are kept."))
        return redirect("members:material", code=one.public_id)
    context = {"material": one, "form": form, "current": lines, "files": None, "note": None}
    return render(request, PAGE, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def material_renew(request: HttpRequest, code: str) -> HttpResponse:
    """The next version: which files go, which join, what changed."""
    one = kept_or_404(request, code)
    may_or_refuse(request)
    note, files = NoteForm(sent(request)), FilesForm(sent(request), request.FILES or None)
    if files.is_bound:
        sound = [note.is_valid(), files.is_valid()]
        taken_in(request, files)
        waiting = waiting_for(request, files)
        lines = lines_of(lines_for([*one.files.current(), *waiting], sent(request)))
        if all(sound) and not files.errors:
            try:
                version = actions.renew(
                    by=actor(request), material=one, draft=files.key, note=note.cleaned_data["note"], lines=lines
                )
            except ValidationError as error:
                files.add_error(FILES[FileRole.SLIDES], error)
            else:
                messages.success(request, _("Version %(number)s holds from now on.") % {"number": version.number})
                return redirect("members:material", code=one.public_id)
        else:
            actions.write_lines(waiting, lines)
    return page(request, files, material=one, note=note)


def may_or_refuse(request: HttpRequest) -> None:
    """Raises PermissionDenied for whoever works for no organisation."""
    if not may_give_materials(request.user):
        raise PermissionDenied


def page(
    request: HttpRequest,
    files: FilesForm,
    *,
    form: DetailsForm | None = None,
    material: Material | None = None,
    note: NoteForm | None = None,
) -> HttpResponse:
    """The form, with the files that wait and, for a version, those that are there."""
    current = lines_for(material.files.current(), sent(request)) if material is not None else []
    wrong = any(bool(each is not None and each.errors) for each in (form, files, note))
    waiting = lines_for(waiting_for(request, files), sent(request))
    context = {
        "material": material,
        "form": form,
        "files": files,
        "note": note,
        "current": current,
        "waiting": [(file, line) for file, line in waiting],
        "draft": files.key,
        "kept_some": bool(waiting) and wrong,
    }
    return render(request, PAGE, context, status=422 if wrong else 200)
