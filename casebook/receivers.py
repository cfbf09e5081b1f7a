"""What this room registers with the frame of the house."""

from typing import Any

from casebook.actions.news import CASE_NEWS
from casebook.models import Case
from casebook.queries import can_see
from cms import outbox
from cms.models import Mail
from directory.models import User


def may_still_read(mail: Mail) -> bool:
    """News of a case goes only to somebody who may see that case at this moment."""
    facts: Any = mail.context
    user = User.objects.select_related("organization").filter(pk=facts["user"]).first()
    case = Case.objects.filter(pk=facts["case"]).first()
    return user is not None and case is not None and can_see(user, case)


def register() -> None:
    """Called once when the house starts."""
    outbox.register_kind(CASE_NEWS, may_still_read)
