"""News about readings: who reads unusually much, and that the glass was broken. And the chain of readings."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casebook.actions.break_glass import GLASS_NEWS
from casebook.actions.eyes import MANY, READING_NEWS, STOPPED
from casebook.models import Access, EmergencyReading
from cms import chains, outbox
from cms.models import Mail
from directory.actions.notifications import Kind, register_kind
from directory.models import Notification, User
from directory.permissions import can
from directory.roles import Permission


def people_seen(user: Any, targets: Sequence[str]) -> dict[str, User]:
    """Readers, by number: for the keepers."""
    if not can(user, Permission.INCIDENTS_KEEP):
        return {}
    numbers = [int(target) for target in targets if target.isdigit()]
    return {str(reader.pk): reader for reader in User.objects.filter(pk__in=numbers).select_related("organization")}


def many_sentence(row: Notification) -> str:
    """Somebody reads quickly: it may be right, but somebody should ask."""
    return _("%(name)s (%(organization)s) opened %(count)s cases or lists within an hour.") % facts(row)


def stopped_sentence(row: Notification) -> str:
    """Nothing more is shown to that person for a while."""
    return _("%(name)s (%(organization)s) reached the limit of %(count)s an hour. No more is shown for now.") % facts(
        row
    )


def facts(row: Notification) -> dict[str, Any]:
    """Who it was, as they are called now."""
    reader = row.thing
    body = reader.organization.name if reader.organization else _("no organisation")
    return {"name": reader.name, "organization": body, "count": row.codes.get("count", "")}


def person_path(row: Notification) -> str:
    """To the person: that is where roles are ended."""
    return reverse("members:office_person", args=[row.target])


def glass_seen(user: Any, targets: Sequence[str]) -> set[str]:
    """Readings in an emergency, for those who were told; the reader's own news would be none."""
    if not can(user, Permission.INCIDENTS_KEEP):
        return set()
    rows = EmergencyReading.objects.visible_to(user).filter(pk__in=[UUID(target) for target in targets])
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def may_still_know(mail: Mail) -> bool:
    """Only to somebody who is still of the secretariat or an auditor."""
    facts: Any = mail.context
    user = User.objects.filter(pk=facts["user"]).first()
    return user is not None and (can(user, Permission.INCIDENTS_KEEP) or can(user, Permission.AUDIT_READ))


def register_glass() -> None:
    """That a system administrator reads a case in an emergency."""
    outbox.register_kind(GLASS_NEWS, may_still_know, label=gettext_lazy("A case was opened in an emergency"))
    register_kind(
        Kind(
            name=GLASS_NEWS,
            label=gettext_lazy("A case was opened in an emergency"),
            sees=glass_seen,
            sentence=lambda row: _("A system administrator has opened a case in an emergency."),
            path=lambda row: reverse("members:emergency_readings"),
            sensitive=True,
            permission=Permission.INCIDENTS_KEEP,
        )
    )


def register() -> None:
    """Called once when the house starts."""
    chains.register_chain(Access, label=gettext_lazy("Who read which case"))
    register_glass()
    sentences = {MANY: many_sentence, STOPPED: stopped_sentence}
    labels = {
        MANY: gettext_lazy("Somebody reads unusually much"),
        STOPPED: gettext_lazy("Somebody was stopped from reading on"),
    }
    for act, name in READING_NEWS.items():
        register_kind(
            Kind(
                name=name,
                label=labels[act],
                sees=people_seen,
                sentence=sentences[act],
                path=person_path,
                sensitive=True,
                thing="reader",
                permission=Permission.INCIDENTS_KEEP,
            )
        )
