"""What the news about roles and the yearly confirmation says, to whom, and when its mail may still go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import outbox
from cms.models import Mail
from directory.actions import attestations
from directory.actions.notifications import Kind, register_kind
from directory.actions.roles import REQUEST_ANSWERED, REQUEST_WAITS
from directory.models import Attestation, Notification, RoleRequest, User
from directory.permissions import can
from directory.roles import Permission


def _numbers(targets: Sequence[str]) -> list[int]:
    return [int(target) for target in targets if target.isdigit()]


def requests_waiting(user: Any, targets: Sequence[str]) -> set[str]:
    """For the secretariat: what is still to be answered."""
    if not can(user, Permission.ROLES_ASSIGN):
        return set()
    rows = RoleRequest.objects.visible_to(user).waiting().filter(pk__in=_numbers(targets))
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def requests_of_ours(user: Any, targets: Sequence[str]) -> set[str]:
    """For the administrator who asked, while they are one."""
    rows = RoleRequest.objects.visible_to(user).filter(pk__in=_numbers(targets))
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def rounds_to_confirm(user: Any, targets: Sequence[str]) -> set[str]:
    """Rounds in which somebody waits for this person."""
    return {target for target in targets if target.isdigit() and attestations.waits_for(user, int(target))}


def rounds_of_mine(user: Any, targets: Sequence[str]) -> set[str]:
    """Rounds in which this person has not been confirmed yet."""
    rows = Attestation.objects.waiting().filter(user=user, round__in=_numbers(targets))
    return {str(pk) for pk in rows.values_list("round", flat=True)}


def request_sentence(row: Notification) -> str:
    return _("An organisation asks for a role for one of its people.")


def answer_sentence(row: Notification) -> str:
    if row.codes.get("answer") == "granted":
        return _("The secretariat gave the role you asked for.")
    return _("The secretariat did not give the role you asked for. Please ask them why.")


def confirm_sentence(row: Notification) -> str:
    if row.codes.get("moment") == "open":
        return _("Please confirm who still works with you (once a year).")
    return _("Some people are not confirmed yet. Without it their roles rest soon.")


def own_sentence(row: Notification) -> str:
    return _(
        "Nobody has confirmed yet that you still work here. Please remind your administrator: your roles rest soon."
    )


def to_confirm(row: Notification) -> str:
    """One's own organisation; the office's list when the secretariat is meant."""
    own = can(row.user, Permission.PEOPLE_INVITE_OWN)
    return reverse("members:attestation" if own else "members:office_attestation")


def mail_stands(mail: Mail) -> bool:
    """Only while somebody still waits for this person."""
    facts = mail.context or {}
    user = User.objects.select_related("organization").filter(pk=facts.get("user", 0)).first()
    return user is not None and attestations.waits_for(user, facts.get("round", 0))


def register() -> None:
    """Called by ready()."""
    outbox.register_kind(attestations.WAITS, mail_stands, label=gettext_lazy("The yearly confirmation waits"))
    register_kind(
        Kind(
            name=REQUEST_WAITS,
            label=gettext_lazy("Roles that organisations ask for"),
            sees=requests_waiting,
            sentence=request_sentence,
            path=lambda row: reverse("members:office_role_requests"),
        )
    )
    register_kind(
        Kind(
            name=REQUEST_ANSWERED,
            label=gettext_lazy("Roles you asked for"),
            sees=requests_of_ours,
            sentence=answer_sentence,
            path=lambda row: reverse("members:people"),
        )
    )
    register_kind(
        Kind(
            name=attestations.WAITS,
            label=gettext_lazy("Yearly confirmation"),
            sees=rounds_to_confirm,
            sentence=confirm_sentence,
            path=to_confirm,
        )
    )
    register_kind(
        Kind(
            name=attestations.OWN,
            label=gettext_lazy("Your own roles"),
            sees=rounds_of_mine,
            sentence=own_sentence,
            path=lambda row: reverse("members:home"),
        )
    )
