"""The charter: proposed, talked about, decided, accepted."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cms import audit, dates
from directory.models import CharterVersion, Pledge, User

FIRST_TEXT = Path(__file__).with_name("first_rules.txt")  # a city's own words replace it


def first_text() -> str:
    """Words to begin with where there are no rules yet."""
    return FIRST_TEXT.read_text(encoding="utf-8").strip()


@transaction.atomic
def pledge(*, by: User, version: CharterVersion) -> Pledge:
    """This person accepts the version in force. Twice on a day is once. ValidationError for any other version."""
    if not CharterVersion.objects.in_force(dates.today()).filter(pk=version.pk, charter__is_pledged=True).exists():
        raise ValidationError(_("Another version is in force by now. Please read that one."))
    made, new = Pledge.objects.get_or_create(user=by, version=version, pledged_on=dates.today())
    by.forget_roles()
    if new:
        audit.record("charter.pledged", by=by, target=version, number=version.number)
    return made
