"""What stands beside the numbers of a desk, outside of its drafts: holds, and changes that wait for a second person.

A revision of Wagtail can be published, scheduled, reverted and imported by one person; rows here cannot be touched by
any of that. Nothing in here is text about a person.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms import dates
from directory.enums import ChangeState, ChannelKind, HoldReason


def person(verbose_name: Any) -> models.ForeignKey[Any, Any]:
    """Somebody of the house who acted; the row outlives the login."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class NumberHoldQuerySet(models.QuerySet["NumberHold"]):
    """Questions about holds."""

    def open(self) -> NumberHoldQuerySet:
        """Holds that hide a number today."""
        return self.filter(lifted_at__isnull=True)


class NumberHold(models.Model):
    """A number (or link, or address) of a desk that residents must not be given. One person sets it, at once.

    It names the value and not the row of the channel, so that no republished draft brings the number back. Two people
    lift it: one asks, another agrees.
    """

    desk = models.ForeignKey("directory.ConsultationDesk", on_delete=models.CASCADE, related_name="number_holds")
    kind = models.CharField(_("kind"), max_length=12, choices=ChannelKind.choices)
    value = models.CharField(_("number or address"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=HoldReason.choices, default=HoldReason.WRONG)
    since = models.DateTimeField(_("hidden since"), default=dates.now)
    by = person(_("hidden by"))
    lift_asked_by = person(_("checked by"))
    lift_asked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    lifted_by = person(_("shown again by"))
    lifted_at = models.DateTimeField(_("shown again at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = NumberHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hidden number")
        verbose_name_plural = _("hidden numbers")
        ordering = ["-since", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "kind", "value"], condition=Q(lifted_at__isnull=True), name="hold_one_open"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lift_asked_at__isnull=False), name="hold_lift_was_asked"
            ),
            models.CheckConstraint(condition=~Q(lifted_by=F("lift_asked_by")), name="hold_lifted_by_two"),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.kind} {self.get_reason_display()}"


class NumberChangeQuerySet(models.QuerySet["NumberChange"]):
    """Questions about changes."""

    def waiting(self) -> NumberChangeQuerySet:
        """Changes nobody has decided."""
        return self.filter(state=ChangeState.WAITING)


class NumberChange(models.Model):
    """A number somebody published for a desk that residents know already: it waits until another person has called.

    `old` is blank for a channel that is new. `channel` is the whole channel as it shall be (its hours belong to the new
    number), without its key.
    """

    desk = models.ForeignKey("directory.ConsultationDesk", on_delete=models.CASCADE, related_name="number_changes")
    old_kind = models.CharField(_("old kind"), max_length=12, choices=ChannelKind.choices, blank=True)
    old = models.CharField(_("old number"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ChannelKind.choices)
    new = models.CharField(_("new number"), max_length=300)
    channel = models.JSONField(_("channel"), default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.WAITING)
    proposed_by = person(pgettext_lazy("number", "proposed by"))
    proposed_at = models.DateTimeField(_("proposed at"), default=dates.now)
    decided_by = person(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = NumberChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a number")
        verbose_name_plural = _("changes of numbers")
        ordering = ["proposed_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "kind", "new"], condition=Q(state="waiting"), name="number_change_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | Q(state__in=["confirmed", "refused", "replaced"], decided_at__isnull=False),
                name="number_change_decided_in_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(decided_by=F("proposed_by")), name="number_change_by_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.kind} {self.get_state_display()}"

    @property
    def is_new(self) -> bool:
        """Nothing stood there before."""
        return not self.old_kind
