"""News about cases: who may still get it, how it is said."""

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
    return {str(row["pk"]): {**row, "mine": row["author"] == user.pk} for row in rows}


def case_path(row: Notification) -> str:
    """To the reading or the check while it waits there, else to the case."""
    route = "members:case_detail" if row.thing["mine"] else READING.get(row.thing["state"], "members:case_detail")
    return reverse(route, args=[row.target])


READING = {CaseState.FIRST: "members:case_first_reading", CaseState.SUBMITTED: "members:case_review"}

# kind → what the preferences call it, the sentence, and who is asked
NEWS: dict[str, tuple[str | Promise, str | Promise, Permission]] = {
    news.TO_READ: (_("Cases to read first"), _("Case %(number)s waits for you as its first reader."), Permission.CASES_READ),
    news.TO_CHECK: (_("Cases to check"), _("Case %(number)s waits to be checked."), Permission.CASES_RELEASE),
    news.RETURNED: (_("Own cases given back"), _("Case %(number)s was given back to you."), Permission.CASES_WRITE),
    news.SHARED: (_("New cases"), _("Case %(number)s is being asked about."), Permission.CASES_READ),
    news.OFFERED: (_("Answers to own cases"), _("Somebody answered case %(number)s."), Permission.CASES_WRITE),
    news.TAKEN_UP: (_("Own answers taken up"), _("Your answer to case %(number)s was taken up."), Permission.CASES_OFFER),
    news.DECLINED: (_("Own answers declined"), _("Your answer to case %(number)s was not needed."), Permission.CASES_OFFER),
    news.QUESTION: (_("Questions to answer"), _("There is a question to you about case %(number)s."), Permission.CASES_READ),
    news.REPLY: (_("Own questions answered"), _("Your question about case %(number)s has an answer."), Permission.CASES_READ),
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
    """Kinds of mail and of news."""
    outbox.register_kind(news.CASE_NEWS, may_still_read, label=_("News about a case"))
    for name in NEWS:
        register_kind(case_kind(name))
