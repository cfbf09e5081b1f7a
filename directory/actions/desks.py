"""Verbs about desks. Their words are edited as drafts in the Wagtail admin; what must leave a trace passes here."""

from __future__ import annotations

from cms import audit, dates
from directory.models import ConsultationDesk, User


def confirm(*, desk: ConsultationDesk, by: User) -> None:
    """A named person vouches for number and hours of a line for the whole country; residents see it from now on.

    Sets the fields; the caller's form saves them with the draft.
    """
    desk.confirmed_by, desk.confirmed_on = by, dates.today()
    audit.record("desk.confirmed", by=by, desk=desk.slug)


def take_back_confirmation(*, desk: ConsultationDesk, by: User) -> None:
    """Number or hours changed: nobody has vouched for the new ones yet. The caller's form saves the fields."""
    desk.confirmed_by, desk.confirmed_on = None, None
    audit.record("desk.confirmation_withdrawn", by=by, desk=desk.slug)
