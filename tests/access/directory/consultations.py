"""Access rows: the counsellors' inbox. Somebody's words, and who of the house may see them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from directory.actions.consultations import ready_texts, receiving
from directory.actions.consultations.sending import Said
from directory.enums import ContactWay
from directory.models import DeskSeat
from directory.models.consultations.contact import Contact
from tests.access import Row, all_of
from tests.factories.consultations import make_consultation, make_reception

SUPERVISOR = frozenset({"supervisor"})
BEHIND = frozenset({"counsellor", "supervisor"})
NOTHING = UUID(int=0)
WRITTEN = ("inbox.text", "inbox.name", "inbox.phone", "inbox.answer", "inbox.note", "inbox.ready")


def build(world: Any) -> None:
    """A desk of organisation A where `counsellor` and `supervisor` sit, with a thread; another desk's consultation."""
    counsellor = world.users["counsellor"]
    world.inbox_desk = make_reception(people=0, organization=world.org_a).desk
    for name in sorted(BEHIND):
        DeskSeat.objects.create(desk=world.inbox_desk, user=world.users[name])
    contact = Contact(way=ContactWay.PHONE, phone=world.canary("inbox.phone"))
    said = Said(route="r1", name=world.canary("inbox.name"), contact=contact)
    world.inbox = make_consultation(world.inbox_desk, text=world.canary("inbox.text"), said=said)
    receiving.answer(by=counsellor, consultation=world.inbox, text=world.canary("inbox.answer"), form_key="inbox")
    receiving.write_note(by=counsellor, consultation=world.inbox, text=world.canary("inbox.note"))
    world.inbox_ready = ready_texts.write(
        by=counsellor, desk=world.inbox_desk, title="はじめに", text=world.canary("inbox.ready")
    )
    world.inbox_fresh = make_consultation(world.inbox_desk, text=world.canary("inbox.first_words"))
    world.inbox_aside = receiving.set_aside(by=counsellor, consultation=make_consultation(world.inbox_desk))
    make_consultation(make_reception(organization=world.org_b).desk, text=world.canary("inbox.elsewhere"))


def thread(world: Any) -> dict[str, Any]:
    """The thread's address."""
    return {"pk": world.inbox.pk}


def row(name: str, get: dict[str, int], post: dict[str, int], **more: Any) -> Row:
    """A route below a consultation."""
    return Row(
        f"members:consultation_{name}", get=get, post=post, kwargs=more.pop("kwargs", thread),
        wrong={"pk": NOTHING}, **more,
    )  # fmt: skip


def verb(name: str, of: str = "inbox", **more: Any) -> Row:
    """Done by a button: GET is no way to do it."""
    kwargs = {"kwargs": lambda world: {"pk": getattr(world, of).pk}}
    return row(name, all_of(BEHIND, 405), all_of(BEHIND, 302), **kwargs, **more)


SEEN = dict.fromkeys(WRITTEN, BEHIND)
ROWS: list[Row] = [
    Row(
        "members:consultations",
        get=all_of(BEHIND, 200),
        post=all_of(BEHIND, 405),
        otherwise=403,
        shows={"inbox.first_words": BEHIND},
    ),
    Row(
        "members:consultation_new",
        get=all_of(BEHIND, 200),
        post=all_of(BEHIND, 422),
        otherwise=403,
    ),
    Row(
        "members:consultation",
        get=all_of(BEHIND, 200),
        post=all_of(BEHIND, 405),
        kwargs=thread,
        wrong={"pk": NOTHING},
        shows=SEEN,
    ),
    row("answer", all_of(BEHIND, 302), all_of(BEHIND, 422), shows=SEEN),
    row("note", all_of(BEHIND, 302), all_of(BEHIND, 422), shows=SEEN),
    row("same", all_of(BEHIND, 302), all_of(BEHIND, 302)),
    row("facts", all_of(BEHIND, 200), all_of(BEHIND, 302)),
    row("readers", all_of(SUPERVISOR, 200), all_of(BEHIND, 405)),
    verb("claim", "inbox_fresh"),
    verb("assign"),
    verb("call"),
    verb("urgent"),
    verb("aside"),
    verb("back", "inbox_aside"),
    verb("close", data=lambda world: {"outcome": "o1"}),
    Row(
        "members:ready_texts",
        get=all_of(BEHIND, 200),
        post=all_of(BEHIND, 405),
        otherwise=403,
        shows={"inbox.ready": BEHIND},
    ),
    Row(
        "members:ready_text_new",
        get=all_of(BEHIND, 200),
        post=all_of(BEHIND, 422),
        kwargs=lambda world: {"slug": world.inbox_desk.slug},
        wrong={"slug": "nosuch1"},
    ),
    Row(
        "members:ready_text",
        get=all_of(BEHIND, 200),
        post=all_of(BEHIND, 422),
        kwargs=lambda world: {"pk": world.inbox_ready.pk},
        wrong={"pk": 0},
        shows={"inbox.ready": BEHIND},
    ),
    Row(
        "members:ready_text_remove",
        get=all_of(BEHIND, 405),
        post=all_of(BEHIND, 302),
        kwargs=lambda world: {"pk": world.inbox_ready.pk},
        wrong={"pk": 0},
    ),
]
