"""What the news about circulars says and to whom, and when their mail may still go. Never a title, never a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import outbox
from cms.dates import japanese_date
from cms.models import Mail
from directory.actions.notifications import Kind, register_kind
from directory.models import Notification
from directory.queries.audience import people_of
from workshops.actions.circulars import MAIL_KIND, NEWS
from workshops.enums import CircularKind
from workshops.models import Circular, Reply


def seen(user: Any, targets: Sequence[str]) -> dict[str, str]:
    """Circulars in the tray of this person's organisation, with their titles."""
    rows = Circular.objects.sent_to(user).filter(pk__in=[each for each in targets if is_uuid(each)])
    return {str(pk): title for pk, title in rows.values_list("pk", "title")}


def title(row: Notification) -> str:
    """What stands above the line, inside the workspace alone."""
    return str(row.thing)


def is_uuid(text: str) -> bool:
    """A row's key, not something else."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def sentence(row: Notification) -> str:
    """One line with the day; what it is about stands inside."""
    codes = row.codes
    day = japanese_date(dt.date.fromisoformat(codes["due"]))
    if codes["what"] == "shared":
        return _("An inquiry is closed; the answers of all can be read.")
    if codes["what"] == "moved":
        return _("There is another day for a circular or inquiry: %(day)s") % {"day": day}
    if codes["what"] == "reminded":
        return _("The secretariat still waits for your organisation, by %(day)s.") % {"day": day}
    if codes["form"] == CircularKind.INQUIRY:
        return _("An inquiry has come. Answer by %(day)s.") % {"day": day}
    return _("A circular has come. Read it by %(day)s.") % {"day": day}


def path(row: Notification) -> str:
    """Straight to it (SHIRASAGI #2223)."""
    return reverse("members:circular", args=[row.target])


def mail_stands(mail: Mail) -> bool:
    """While something is expected of the organisation and the person works there."""
    context = mail.context or {}
    reply = Reply.objects.waiting().filter(pk=context.get("reply", 0)).first()
    return bool(reply and people_of([reply.organization_id]).filter(pk=context.get("user", 0)).exists())


def register() -> None:
    """Called once when the house starts."""
    register_kind(Kind(NEWS, gettext_lazy("Circulars and inquiries"), seen, sentence, path, title=title))
    outbox.register_kind(MAIL_KIND, mail_stands, label=gettext_lazy("A circular or inquiry waits"))
