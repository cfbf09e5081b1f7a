"""Access rows of a registration's offer and of what is said afterwards."""

from typing import Any

from tests.access import EVERYONE, Row, everyone
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops import keys
from workshops.enums import QuestionKind
from workshops.models import Question


def build(world: Any) -> None:
    """Somebody who answered the host's question, and the address where one says how it was."""
    event = make_event(title="質問のある集い")
    question = Question.objects.create(event=event, kind=QuestionKind.SHORT, text="何をつくりたいですか")
    occurrence = make_occurrence(event)
    receipt = make_registration(occurrence, answers={question.pk: world.canary("answer.value")})
    world.answered_token = receipt.token
    world.canaries["answered.token"] = receipt.token
    world.feedback_token = keys.feedback_token(occurrence.pk, receipt.registration.pk)


def the_answered(world: Any) -> dict[str, Any]:
    return {"token": world.answered_token}


ROWS: list[Row] = [
    everyone(
        "workshops:registration_accept",
        kwargs=the_answered,
        wrong={"token": "f" * 40},
        status=302,
        post=302,
        shows={"answered.token": EVERYONE},
    ),
    everyone(
        "workshops:feedback", kwargs=lambda world: {"token": world.feedback_token}, wrong={"token": "f" * 40}, post=422
    ),
]
