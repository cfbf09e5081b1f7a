"""Access rows: circulars and inquiries. What an organisation got is read by its people; answers by the secretariat and them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms import dates
from cms.forms import checked_upload
from directory.models import Organization
from tests.access import SECRETARIAT, WORKSPACE, Row, all_of
from tests.factories.people import make_user
from tests.factories.uploads import PDF, upload
from workshops.actions import circulars as actions
from workshops.actions.circulars import Asked
from workshops.models import Circular

NONE = {"pk": "00000000-0000-4000-8000-000000000000"}
GOT = frozenset({"member", "colleague", "orgadmin", "counsellor", "supervisor"})  # they work in organisation A
READERS = GOT | SECRETARIAT


def build(world: Any) -> None:
    """An inquiry to A and B, answered by B and begun by A; a draft; a circular to B alone."""
    office, member_b = world.users["secretariat"], make_user("member", organization=world.org_b)
    world.inquiry = make(world, "inquiry", to=[world.org_a, world.org_b])
    actions.send(circular=world.inquiry, by=office)
    question = world.inquiry.questions.get()
    actions.answer(circular=world.inquiry, by=member_b, answers={str(question.pk): world.canary("inquiry.answer_b")})
    draft = {f"q{question.pk}": world.canary("inquiry.draft_a")}
    actions.keep_reply_draft(circular=world.inquiry, by=world.users["member"], draft=draft)
    declined = make(world, "declined", to=[world.org_b])
    actions.send(circular=declined, by=office)
    actions.decline(circular=declined, by=member_b, reason=world.canary("declined.reason"))
    world.circular_draft = make(world, "circular_draft", to=[world.org_a])


def make(world: Any, name: str, *, to: list[Organization]) -> Circular:
    file = checked_upload(upload(PDF, f"{world.canary(f'{name}.file')}.pdf"), megabytes=1)
    values = {
        "kind": "inquiry", "title": world.canary(f"{name}.title"), "text": world.canary(f"{name}.text"), "to": "chosen",
        "due_on": dates.today() + dt.timedelta(days=7),
    }  # fmt: skip
    asked = [Asked(world.canary(f"{name}.question"))]
    return actions.keep_draft(
        circular=Circular(), by=world.users["secretariat"], values=values, questions=asked, chosen=to, files=[file]
    )


def the_inquiry(world: Any) -> dict[str, Any]:
    return {"pk": world.inquiry.pk}


def the_draft(world: Any) -> dict[str, Any]:
    return {"pk": world.circular_draft.pk}


def the_file(world: Any) -> dict[str, Any]:
    return {"pk": world.inquiry.files.get().pk}


def the_draft_file(world: Any) -> dict[str, Any]:
    return {"pk": world.circular_draft.files.get().pk}


def of(name: str, *parts: str, by: frozenset[str]) -> dict[str, frozenset[str]]:
    return {f"{name}.{part}": by for part in parts}


GOT_B = frozenset({"member_b", "partner"})
TITLES = of("inquiry", "title", by=GOT | GOT_B) | of("declined", "title", by=GOT_B)
WHOLE = ("title", "text", "question", "file")


def office(route: str, kwargs: Any = None, **more: Any) -> Row:
    """The secretariat's alone; the administrator has the door, and is refused."""
    if kwargs is not None:
        more |= {"kwargs": kwargs, "wrong": NONE}
    return Row(route, otherwise=more.pop("otherwise", 403), **more)


def button(route: str, kwargs: Any, **more: Any) -> Row:
    return office(route, kwargs, post=all_of(SECRETARIAT, 302), otherwise=405, **more)


ROWS: list[Row] = [
    Row("members:circulars", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 405), otherwise=403, shows=TITLES),
    # The answer is missing in the post: the page comes back. Organisation B has answered, A's draft is A's alone.
    Row(
        "members:circular",
        kwargs=the_inquiry,
        wrong=NONE,
        get=all_of(GOT | GOT_B, 200),
        post=all_of(GOT | GOT_B, 422),
        shows=of("inquiry", *WHOLE, by=GOT | GOT_B)
        | of("inquiry", "draft_a", by=GOT)
        | of("inquiry", "answer_b", by=GOT_B),
    ),
    Row("members:circular_read", kwargs=the_inquiry, wrong=NONE, post=all_of(GOT | GOT_B, 302), otherwise=405),
    Row("members:circular_decline", kwargs=the_inquiry, wrong=NONE, post=all_of(GOT | GOT_B, 302), otherwise=405),
    Row(
        "members:circular_file",
        kwargs=the_file,
        wrong=NONE,
        get=all_of(READERS | GOT_B, 200),
        post=all_of(WORKSPACE, 405),
        shows=of("inquiry", "file", by=READERS | GOT_B),
    ),
    office(
        "members:office_circulars",
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 405),
        shows={f"{name}.title": SECRETARIAT for name in ("inquiry", "declined", "circular_draft")},
    ),
    office("members:office_circular_new", get=all_of(SECRETARIAT, 200), post=all_of(SECRETARIAT, 422)),
    office(
        "members:office_circular",
        the_inquiry,
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 405),
        shows=of("inquiry", *WHOLE, "answer_b", by=SECRETARIAT),
    ),
    office(
        "members:office_circular_edit",
        the_draft,
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 422),
        shows=of("circular_draft", *WHOLE, by=SECRETARIAT),
    ),
    button("members:office_circular_send", the_draft),
    button("members:office_circular_remind", the_inquiry),
    button("members:office_circular_extend", the_inquiry),
    button("members:office_circular_close", the_inquiry),
    button("members:office_circular_discard", the_draft),
    button("members:office_circular_file_remove", the_draft_file),
    office(
        "members:office_circular_csv",
        the_inquiry,
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 405),
        shows=of("inquiry", "question", "answer_b", by=SECRETARIAT),
    ),
]
