"""Turning the demo city's texts into pages, as an editor would."""

import random
import uuid
from typing import Any

from wagtail.models import Page

from cms.models.base import ALPHABET
from directory.models import User

Part = tuple[str, Any]


class Chance:
    """Everything that is drawn by lot, always the same lots."""

    def __init__(self) -> None:
        self.random = random.Random("みなも市")  # noqa: S311 — sample data, no secret

    def slug(self) -> str:
        """A neutral address."""
        return "".join(self.random.choice(ALPHABET) for _ in range(7))

    def key(self) -> str:
        """A form's key."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))


def body(parts: list[Part]) -> list[tuple[str, Any]]:
    """("heading", words), ("text", html), ("steps", [(title, words)]), … as values of cms.blocks."""
    return [(kind, _value(kind, value)) for kind, value in parts]


def _value(kind: str, value: Any) -> Any:
    if kind == "heading":
        return {"text": value, "level": "2"}
    if kind == "steps":
        return {"steps": [{"title": title, "text": text} for title, text in value]}
    if kind == "questions":
        return {"questions": [{"question": asked, "answer": html} for asked, html in value]}
    if kind == "notice":
        return dict(zip(("kind", "title", "text"), value, strict=True))
    if kind == "quote":
        return dict(zip(("text", "speaker"), value, strict=True))
    return value


def publish_new(parent: Page, page: Page, *, by: User) -> None:
    """A draft below its parent, then a revision, published: the way the editor's button goes."""
    page.live = False
    page.owner = by
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)


def publish_changes(page: Page, *, by: User, **values: Any) -> None:
    """New words on an existing page."""
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=by).publish(user=by)
