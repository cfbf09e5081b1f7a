"""Verbs about desks. Their words are edited as drafts in the Wagtail admin; what must leave a trace passes here."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit, dates
from directory.models import Channel, ConsultationDesk, User
from directory.models.trusting import plain_values, typist, vouched_for
from directory.permissions import may_keep_numbers


def wrote_numbers(desk: ConsultationDesk) -> int | None:
    """Who last changed number or hours of a desk: the author of the first draft that had them as residents get them."""
    revision = desk.live_revision or desk.latest_revision
    if revision is None:
        return None
    now = vouched_for(Channel.objects.filter(desk=desk))
    return typist(revision, lambda content: plain_values(content) == now)


@transaction.atomic
def confirm(*, desk: ConsultationDesk, by: User) -> None:
    """A named person vouches for number and hours of a line for the whole country; residents see it from now on.

    Raises ValidationError when it is the person who wrote them.
    """
    if not may_keep_numbers(by):
        raise PermissionDenied
    if wrote_numbers(desk) == by.pk:
        raise ValidationError(
            _("You wrote number or hours yourself. Another person checks them and confirms."), code="same_person"
        )
    facts = {"confirmed_by": by, "confirmed_on": dates.today()}
    ConsultationDesk.objects.filter(pk=desk.pk).update(**facts, last_published_at=dates.now())
    for name, value in facts.items():
        setattr(desk, name, value)
    audit.record("desk.confirmed", by=by, desk=desk.slug)
