"""Access rows: a material of organisation A for core members, with a use told by B, a log, and one waiting file."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from tests.access import WORKSPACE, Row, all_of
from tests.factories.materials import make_material, make_waiting
from tests.factories.uploads import PDF
from workshops.actions import materials
from workshops.models import MaterialDownload, MaterialFile

NO_CODE = {"code": "nosuch2"}
NO_FILE = {"pk": uuid.UUID(int=0)}
CORE_MEMBERS = frozenset({"member", "member_b", "excluded"})
OF_A = frozenset({"member", "colleague", "orgadmin", "counsellor", "supervisor"})
OFFICE = frozenset({"secretariat", "both"})
MEANT = CORE_MEMBERS | OF_A | OFFICE
KEEPERS = OF_A | OFFICE
TELLERS = frozenset({"member_b"}) | OFFICE  # who told the use, and the secretariat


def build(world: Any) -> None:
    """Words in every private field; inside the file and in its name too."""
    giver, other = world.users["member"], world.users["member_b"]
    name = f"{world.canary('material.file')}.pdf"
    world.material = _given(world, giver, name)
    world.material_use = materials.tell_use(
        by=other,
        material=world.material,
        used_on=dt.date(2026, 1, 10),
        place=world.canary("material.place"),
        outcome=world.canary("material.outcome"),
    )
    world.material_file = MaterialFile.objects.get(material=world.material)
    MaterialDownload.objects.create(file=world.material_file, user=other, organization=other.organization)
    world.waiting_file = make_waiting(giver, str(uuid.uuid4()), f"{world.canary('material.waiting')}.pdf")
    world.down = make_material(by=giver, title=world.canary("material.down"), audience="members")
    materials.withdraw(by=world.users["secretariat"], material=world.down)


def _given(world: Any, giver: Any, name: str) -> Any:
    draft = str(uuid.uuid4())
    content = PDF.replace(b"trailer", b"% " + world.canary("material.content").encode() + b"\ntrailer")
    make_waiting(giver, draft, name, content)
    details = {
        "title": world.canary("material.title"),
        "purpose": world.canary("material.purpose"),
        "kind": "kit",
        "minutes": 60,
        "group_size": None,
        "licence": "members",
        "audience": "core",
    }
    return materials.give(by=giver, draft=draft, details=details)


def code(world: Any) -> dict[str, Any]:
    return {"code": world.material.public_id}


def withdrawn(world: Any) -> dict[str, Any]:
    return {"code": world.down.public_id}


def the_file(world: Any) -> dict[str, Any]:
    return {"pk": world.material_file.pk}


CARD = dict.fromkeys(("material.title", "material.file", "material.place", "material.outcome"), MEANT)
WORDS = CARD | {"material.purpose": MEANT}
TITLE = {"material.title": MEANT}
ROWS: list[Row] = [
    Row("members:materials", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 405), otherwise=403, shows=CARD),
    Row("members:material_new", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 422), otherwise=403),
    Row("members:material", kwargs=code, wrong=NO_CODE, get=all_of(MEANT, 200), shows=WORDS),
    Row(
        "members:material_file",
        kwargs=the_file,
        wrong=NO_FILE,
        get=all_of(MEANT, 200),
        shows={"material.content": MEANT, "material.file": MEANT},
    ),
    Row(
        "members:material_edit",
        kwargs=code,
        wrong=NO_CODE,
        get=all_of(KEEPERS, 200),
        post=all_of(KEEPERS, 422),
        shows=dict.fromkeys(("material.title", "material.purpose", "material.file"), KEEPERS),
    ),
    Row(
        "members:material_renew",
        kwargs=code,
        wrong=NO_CODE,
        get=all_of(KEEPERS, 200),
        post=all_of(KEEPERS, 422),
        shows=dict.fromkeys(("material.title", "material.file"), KEEPERS),
    ),
    Row(
        "members:material_use", kwargs=code, wrong=NO_CODE, get=all_of(MEANT, 200), post=all_of(MEANT, 422), shows=TITLE
    ),
    Row(
        "members:material_use_back",
        kwargs=lambda world: {"pk": world.material_use.pk},
        wrong={"pk": 999_999},
        post=all_of(TELLERS, 302),
        otherwise=405,
    ),
    Row(
        "members:material_downloads",
        kwargs=code,
        wrong=NO_CODE,
        get=all_of(KEEPERS, 200),
        shows=dict.fromkeys(("material.title", "material.file"), KEEPERS),
    ),
    Row(
        "members:material_withdraw",
        kwargs=code,
        wrong=NO_CODE,
        get=all_of(KEEPERS, 200),
        post=all_of(KEEPERS, 302),
        shows=dict.fromkeys(("material.title",), KEEPERS),
    ),
    Row("members:material_put_back", kwargs=withdrawn, wrong=NO_CODE, post=all_of(OFFICE, 302), otherwise=405),
]
