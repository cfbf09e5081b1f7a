"""Materials for tests."""

from __future__ import annotations

import uuid
from typing import Any

from cms.forms import checked_upload
from tests.factories.people import make_organization, make_user
from tests.factories.uploads import PDF, upload
from workshops.actions import materials
from workshops.models import Material, MaterialFile


def make_waiting(
    by: Any, draft: str, name: str = "進行.pdf", content: bytes = PDF, role: str = "slides"
) -> MaterialFile:
    """A file that waits for its form."""
    return materials.take_in(by=by, draft=draft, upload=checked_upload(upload(content, name), megabytes=20), role=role)


def make_material(
    *, by: Any = None, files: tuple[str, ...] = ("進行.pdf",), themes: Any = (), **details: Any
) -> Material:
    """A material of the person's organisation, with its files; open to all members unless said otherwise."""
    by = by or make_user("member", organization=make_organization())
    draft = str(uuid.uuid4())
    for name in files:
        make_waiting(by, draft, name)
    values = {
        "title": "断られたあとの声かけ", "purpose": "三つの場面で練習します。", "kind": "kit", "minutes": 90, "group_size": 12,
        "licence": "cc-by", "audience": "members", **details,
    }  # fmt: skip
    return materials.give(by=by, draft=draft, details=values, themes=themes)
