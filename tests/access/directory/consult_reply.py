"""Access rows: the reply room. Whoever has not given the six words in this browser finds the page that asks for them."""

from typing import Any

from directory.actions.consultations.sending import Said
from directory.models import ConsentQuestion, Message
from directory.models.consultations.contact import Contact
from tests.access import Row, everyone
from tests.factories.consultations import make_reception, send

NO_ID = 999_999


def build(world: Any) -> None:
    """A consultation at a desk where nobody of the matrix sits, with an answer and a question to the person."""
    desk, other = make_reception().desk, make_reception().desk
    said = Said(
        name=world.canary("reply.name"),
        contact=Contact(way="mail", mail=f"{world.canary('reply.mail')}@example.jp", note=world.canary("reply.note")),
    )
    sent = send(desk, text=world.canary("reply.text"), said=said)
    world.canaries["reply.code"] = " ".join(sent.code)
    consultation = world.reply_consultation = sent.consultation
    Message.objects.create(consultation=consultation, author="desk", desk=desk, text=world.canary("reply.answer"))
    world.reply_question = ConsentQuestion.objects.create(
        consultation=consultation, from_desk=desk, to_desk=other, words=world.canary("reply.words"),
        asked_by=desk.seats.get().user,
    )  # fmt: skip


ROWS: list[Row] = [
    everyone("directory:consult_reply", post=409),
    everyone("directory:consult_more", status=302, post=409),
    everyone(
        "directory:consult_answer", status=405, post=302, kwargs=lambda world: {"pk": world.reply_question.pk},
        wrong={"pk": NO_ID},
    ),
    everyone("directory:consult_take_back", status=302, post=302),
    everyone("directory:consult_delete", status=302, post=302),
    everyone("directory:consult_close", status=405, post=200),
]  # fmt: skip
