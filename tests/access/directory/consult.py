"""Access rows: writing to a desk without an account. The same for everybody; what one has written shows in one's own visit alone."""

from typing import Any

from directory.models import DeskReception
from tests.access import EVERYONE, Row, all_of, everyone
from tests.factories.consultations import WORDS, make_reception


def build(world: Any) -> None:
    """A desk that takes letters."""
    world.consult_reception = make_reception(receiving=not _somebody_receives())


def _somebody_receives() -> bool:
    return DeskReception.objects.filter(is_receiving=True).exists()


ROWS: list[Row] = [
    everyone("directory:consult", post=422),  # the form without a key of ours
    everyone("directory:consult_desk", post=302, data=lambda world: {"text": WORDS}),
    Row(
        "directory:consult_save",
        get=all_of(EVERYONE, 405),
        post=all_of(EVERYONE, 204),
        data=lambda world: {"text": WORDS},
    ),
    everyone("directory:consult_sent"),
    Row("directory:consult_leave", get=all_of(EVERYONE, 302), post=all_of(EVERYONE, 204)),
]
