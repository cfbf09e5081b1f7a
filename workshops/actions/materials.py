"""Materials: files taken in, given, renewed, used, taken out by readers, taken down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import now
from cms.models import Theme
from cms.search.private import words_for
from directory.actions.notifications import notify
from directory.models import Organization, User
from workshops.enums import FileRole, MaterialAudience
from workshops.models import Material, MaterialDownload, MaterialFile, MaterialUse, MaterialVersion
from workshops.permissions import may_give_materials
from workshops.queries.materials import people_meant

GIVEN, RENEWED = "material_given", "material_renewed"
WAITING_AT_MOST = 40  # files of one person that wait for their form
FILES_AT_MOST = 20  # of one version
WAITS_FOR = dt.timedelta(hours=1)
LOG_KEPT_FOR = dt.timedelta(days=365)
WITHDRAWN_KEPT_FOR = dt.timedelta(days=90)
DETAILS = ("title", "purpose", "kind", "minutes", "group_size", "licence", "audience")


@dataclass(frozen=True)
class Line:
    """What the form says of a file that is there already."""

    title: str
    role: str
    dropped: bool = False


Lines = Mapping[str, Line]  # by the file's id


# --- files ----------------------------------------------------------------------------------------------


@transaction.atomic
def take_in(*, by: User, draft: str, upload: Any, role: str = FileRole.OTHER) -> MaterialFile:
    """Keep a judged upload until its form is kept, an hour at most. Raises ValidationError when too many wait."""
    if not may_give_materials(by):
        raise PermissionDenied
    if MaterialFile.objects.filter(material=None, uploaded_by=by).count() >= WAITING_AT_MOST:
        raise ValidationError(_("Too many files wait for their form. Try again in an hour."))
    title = PurePosixPath(upload.name).stem[:120]
    return MaterialFile.objects.create(draft=draft, role=role, title=title, **MaterialFile.of(upload, by=by))


def write_lines(files: Iterable[MaterialFile], lines: Lines) -> list[MaterialFile]:
    """Titles and roles as the form says; those that stay. Waiting files that were dropped go."""
    staying = []
    for file in files:
        line = lines.get(str(file.pk))
        if line is not None and line.dropped:
            if file.material_id is None:
                file.delete()
            continue
        if line is not None and (line.title, line.role) != (file.title, file.role):
            file.title, file.role = line.title or file.title, line.role
            file.save(update_fields=["title", "role"])
        staying.append(file)
    return staying


@transaction.atomic
def hand_out(*, by: User, file: MaterialFile) -> FileResponse:
    """The file as a download, and a row in the log with it. Asks again; raises Http404 for what may not be read."""
    if not MaterialFile.objects.visible_to(by).filter(pk=file.pk).exists():
        raise Http404
    MaterialDownload.objects.create(file=file, user=by, organization=by.organization)
    audit.record("material.taken", by=by, target=file.material, file=str(file.pk))
    try:
        return file.answer()
    except FileNotFoundError as error:  # the storage has lost it: nothing is logged, nothing is told
        raise Http404 from error


# --- materials ------------------------------------------------------------------------------------------


@transaction.atomic
def give(
    *,
    by: User,
    draft: str,
    details: Mapping[str, Any],
    themes: Iterable[Theme] = (),
    lines: Lines | None = None,
    organization: Organization | None = None,
) -> Material:
    """A new material with the files that wait under that draft. Those it is meant for hear of it.

    Raises PermissionDenied; ValidationError when there is no file.
    """
    if not may_give_materials(by):
        raise PermissionDenied
    files = write_lines(
        MaterialFile.objects.waiting(by, draft).order_by("uploaded_at", "title").select_for_update(), lines or {}
    )
    must_hold_files(files)
    material = Material.objects.create(
        organization=organization or organization_of(by), given_by=by, **{name: details[name] for name in DETAILS}
    )
    material.themes.set(list(themes))
    MaterialVersion.objects.create(material=material, number=1, made_by=by, made_at=material.renewed_at)
    MaterialFile.objects.filter(pk__in=[file.pk for file in files]).update(material=material, draft="")
    keep_words(material)
    audit.record("material.given", by=by, target=material, audience=str(material.audience), files=len(files))
    tell(material, GIVEN, but=by)
    return material


@transaction.atomic
def revise(*, by: User, material: Material, details: Mapping[str, Any], themes: Iterable[Theme], lines: Lines) -> None:
    """Other words about it; the files stay. Raises PermissionDenied."""
    must_be_kept_by(material, by)
    was_own = material.audience == MaterialAudience.OWN
    for name in DETAILS:
        setattr(material, name, details[name])
    material.save(update_fields=list(DETAILS))
    material.themes.set(list(themes))
    kept = {key: Line(line.title, line.role) for key, line in lines.items()}
    write_lines(material.files.current(), kept)
    keep_words(material)
    audit.record("material.revised", by=by, target=material, audience=str(material.audience))
    if was_own and material.audience != MaterialAudience.OWN:
        tell(material, GIVEN, but=by)


@transaction.atomic
def renew(*, by: User, material: Material, draft: str, note: str, lines: Lines) -> MaterialVersion:
    """The next version: dropped files stay with the earlier ones, waiting files join. The log stays whole.

    Raises PermissionDenied; ValidationError when no file would be left, or nothing changes.
    """
    must_be_kept_by(material, by)
    material = Material.objects.select_for_update().get(pk=material.pk)
    before, number = list(material.files.current()), material.version_number + 1
    staying = write_lines(before, lines)
    joining = write_lines(
        MaterialFile.objects.waiting(by, draft).order_by("uploaded_at", "title").select_for_update(), lines
    )
    if len(staying) == len(before) and not joining:
        raise ValidationError(_("Nothing changes: add a file, or tick one that is replaced."))
    must_hold_files([*staying, *joining])
    gone = {file.pk for file in before} - {file.pk for file in staying}
    MaterialFile.objects.filter(pk__in=gone).update(last_version=number - 1)
    MaterialFile.objects.filter(pk__in=[file.pk for file in joining]).update(
        material=material, draft="", first_version=number
    )
    version = MaterialVersion.objects.create(material=material, number=number, note=note, made_by=by)
    material.version_number, material.renewed_at = number, version.made_at
    material.save(update_fields=["version_number", "renewed_at"])
    keep_words(material)
    audit.record("material.renewed", by=by, target=material, version=number)
    tell(material, RENEWED, but=by)
    return version


@transaction.atomic
def tell_use(
    *, by: User, material: Material, used_on: dt.date, place: str, people: int | None = None, outcome: str = ""
) -> MaterialUse:
    """Where it was used and what came of it. Raises PermissionDenied for whoever may not read it or has no organisation."""
    if not may_give_materials(by) or not Material.objects.visible_to(by).standing().filter(pk=material.pk).exists():
        raise PermissionDenied
    use = MaterialUse.objects.create(
        material=material, organization=organization_of(by), used_on=used_on, place=place, people=people, outcome=outcome, told_by=by
    )  # fmt: skip
    keep_words(material)
    audit.record("material.used", by=by, target=material)
    return use


@transaction.atomic
def take_back_use(*, by: User, use: MaterialUse) -> None:
    """Whoever told it, their organisation, or the secretariat. Raises PermissionDenied."""
    material = use.material
    own = by.organization_id is not None and use.organization_id == by.organization_id
    if not (own or "secretariat" in by.active_roles()) or not may_give_materials(by):
        raise PermissionDenied
    use.delete()
    keep_words(material)
    audit.record("material.use_taken_back", by=by, target=material)


@transaction.atomic
def withdraw(*, by: User, material: Material) -> None:
    """Take it down at once: files and words are read by the giving organisation and the secretariat only."""
    must_be_kept_by(material, by)
    if not material.is_withdrawn:
        material.withdrawn_at = now()
        material.withdrawn_by_office = "secretariat" in by.active_roles()
        material.save(update_fields=["withdrawn_at", "withdrawn_by_office"])
        audit.record("material.withdrawn", by=by, target=material)


@transaction.atomic
def put_back(*, by: User, material: Material) -> None:
    """It may be read again by those it is meant for. What the secretariat took down, it alone puts back."""
    must_be_kept_by(material, by)
    if material.withdrawn_by_office and "secretariat" not in by.active_roles():
        raise PermissionDenied
    if material.is_withdrawn:
        material.withdrawn_at = None
        material.save(update_fields=["withdrawn_at"])
        audit.record("material.put_back", by=by, target=material)


def organization_of(user: User) -> Organization:
    """Whom the person works for. Raises PermissionDenied for nobody."""
    if user.organization is None:
        raise PermissionDenied
    return user.organization


def must_hold_files(files: list[MaterialFile]) -> None:
    """One to twenty. Raises ValidationError."""
    if not files:
        raise ValidationError(_("Please add at least one file."))
    if len(files) > FILES_AT_MOST:
        raise ValidationError(_("At most %(most)s files in one material."), params={"most": FILES_AT_MOST})


def must_be_kept_by(material: Material, user: User) -> None:
    """Raises PermissionDenied for anybody but the giving organisation and the secretariat."""
    if not may_give_materials(user) or not Material.objects.kept_by(user).filter(pk=material.pk).exists():
        raise PermissionDenied


def keep_words(material: Material) -> None:
    """What search looks in: title, purpose, giver, themes, the current files, places and outcomes of use."""
    parts = [material.title, material.purpose, material.organization.name]
    parts += material.themes.values_list("name", flat=True)
    parts += material.files.current().values_list("title", flat=True)
    for place, outcome in material.uses.values_list("place", "outcome"):
        parts += [place, outcome]
    material.words = words_for(*parts)
    material.save(update_fields=["words"])


def tell(material: Material, kind: str, *, but: User) -> None:
    """News for those it is meant for; nothing while it is the own organisation's alone."""
    if material.audience != MaterialAudience.OWN:
        people = people_meant(material).exclude(pk=but.pk)
        key = f"{kind}:{material.public_id}:{material.version_number}"
        notify(kind=kind, people=people, target=material.public_id, key=key, version=material.version_number)


def forget_waiting(moment: dt.datetime) -> int:
    """Files whose form never came, an hour after they did; how many there were."""
    waiting = MaterialFile.objects.filter(material=None, uploaded_at__lt=moment - WAITS_FOR)
    count = waiting.count()
    if count:
        waiting.delete()
    return count


@transaction.atomic
def forget_due(moment: dt.datetime) -> dict[str, int]:
    """Every night: old lines of the log, and what was taken down long ago, with its files."""
    withdrawn = Material.objects.filter(withdrawn_at__lt=moment - WITHDRAWN_KEPT_FOR)
    counts = {
        "material_log": MaterialDownload.objects.filter(at__lt=moment - LOG_KEPT_FOR).delete()[0],
        "materials_withdrawn": withdrawn.count(),
    }
    withdrawn.delete()
    return counts
