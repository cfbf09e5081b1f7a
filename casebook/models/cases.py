"""The case: what an organisation cannot solve alone, told so that nobody is recognised."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casebook.enums import (
    AUTHOR_STATES,
    CHECKED_STATES,
    EMPTY_STATES,
    SHARED_STATES,
    Audience,
    CaseState,
    Consent,
    ConsentTime,
    Household,
    Judge,
    LegalBasis,
    LifeStage,
    Outcome,
    RelativeTime,
    Sex,
)
from casebook.enums import Body as Involved
from cms import dates
from cms.encryption import EncryptedJSONField, EncryptedTextField
from cms.guard import Dismissal, Kind, Reason
from directory.models import Body, BodyMembership, Organization
from directory.models.roles import standing
from directory.permissions import can
from directory.roles import Permission

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O: read aloud over the telephone
CORE_ROLES = frozenset({"member", "secretariat"})
TEXTS = ("headline", "situation", "tried", "asked")


def new_number() -> str:
    """A random number like K7F-204: says nothing about order, time or author (CB-06)."""
    first, second = secrets.choice(LETTERS), secrets.choice(LETTERS)
    return f"{first}{secrets.randbelow(10)}{second}-{secrets.randbelow(1000):03d}"


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, user: Any) -> CaseQuerySet:
        """Exactly what this person may read. is_superuser opens nothing.

        A draft: its author alone. A case handed in: its author and the first reader, then its author and reviewers it
        is not assigned past. A released or closed one: the audience and the author's organisation, until it expires.
        Never an excluded organisation, nobody whose organisation takes part no more, nobody without an active role.
        A case somebody has stopped: nobody at all here (`stopped_for` is the secretariat's way to it).
        """
        return self.visible_but_for_a_stop(user).filter(stopped_at__isnull=True)

    def visible_but_for_a_stop(self, user: Any) -> CaseQuerySet:
        """The same, and what they would read if nobody had stopped it. Opens no text: see `queries.incidents.has_read`."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        organization = user.organization
        today = dates.today()
        sight = Q(pk__in=[])
        if can(user, Permission.CASES_WRITE) and organization is not None:
            sight |= Q(author=user, organization=organization, state__in=AUTHOR_STATES)
            sight |= Q(first_reader=user, organization=organization, state=CaseState.FIRST)
        if can(user, Permission.CASES_READ_FIRST):
            office = Q(first_reader=None, state=CaseState.FIRST) & ~Q(author=user)
            sight |= office & self._not_excluded(organization)
        if can(user, Permission.CASES_RELEASE):
            free = Q(reviewer=None) | Q(reviewer=user)
            if organization is not None and not can(user, Permission.CASES_READ_FIRST):
                free &= ~Q(organization=organization)  # somebody outside, or the secretariat (CB-05)
            sight |= Q(free, state=CaseState.SUBMITTED) & self._not_excluded(organization)
        if can(user, Permission.CASES_READ) and organization is not None:
            shared = Q(state__in=SHARED_STATES) & self._audience_of(user, organization)
            sight |= shared & self._not_excluded(organization)
        if organization is not None:
            sight &= Q(Exists(Organization.objects.filter(standing(today, ""), pk=organization.pk)))
        return self.filter(sight, Q(expires_on__isnull=True) | Q(expires_on__gt=today))

    def stopped_for(self, user: Any) -> CaseQuerySet:
        """Cases that somebody has stopped, for those who decide what becomes of them: the secretariat."""
        if not user.is_authenticated or not can(user, Permission.INCIDENTS_KEEP):
            return self.none()
        stopped = self.filter(stopped_at__isnull=False).exclude(state__in=EMPTY_STATES)
        return stopped.filter(self._not_excluded(user.organization))

    @staticmethod
    def _audience_of(user: Any, organization: Organization) -> Q:
        invited = Exists(Case.shared_with.through.objects.filter(case=OuterRef("pk"), organization=organization))
        seats = BodyMembership.objects.on(dates.today()).filter(organization=organization).values("body")
        readers = Q(organization=organization) | Q(audience=Audience.ALL) | Q(Q(audience=Audience.CHOSEN), invited)
        readers |= Q(audience=Audience.GROUP, group__in=seats)
        if user.active_roles() & CORE_ROLES:
            readers |= Q(audience=Audience.CORE)
        return readers

    @staticmethod
    def _not_excluded(organization: Organization | None) -> Q:
        if organization is None:
            return Q()
        return ~Q(Exists(Case.excluded.through.objects.filter(case=OuterRef("pk"), organization=organization)))

    def still(self, pk: Any) -> Case | None:
        """The row, held until the end of the transaction, if it is one of these at this moment."""
        return self.filter(pk=pk).order_by().select_for_update(of=("self",)).first()

    def waiting_for_review(self, user: Any) -> CaseQuerySet:
        """Submitted cases this person may release: never own ones, never those they have read first."""
        if not can(user, Permission.CASES_RELEASE):
            return self.none()
        waiting = self.visible_to(user).filter(state=CaseState.SUBMITTED)
        return waiting.exclude(author=user).exclude(first_read_by=user)

    def assignable_by(self, user: Any) -> CaseQuerySet:
        """Waiting cases the secretariat may hand to a reviewer, also past itself: of these it sees the number alone."""
        if not (can(user, Permission.CASES_RELEASE) and can(user, Permission.CASES_READ_FIRST)):
            return self.none()
        waiting = self.filter(self._not_excluded(user.organization), state=CaseState.SUBMITTED, stopped_at=None)
        return waiting.exclude(author=user)

    def waiting_for_first_reader(self, user: Any) -> CaseQuerySet:
        """Cases this person is asked to read before the anonymity check."""
        return self.visible_to(user).filter(state=CaseState.FIRST).exclude(author=user)


class Case(models.Model):
    """An anonymous case. All words are encrypted; coded fields are coarse by construction. No area, no age, no name."""

    #: Columns with words in them, for queries that must not open any.
    WORDS: ClassVar = (*TEXTS, "dismissals", "rewritten", "reviewer_note", "outcome_note")

    # Wagtail would list every model with a foreign key as "used in" of what it points to.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("case number"), max_length=7, unique=True, default=new_number, editable=False)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="cases"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(_("state"), max_length=10, choices=CaseState.choices, default=CaseState.DRAFT)

    life_stage = models.CharField(_("stage of life"), max_length=4, choices=LifeStage.choices, blank=True)
    household = models.CharField(_("household"), max_length=4, choices=Household.choices, blank=True)
    sex = models.CharField(_("sex"), max_length=4, choices=Sex.choices, default=Sex.NOT_GIVEN, blank=True)
    concerns = models.JSONField(_("concerns"), default=list)  # codes of directory.Concern
    involved = models.JSONField(_("involved so far"), default=list)
    relative_time = models.CharField(
        _("since the first consultation"), max_length=4, choices=RelativeTime.choices, blank=True
    )
    legal_basis = models.CharField(
        _("legal basis"), max_length=12, choices=LegalBasis.choices, default=LegalBasis.ANONYMOUS
    )
    consent = models.CharField(_("why it may be told"), max_length=12, choices=Consent.choices, blank=True)

    consent_time = models.CharField(_("when they agreed"), max_length=2, choices=ConsentTime.choices, blank=True)
    judged_by = models.CharField(_("judged by"), max_length=2, choices=Judge.choices, blank=True)

    headline = EncryptedTextField(_("in one line"), null=True)
    situation = EncryptedTextField(_("the situation now"), null=True)
    tried = EncryptedTextField(_("what was tried"), null=True)
    asked = EncryptedTextField(_("what we ask"), null=True)
    dismissals: Any = EncryptedJSONField(null=True)  # marks a person has called harmless: key, kind, coded reason
    changed = models.JSONField(default=dict)  # how many marks of which kind were rewritten; the old words are nowhere
    rewritten: Any = EncryptedJSONField(null=True)  # [kind, new wording] of each; so that others see where to look
    reviewer_note = EncryptedTextField(_("words to the author"), null=True)

    audience = models.CharField(_("who may read"), max_length=8, choices=Audience.choices, default=Audience.CHOSEN)
    group = models.ForeignKey(
        Body, verbose_name=_("working group"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    shared_with = models.ManyToManyField(Organization, related_name="+", blank=True)
    excluded = models.ManyToManyField(Organization, related_name="+", blank=True)

    # The colleague whom the author asked; empty where there is none: then the secretariat reads first.
    first_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    first_read_at = models.DateTimeField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)  # when an approved case goes out with the others
    stopped_at = models.DateTimeField(null=True, blank=True)  # the brake was pressed: nobody sees it
    released_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(_("to be looked at again"), null=True, blank=True)
    expires_on = models.DateField(_("deleted on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True)
    outcome_note = EncryptedTextField(_("in a few words"), null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering: ClassVar = [F("released_at").desc(nulls_first=True), "-created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "released_at"], name="case_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(legal_basis=LegalBasis.ANONYMOUS) | Q(situation__isnull=True), name="case_text_is_anonymous"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CHECKED_STATES) | Q(released_by__isnull=False, first_read_by__isnull=False),
                name="case_checked_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SHARED_STATES) | Q(released_at__isnull=False, expires_on__isnull=False),
                name="case_shared_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True)
                | (~Q(released_by=F("author")) & ~Q(released_by=F("first_read_by"))),
                name="case_released_by_another",
            ),
            models.CheckConstraint(
                condition=Q(first_read_by__isnull=True) | ~Q(first_read_by=F("author")),
                name="case_first_read_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.GROUP) | Q(group__isnull=False), name="case_for_a_group_names_it"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLOSED) | ~Q(outcome=""), name="case_closed_with_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=EMPTY_STATES)
                | Q(headline__isnull=True, situation__isnull=True, tried__isnull=True, asked__isnull=True),
                name="case_gone_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.number  # never a word of the text: this lands in logs

    @property
    def texts(self) -> dict[str, str]:
        """The words of the case, by field."""
        return {name: getattr(self, name) or "" for name in TEXTS}

    @property
    def involved_labels(self) -> list[str]:
        """Kinds of bodies involved."""
        return [str(Involved(code).label) for code in self.involved if code in Involved.values]

    @property
    def dismissed(self) -> list[Dismissal]:
        """Marks that were called harmless, with the coded reason."""
        return [Dismissal(d["key"], Kind(d["type"]), Reason(d["reason"])) for d in self.dismissals or []]

    def is_due_for_review(self, on: dt.date) -> bool:
        """The author is asked whether it still holds."""
        return self.state == CaseState.RELEASED and self.review_on is not None and self.review_on <= on
