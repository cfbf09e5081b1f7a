"""The case: what an organisation cannot solve alone, told so that nobody is recognised."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casebook.enums import (
    AUTHOR_STATES,
    SHARED_STATES,
    Audience,
    Body,
    CaseState,
    Consent,
    Household,
    LegalBasis,
    LifeStage,
    Outcome,
    RelativeTime,
    Sex,
)
from cms import dates
from cms.encryption import EncryptedJSONField, EncryptedTextField
from cms.guard import Dismissal, Kind, Reason
from directory.models import Organization
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

        A draft: its author alone. A submitted case: its author, and reviewers it is not assigned past.
        A released or closed one: the audience and the author's organisation, until it expires. Never an excluded
        organisation, nobody whose organisation takes part no more, nobody without an active role.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        organization = user.organization
        today = dates.today()
        sight = Q(pk__in=[])
        if can(user, Permission.CASES_WRITE) and organization is not None:
            sight |= Q(author=user, organization=organization, state__in=AUTHOR_STATES)
        if can(user, Permission.CASES_RELEASE):
            sight |= Q(Q(reviewer=None) | Q(reviewer=user), state=CaseState.SUBMITTED) & self._not_excluded(
                organization
            )
        if can(user, Permission.CASES_READ) and organization is not None:
            shared = Q(state__in=SHARED_STATES) & self._audience_of(user, organization)
            sight |= shared & self._not_excluded(organization)
        if organization is not None:
            sight &= Q(Exists(Organization.objects.filter(standing(today, ""), pk=organization.pk)))
        return self.filter(sight, Q(expires_on__isnull=True) | Q(expires_on__gt=today))

    @staticmethod
    def _audience_of(user: Any, organization: Organization) -> Q:
        invited = Exists(Case.shared_with.through.objects.filter(case=OuterRef("pk"), organization=organization))
        readers = Q(organization=organization) | Q(audience=Audience.ALL) | Q(Q(audience=Audience.CHOSEN), invited)
        if user.active_roles() & CORE_ROLES:
            readers |= Q(audience=Audience.CORE)
        return readers

    @staticmethod
    def _not_excluded(organization: Organization | None) -> Q:
        if organization is None:
            return Q()
        return ~Q(Exists(Case.excluded.through.objects.filter(case=OuterRef("pk"), organization=organization)))

    def waiting_for_review(self, user: Any) -> CaseQuerySet:
        """Submitted cases this person may release: never own ones."""
        if not can(user, Permission.CASES_RELEASE):
            return self.none()
        return self.visible_to(user).filter(state=CaseState.SUBMITTED).exclude(author=user)


class Case(models.Model):
    """An anonymous case. All words are encrypted; coded fields are coarse by construction. No area, no age, no name."""

    # Wagtail would list every model with a foreign key as "used in" of what it points to.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("case number"), max_length=7, unique=True, default=new_number, editable=False)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="cases"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(_("state"), max_length=10, choices=CaseState.choices, default=CaseState.DRAFT)

    life_stage = models.CharField(_("stage of life"), max_length=4, choices=LifeStage.choices)
    household = models.CharField(_("household"), max_length=4, choices=Household.choices)
    sex = models.CharField(_("sex"), max_length=4, choices=Sex.choices, default=Sex.NOT_GIVEN, blank=True)
    concerns = models.JSONField(_("concerns"), default=list)  # codes of directory.Concern
    involved = models.JSONField(_("involved so far"), default=list)
    relative_time = models.CharField(_("since the first consultation"), max_length=4, choices=RelativeTime.choices)
    legal_basis = models.CharField(
        _("legal basis"), max_length=12, choices=LegalBasis.choices, default=LegalBasis.ANONYMOUS
    )
    consent = models.CharField(_("why it may be told"), max_length=12, choices=Consent.choices)

    headline = EncryptedTextField(_("in one line"), null=True)
    situation = EncryptedTextField(_("the situation now"), null=True)
    tried = EncryptedTextField(_("what was tried"), null=True)
    asked = EncryptedTextField(_("what we ask"), null=True)
    dismissals: Any = EncryptedJSONField(null=True)  # marks a person has called harmless: key, kind, coded reason
    changed = models.JSONField(default=dict)  # how many marks of which kind were rewritten; the old words are nowhere
    reviewer_note = EncryptedTextField(_("words to the author"), null=True)

    audience = models.CharField(_("who may read"), max_length=8, choices=Audience.choices, default=Audience.CORE)
    shared_with = models.ManyToManyField(Organization, related_name="+", blank=True)
    excluded = models.ManyToManyField(Organization, related_name="+", blank=True)

    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
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
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(legal_basis=LegalBasis.ANONYMOUS) | Q(situation__isnull=True), name="case_text_is_anonymous"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SHARED_STATES) | Q(released_by__isnull=False, expires_on__isnull=False),
                name="case_shared_after_release",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("author")), name="case_released_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLOSED) | ~Q(outcome=""), name="case_closed_with_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.WITHDRAWN)
                | Q(headline__isnull=True, situation__isnull=True, tried__isnull=True, asked__isnull=True),
                name="case_withdrawn_is_empty",
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
        return [str(Body(code).label) for code in self.involved if code in Body.values]

    @property
    def dismissed(self) -> list[Dismissal]:
        """Marks that were called harmless, with the coded reason."""
        return [Dismissal(d["key"], Kind(d["type"]), Reason(d["reason"])) for d in self.dismissals or []]

    def is_due_for_review(self, on: dt.date) -> bool:
        """The author is asked whether it still holds."""
        return self.state == CaseState.RELEASED and self.review_on is not None and self.review_on <= on
