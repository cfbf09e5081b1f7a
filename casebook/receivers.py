"""What this room registers with the frame of the house."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casebook.actions import news
from casebook.enums import CaseState
from casebook.models import Case
from casebook.queries import can_see
from cms import outbox
from cms.models import Mail
from directory.actions.notifications import Kind, register_kind
from directory.models import Notification, User
from directory.roles import Permission


def may_still_read(mail: Mail) -> bool:
    """News of a case goes only to somebody who may see that case at this moment."""
    facts: Any = mail.context
    user = User.objects.select_related("organization").filter(pk=facts["user"]).first()
    case = Case.objects.filter(pk=facts["case"]).first()
    return user is not None and case is not None and can_see(user, case)


def cases_seen(user: Any, targets: Sequence[str]) -> dict[str, Any]:
    """Those cases this person may see now: number and state, no word of them."""
    asked = [UUID(target) for target in targets]
    rows = Case.objects.visible_to(user).filter(pk__in=asked).order_by().values("pk", "number", "state", "author")
    return {str(row["pk"]): {**row, "to_check": row["state"] == CaseState.SUBMITTED and row["author"] != user.pk} for row in rows}  # fmt: skip


def case_path(row: Notification) -> str:
    """To the check while it waits there, else to the case."""
    route = "members:case_review" if row.thing["to_check"] else "members:case_detail"
    return reverse(route, args=[row.target])


# kind → what the preferences call it, the sentence, and who is asked
NEWS: dict[str, tuple[str | Promise, str | Promise, Permission]] = {
    news.TO_CHECK: (_("Cases to check"), _("Case %(number)s waits to be checked."), Permission.CASES_RELEASE),
    news.RETURNED: (_("Own cases given back"), _("Case %(number)s was given back to you."), Permission.CASES_WRITE),
    news.SHARED: (_("New cases"), _("Case %(number)s is being asked about."), Permission.CASES_READ),
    news.OFFERED: (_("Answers to own cases"), _("Somebody answered case %(number)s."), Permission.CASES_WRITE),
    news.TAKEN_UP: (_("Own answers taken up"), _("Your answer to case %(number)s was taken up."), Permission.CASES_OFFER),
    news.DECLINED: (_("Own answers declined"), _("Your answer to case %(number)s was not needed."), Permission.CASES_OFFER),
    news.CLOSED: (_("Cases we helped with"), _("Case %(number)s, in which you helped, was closed."), Permission.CASES_OFFER),
}  # fmt: skip


def case_kind(name: str) -> Kind:
    """A kind of news about cases: the number alone, and in mails not even that."""
    label, words, permission = NEWS[name]
    return Kind(
        name=name,
        label=label,
        sees=cases_seen,
        sentence=lambda row: str(words) % {"number": row.thing["number"]},
        path=case_path,
        sensitive=True,
        thing="case",
        permission=permission,
    )


def register() -> None:
    """Called once when the house starts."""
    outbox.register_kind(news.CASE_NEWS, may_still_read, label=_("News about a case"))
    for name in NEWS:
        register_kind(case_kind(name))
