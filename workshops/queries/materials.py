"""Questions about materials: the list with its filters and counts, who is meant, what other rooms name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from cms.search.private import asked_for
from directory.models import RoleAssignment, User
from directory.roles import ROLES, Door
from workshops.enums import Licence, MaterialAudience, MaterialKind
from workshops.models import Material, MaterialDownload, MaterialFile, MaterialUse, ThemedMaterial

#: Lengths as people ask for them: code → (more than, up to) minutes.
LENGTHS: dict[str, tuple[int, int | None]] = {"30": (0, 30), "60": (30, 60), "90": (60, 90), "half": (90, None)}
#: What may be shown outside the partnership.
FREE = (Licence.BY, Licence.ZERO)
WORKING = tuple(name for name, role in ROLES.items() if Door.WORKSPACE in role.doors)


@dataclass(frozen=True)
class Wanted:
    """What a reader asked the list for; an empty field asks for nothing."""

    text: str = ""
    kind: str = ""
    theme: int | None = None
    length: str = ""
    free: bool = False
    unused: bool = False
    own: int | None = None  # the organisation that gives


@dataclass
class Found:
    """The answer: rows, whether words were left out, and how many each choice would give."""

    rows: QuerySet[Material]
    relaxed: bool = False
    kinds: dict[str, int] = field(default_factory=dict)
    themes: list[tuple[int, str, int]] = field(default_factory=list)  # (id, name, how many)
    lengths: dict[str, int] = field(default_factory=dict)
    free: int = 0
    every: int = 0  # of this text and these filters, whatever the kind


def found(user: Any, wanted: Wanted) -> Found:
    """Materials that answer, newest first. A count says what its choice would give with all other filters standing."""
    visible = Material.objects.visible_to(user).standing()
    asked, relaxed = by_text(visible, wanted.text)
    answer = Found(with_rest(narrowed(asked, wanted)), relaxed)
    whatever = narrowed(asked, replace(wanted, kind=""))
    counts = dict(whatever.order_by().values_list("kind").annotate(n=Count("pk")))
    answer.kinds = {kind: counts.get(kind, 0) for kind in MaterialKind.values}
    answer.every = sum(counts.values())
    themed = narrowed(asked, replace(wanted, theme=None)).filter(themes__isnull=False)
    carried = themed.values("themes", "themes__name").annotate(n=Count("pk", distinct=True))
    answer.themes = [(row["themes"], row["themes__name"], row["n"]) for row in carried.order_by("-n", "themes__name")]
    timed = narrowed(asked, replace(wanted, length=""))
    free = Count("pk", filter=Q(licence__in=FREE))
    answer.lengths = timed.order_by().aggregate(**{f"l{code}": Count("pk", filter=length(code)) for code in LENGTHS})
    answer.free = narrowed(asked, replace(wanted, free=False)).order_by().aggregate(n=free)["n"]
    return answer


def by_text(rows: QuerySet[Material], text: str) -> tuple[QuerySet[Material], bool]:
    """(rows that say all of it, False), or, when none does, (rows that say some of it, True)."""
    asked = asked_for(text, "words")
    if asked is None:
        return rows, False
    every, some = asked
    strict = rows.filter(every)
    return (strict, False) if strict.exists() else (rows.filter(some), True)


def narrowed(rows: QuerySet[Material], wanted: Wanted) -> QuerySet[Material]:
    """The filters besides the text."""
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.theme is not None:
        rows = rows.filter(themed_items__tag=wanted.theme)
    if wanted.length:
        rows = rows.filter(length(wanted.length))
    if wanted.free:
        rows = rows.filter(licence__in=FREE)
    if wanted.unused:
        rows = rows.filter(uses=None)
    return rows.filter(organization=wanted.own) if wanted.own is not None else rows


def length(code: str) -> Q:
    """Materials of that length."""
    more, most = LENGTHS[code]
    return Q(minutes__gt=more) & (Q(minutes__lte=most) if most is not None else Q())


def with_rest(rows: QuerySet[Material]) -> QuerySet[Material]:
    """With giver, themes, current files and uses: a constant number of questions."""
    current = MaterialFile.objects.current().order_by("uploaded_at", "title")
    uses = MaterialUse.objects.select_related("organization").order_by("-used_on", "-pk")
    return rows.select_related("organization").prefetch_related(
        Prefetch("themed_items", ThemedMaterial.objects.select_related("tag").order_by("tag__name")),
        Prefetch("files", current, to_attr="current_files"),
        Prefetch("uses", uses, to_attr="told_uses"),
    )


def newest_materials(user: Any, limit: int = 5) -> QuerySet[Material]:
    """For the members' home: what this person may read, newest first."""
    return Material.objects.visible_to(user).newest(limit)


def materials_of(user: Any, ids: Iterable[str]) -> dict[str, Material]:
    """By public id: those of them that this person may read now. For rooms that name a material (a learning card)."""
    rows = Material.objects.visible_to(user).standing().filter(public_id__in=list(ids)).select_related("organization")
    return {material.public_id: material for material in rows}


def people_meant(material: Material) -> QuerySet[User]:
    """Everybody with a working role who may read it today."""
    roles: Sequence[str] = WORKING
    if material.audience == MaterialAudience.CORE:
        roles = ("member", "secretariat")
    working = RoleAssignment.objects.active().filter(role__in=roles).values("user")
    meant = Q(pk__in=working)
    if material.audience == MaterialAudience.OWN:
        meant &= Q(organization=material.organization)
    elif material.audience == MaterialAudience.CORE:
        at_work = RoleAssignment.objects.active().filter(role__in=WORKING).values("user")
        meant |= Q(organization=material.organization, pk__in=at_work)
    return User.objects.filter(meant, is_active=True)


def log_of(material: Material) -> QuerySet[MaterialDownload]:
    """Who took what, newest first. The caller has asked whether this reader may know."""
    rows = MaterialDownload.objects.filter(file__material=material)
    return rows.select_related("file", "user", "organization").order_by("-at", "-pk")
