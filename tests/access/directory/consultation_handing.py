"""Access rows: handing on. `counsellor` sits at a desk that asks others, and is asked by a desk of organisation B."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from directory.actions.consultations import handing_on
from directory.actions.consultations.sending import Said
from directory.enums import ContactWay
from directory.models import DeskReception, DeskSeat
from directory.models.consultations.contact import Contact
from tests.access import Row, all_of
from tests.factories.consultations import make_consultation, make_counsellor, make_reception

COUNSELLOR = frozenset({"counsellor"})
BEHIND = frozenset({"counsellor", "supervisor"})
NOTHING = UUID(int=0)
LONG_BEFORE = "ずいぶん前から、どうすればよいのか、分からないままでいます。"  # lists show the first words alone


def build(world: Any) -> None:
    """Own consultations: one that nothing was asked about, one with a question, one proposed; and one that is asked."""
    own = make_reception(people=0, organization=world.org_a).desk
    far = make_reception(people=0, organization=world.org_b).desk
    if DeskReception.objects.receiving() is None:
        make_reception(receiving=True, organization=world.city)
    counsellor, other = world.users["counsellor"], make_counsellor(far, name="遠くの相談員")
    DeskSeat.objects.create(desk=own, user=counsellor)

    def made(desk: Any, name: str) -> Any:
        contact = Contact(way=ContactWay.PHONE, phone=world.canary(f"handing.{name}.phone"))
        said = Said(name=world.canary(f"handing.{name}.name"), contact=contact)
        return make_consultation(desk, text=LONG_BEFORE + world.canary(f"handing.{name}.text"), said=said)

    def asked(consultation: Any, desk: Any, by: Any, name: str) -> Any:
        words = world.canary(f"handing.{name}.words")
        return handing_on.ask(by=by, consultation=consultation, to_desk=desk, words=words)

    world.handing_free = made(own, "free")
    world.handing_question = asked(made(own, "asked"), far, counsellor, "asked")
    for name, desk, to, by in (("out", own, far, counsellor), ("in", far, own, other)):
        question = asked(made(desk, name), to, by, name)
        setattr(world, f"handing_{name}", handing_on.answer_question(question=question, agrees=True))


def free(world: Any) -> dict[str, Any]:
    """Of what is free to be handed on."""
    return {"pk": world.handing_free.pk}


def question(world: Any) -> dict[str, Any]:
    """Of the open question."""
    return {"pk": world.handing_question.consultation_id, "question": world.handing_question.pk}


def handover(name: str) -> Callable[[Any], dict[str, Any]]:
    """Of the hand-over that goes out, or comes in."""

    def kwargs(world: Any) -> dict[str, Any]:
        consent = getattr(world, f"handing_{name}")
        return {"pk": consent.consultation_id, "handover": consent.handover}

    return kwargs


def verb(route: str, kwargs: Callable[[Any], dict[str, Any]], last: str) -> Row:
    """Done by a button: GET is no way to do it."""
    wrong = {"pk": NOTHING, last: 0 if last == "question" else NOTHING}
    return Row(
        f"members:consultation_{route}",
        get=all_of(BEHIND, 405),
        post=all_of(COUNSELLOR, 302),
        kwargs=kwargs,
        wrong=wrong,
    )


WRONG = {"pk": NOTHING, "handover": NOTHING}
ROWS: list[Row] = [
    Row("members:consultations_asked", get=all_of(BEHIND, 200), post=all_of(BEHIND, 405), otherwise=403),
    Row(  # codes, and not one of the words
        "members:consultation_handing",
        get=all_of(COUNSELLOR, 200),
        post=all_of(BEHIND, 405),
        kwargs=lambda world: {"pk": world.handing_in.consultation_id},
        wrong={"pk": NOTHING},
    ),
    Row(
        "members:consultation_hand_on",
        get=all_of(COUNSELLOR, 200),
        post=all_of(COUNSELLOR, 200),
        kwargs=free,
        wrong={"pk": NOTHING},
    ),
    Row(
        "members:consultation_give_back",
        get=all_of(COUNSELLOR, 200),
        post=all_of(COUNSELLOR, 302),
        kwargs=free,
        wrong={"pk": NOTHING},
    ),
    verb("answered", question, "question"),
    verb("question_back", question, "question"),
    verb("accept", handover("in"), "handover"),
    verb("done", handover("in"), "handover"),  # too early: said kindly
    Row(
        "members:consultation_decline",
        get=all_of(COUNSELLOR, 200),
        post=all_of(COUNSELLOR, 200),
        kwargs=handover("in"),
        wrong=WRONG,
    ),
    Row(
        "members:consultation_withdraw",
        get=all_of(COUNSELLOR, 200),
        post=all_of(COUNSELLOR, 302),
        kwargs=handover("out"),
        wrong=WRONG,
    ),
]
