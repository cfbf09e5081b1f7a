"""Handing on to another organisation (つなぐ): one state machine for everything that can be handed on.

This room does not know what is handed on. A room registers its *subject* in ready(): who may see such a thing, who may
act for it, whom to tell, where it leads. A kind nobody registered is seen by nobody. A hand-over carries no words but
the optional few of a refusal, which the subject's room lets through its guard and which are encrypted.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms import dates
from cms.encryption import EncryptedJSONField, EncryptedTextField
from directory.enums import OPEN_HANDOVERS, DeclineReason, HandoverState, Side, WithdrawReason
from directory.models.people import Organization, User
from directory.models.roles import stands
from directory.roles import Permission

State = HandoverState
# From → to → the sides that may go that way. What is not here does not exist.
MOVES: Mapping[str, Mapping[str, frozenset[str]]] = {
    State.PROPOSED: {
        State.ACCEPTED: frozenset({Side.RECEIVING}),
        State.DECLINED: frozenset({Side.RECEIVING}),
        State.WITHDRAWN: frozenset({Side.ASKING}),
    },
    State.ACCEPTED: {
        State.DONE: frozenset({Side.RECEIVING}),
        State.WITHDRAWN: frozenset({Side.ASKING, Side.RECEIVING}),
    },
}


@dataclass(frozen=True)
class Subject:
    """What a room says about things it hands on.

    `may_see(user)`: keys of the things this person may see at this moment, as a query to nest in others.
    `may_act(user, handover, side)`: whether this person moves it, for that side of it.
    `people(handover)`: who is told on the receiving side. `numbers(keys)`: what each thing is called in news and mail.
    `path(key)`: its page. `label`: what the preferences call its news; `permission`: who is asked about it there.
    `above(handover)`: who else hears on the receiving side when nobody has answered for days; None: nobody.
    """

    kind: str
    may_see: Callable[[Any], models.QuerySet[Any, Any]]
    may_act: Callable[[Any, Handover, str], bool]
    people: Callable[[Handover], Iterable[User]]
    numbers: Callable[[Iterable[uuid.UUID]], Mapping[uuid.UUID, str]]
    path: Callable[[uuid.UUID], str]
    label: str | Promise
    permission: Permission | None = None
    above: Callable[[Handover], Iterable[User]] | None = None

    def seen_by(self, people: Iterable[User], handover: Handover) -> list[User]:
        """Those of these people who may see the thing at this moment."""
        return [user for user in people if self.may_see(user).filter(pk=handover.subject).exists()]


_subjects: dict[str, Subject] = {}


def register_subject(subject: Subject) -> None:
    """In ready(), through directory.actions.handover_news, which registers the news with it."""
    _subjects[subject.kind] = subject


def subject_of(kind: str) -> Subject | None:
    """What is known about a kind; None where no room answers for it."""
    return _subjects.get(kind)


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Questions about hand-overs."""

    def visible_to(self, user: Any) -> HandoverQuerySet:
        """The two organisations of it alone, while they take part, and in them those who may see the thing itself."""
        if not user.is_authenticated or not user.is_active or not stands(user.organization):
            return self.none()
        sides = Q(from_organization=user.organization_id) | Q(to_organization=user.organization_id)
        return self.filter(sides).of_what_is_seen_by(user)

    def of_what_is_seen_by(self, user: Any) -> HandoverQuerySet:
        """Of things this person may see, whoever hands them on. Kinds nobody registered: none."""
        seen = Q(pk__in=[])
        for subject in _subjects.values():
            seen |= Q(kind=subject.kind, subject__in=subject.may_see(user))
        return self.filter(seen)

    def of(self, kind: str, subject: uuid.UUID) -> HandoverQuerySet:
        """All of one thing."""
        return self.filter(kind=kind, subject=subject)

    def open(self) -> HandoverQuerySet:
        """Waiting for an answer, or taken on and not at its end."""
        return self.filter(state__in=OPEN_HANDOVERS)

    def unanswered(self, on: dt.date) -> HandoverQuerySet:
        """The day by which an answer was asked for has come, and there is none."""
        return self.filter(state=State.PROPOSED, answer_by__lte=on)


class Handover(models.Model):
    """One organisation asks another to take something on. `subject` has no foreign key: rooms above own the things."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    from_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    to_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    reason = models.CharField(_("reason"), max_length=12, blank=True)  # a code of the two lists of reasons
    note = EncryptedTextField(_("in a few words"), null=True)
    dismissals: Any = EncryptedJSONField(null=True)
    answer_by = models.DateField(_("answer by"))
    proposed_at = models.DateTimeField(default=dates.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # both sides were told that the day has come
    escalated_at = models.DateTimeField(null=True, blank=True)  # the secretariat was told that nobody answers

    wagtail_reference_index_ignore = True

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering: ClassVar = ["proposed_at", "pk"]
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject"], name="handover_subject"),
            models.Index(fields=["answer_by"], condition=Q(state="proposed"), name="handover_unanswered"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(from_organization=F("to_organization")), name="handover_two_sides"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="handover_state_known"),
            models.UniqueConstraint(
                fields=["kind", "subject", "to_organization"],
                condition=Q(state__in=OPEN_HANDOVERS),
                name="handover_one_open_per_receiver",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="handover_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PROPOSED, answered_at__isnull=True, ended_at__isnull=True)
                | Q(state=State.ACCEPTED, answered_at__isnull=False, ended_at__isnull=True)
                | Q(state__in=[State.DECLINED, State.DONE], answered_at__isnull=False, ended_at__isnull=False)
                | Q(state=State.WITHDRAWN, ended_at__isnull=False),
                name="handover_state_has_its_moments",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DECLINED, reason__in=DeclineReason.values)
                | Q(state=State.WITHDRAWN, answered_at__isnull=False, reason__in=WithdrawReason.values)
                | Q(Q(reason=""), ~Q(state=State.DECLINED), ~Q(state=State.WITHDRAWN, answered_at__isnull=False)),
                name="handover_reason_where_one_is_due",
            ),
            models.CheckConstraint(
                condition=Q(note__isnull=True) | Q(state=State.DECLINED), name="handover_words_of_a_refusal_only"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def side_of(self, user: Any) -> str:
        """Which of the two sides this person works for; "" for neither."""
        sides: dict[int, str] = {self.from_organization_id: Side.ASKING, self.to_organization_id: Side.RECEIVING}
        return sides.get(user.organization_id or 0, "")

    def ways(self, side: str) -> frozenset[str]:
        """States to which that side may take it from here."""
        return frozenset(to for to, sides in MOVES.get(self.state, {}).items() if side in sides)

    @property
    def is_open(self) -> bool:
        """Not at its end."""
        return self.state in OPEN_HANDOVERS

    @property
    def waits(self) -> bool:
        """Nobody has answered."""
        return self.state == State.PROPOSED

    @property
    def days_left(self) -> int:
        """Until the day by which an answer is asked for (JST); negative when it is over."""
        return (self.answer_by - dates.today()).days

    @property
    def reason_words(self) -> str:
        """The reason in words; "" where there is none."""
        lists = {**dict(DeclineReason.choices), **dict(WithdrawReason.choices)}
        return str(lists.get(self.reason, ""))
