"""Who receives what residents write: desks that take it, and the people who sit there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms import dates
from directory.models.desks import ConsultationDesk
from directory.models.people import User
from directory.models.roles import RoleAssignment, running
from directory.roles import ROLES_THAT_RECEIVE


class DeskSeatQuerySet(models.QuerySet["DeskSeat"]):
    """Questions about seats."""

    def active(self) -> DeskSeatQuerySet:
        """Of people who may receive today: in their dates, active, with a role for it in the desk's organisation.

        A seat alone opens nothing, and neither does a role; nor does a seat that waits for a supervisor's yes.
        """
        roles = RoleAssignment.objects.active().filter(
            user=OuterRef("user"), role__in=ROLES_THAT_RECEIVE, organization=OuterRef("desk__organization")
        )
        return self.filter(running(dates.today()), Exists(roles), confirmed_at__isnull=False)

    def unconfirmed(self) -> DeskSeatQuerySet:
        """Given by the office, and no supervisor of the desk has said anything yet."""
        return self.filter(confirmed_at__isnull=True, until__isnull=True)

    def of(self, user: Any) -> DeskSeatQuerySet:
        """Those of one person."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.active().filter(user=user)


class DeskSeat(models.Model):
    """A person receives consultations at a desk. Given by the secretariat or a supervisor there, never by oneself."""

    desk = models.ForeignKey(ConsultationDesk, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="seats")
    is_deputy = models.BooleanField(_("deputy"), default=False)  # stands in where a desk has one person only
    since = models.DateField(_("since"), default=dates.today)
    until = models.DateField(_("until (this day no more)"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    # None while it waits for a supervisor's yes, and opens nothing. Without a second person it counts from its first moment.
    confirmed_at = models.DateTimeField(null=True, blank=True, default=dates.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    objects = DeskSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat at a desk")
        verbose_name_plural = _("seats at desks")
        ordering: ClassVar = ["is_deputy", "since", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["desk", "user"], condition=Q(until__isnull=True), name="desk_seat_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="desk_seat_in_order"
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("user")), name="desk_seat_not_given_by_oneself"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user")),
                name="desk_seat_not_confirmed_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.user_id}"

    @property
    def waits(self) -> bool:
        """For a supervisor's yes: until then it opens nothing."""
        return self.confirmed_at is None and self.until is None


class DeskReceptionQuerySet(models.QuerySet["DeskReception"]):
    """Questions about receptions."""

    def open(self) -> DeskReceptionQuerySet:
        """Those to which residents can write now: public, taking letters, and somebody sits there."""
        seats = DeskSeat.objects.active().filter(desk=OuterRef("desk"))
        public = ConsultationDesk.objects.public().local()
        return self.filter(Exists(seats), takes=True, desk__in=public)

    def receiving(self) -> DeskReception | None:
        """The one desk for what names no other and for what comes back; None while the city has named none."""
        return self.open().filter(is_receiving=True).select_related("desk__organization").first()


class DeskReception(models.Model):
    """How a desk takes what is written: whether, how soon it answers, who is called when it is urgent."""

    desk = models.OneToOneField(ConsultationDesk, on_delete=models.CASCADE, related_name="reception")
    takes = models.BooleanField(_("takes written consultations"), default=False)
    is_receiving = models.BooleanField(_("receives what names no desk, and what comes back"), default=False)
    reply_days = models.PositiveSmallIntegerField(_("answers within so many working days"), default=2)
    on_call = models.ForeignKey(
        User, verbose_name=_("called when it is urgent"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    empty_since = models.DateTimeField(null=True, blank=True)  # nobody sits there, and somebody waits (watching)
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    objects = DeskReceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reception of a desk")
        verbose_name_plural = _("receptions of desks")
        ordering: ClassVar = ["desk__kana", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_receiving"], condition=Q(is_receiving=True), name="reception_one_receives_all"
            ),
            models.CheckConstraint(
                condition=Q(is_receiving=False) | Q(takes=True), name="reception_receives_if_it_takes"
            ),
            models.CheckConstraint(condition=Q(reply_days__gte=1, reply_days__lte=10), name="reception_reply_days"),
        ]

    def __str__(self) -> str:
        return str(self.desk_id)


class ReadyText(models.Model):
    """定型文: sentences of a desk that its counsellors start an answer with. No words about anybody."""

    desk = models.ForeignKey(ConsultationDesk, on_delete=models.CASCADE, related_name="ready_texts")
    title = models.CharField(_("title"), max_length=40)
    text = models.TextField(_("text"), max_length=2000)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ready text")
        verbose_name_plural = _("ready texts")
        ordering: ClassVar = ["title", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title
