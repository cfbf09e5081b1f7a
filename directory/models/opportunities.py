"""Opportunities (担い手募集): small, concrete things to help with; and the questions people ask about them.

An opportunity is public data. A question is an identified record: encrypted, short-lived, never in a revision, in the
search index or in the Wagtail admin (design §3.1).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.search import index

from cms import dates
from cms.encryption import EncryptedTextField
from cms.models.base import neutral_slug
from directory.enums import AnswerBy, Insurance, Minors, Pay, QuestionState, Rhythm
from directory.models.desks import FRESH_FOR
from directory.models.people import Organization, User
from directory.models.places import Place
from directory.roles import Permission, permissions_of

HOUR = 60


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    """Questions about opportunities."""

    def public(self) -> OpportunityQuerySet:
        """Published, of an organisation that has not ended."""
        return self.filter(live=True, organization__in=Organization.objects.current(dates.today()))

    def open_on(self, day: dt.date) -> OpportunityQuerySet:
        """Those one can still ask about on that day (JST)."""
        return self.filter(
            Q(open_until__isnull=True) | Q(open_until__gte=day),
            Q(takes_place_on__isnull=True) | Q(takes_place_on__gte=day),
        )

    def visible_to(self, user: Any) -> OpportunityQuerySet:
        """Public data, the same for everyone. One that is over keeps its page, so that an old link says so."""
        return self.public()


class Opportunity(DraftStateMixin, RevisionMixin, index.Indexed, models.Model):
    """Something small one can help with. What is blank is not known."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="opportunities"
    )
    slug = models.SlugField(max_length=20, unique=True, default=neutral_slug, editable=False)
    title = models.CharField(
        _("what one does"), max_length=60, help_text=_("Concrete and small: 図書館で、返ってきた本を棚にもどす")
    )
    description = models.TextField(_("more about it"), max_length=1500, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("from how many minutes"), null=True, blank=True, help_text=_("30 is shown as 「30分から」.")
    )
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm.choices, blank=True)
    when_text = models.CharField(_("when, in words"), max_length=120, blank=True)
    takes_place_on = models.DateField(_("on this day (if it is only one)"), null=True, blank=True)
    place = models.ForeignKey(
        Place,
        verbose_name=_("at this place to be"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="opportunities",
    )
    where_text = models.CharField(_("where, in words"), max_length=160, blank=True)
    is_online = models.BooleanField(_("can be done from home"), default=False)
    with_whom = models.CharField(_("with whom"), max_length=160, blank=True)
    try_once = models.BooleanField(_("one may try it once"), default=False)
    no_skills = models.BooleanField(_("no skill or licence needed"), default=False)
    skills_text = models.CharField(_("what helps to know or have"), max_length=160, blank=True)
    pay = models.CharField(_("pay"), max_length=8, choices=Pay.choices, blank=True)
    pay_text = models.CharField(_("pay in words"), max_length=120, blank=True)
    insurance = models.CharField(_("insurance"), max_length=8, choices=Insurance.choices, blank=True)
    minors = models.CharField(_("under 18"), max_length=8, choices=Minors.choices, blank=True)
    open_until = models.DateField(_("one can ask until (included)"), null=True, blank=True)
    assured_on = models.DateField(_("last checked with the organisation"), null=True, blank=True)

    objects = OpportunityQuerySet.as_manager()

    search_fields: ClassVar[list] = [
        index.SearchField("title", boost=4),
        index.AutocompleteField("title"),
        index.SearchField("description"),
        index.SearchField("where_text"),
        index.SearchField("with_whom"),
        index.RelatedFields("organization", [index.SearchField("name")]),
        index.FilterField("live"),
        index.FilterField("open_until"),
        index.FilterField("takes_place_on"),
        index.FilterField("organization_id"),
    ]

    class Meta:
        verbose_name = _("opportunity to help")
        verbose_name_plural = _("opportunities to help")
        ordering = ["takes_place_on", "open_until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=1440),
                name="opportunity_minutes_of_a_day",
                violation_error_message=_("Minutes are from 1 to 1440."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("directory:opportunity_detail", args=[self.slug])

    def clean(self) -> None:
        """Where it is must be known: nobody sets out for nowhere."""
        super().clean()
        if not (self.place_id or self.where_text or self.is_online):
            raise ValidationError({"where_text": _("Write where it is, or tick that it can be done from home.")})

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[Opportunity]:
        """Search holds what residents may see, and nothing else."""
        return super().get_indexed_objects().filter(pk__in=cls.objects.public().values("pk"))

    def is_open(self, day: dt.date) -> bool:
        """One can still ask about it on that day (JST); the same as `open_on`."""
        return all(last is None or last >= day for last in (self.open_until, self.takes_place_on))

    def is_fresh(self, today: dt.date) -> bool:
        """Checked with the organisation within the last 90 days."""
        return self.assured_on is not None and today - self.assured_on <= FRESH_FOR

    @property
    def minutes_words(self) -> str:
        """「30分から」「2時間から」; blank when not known."""
        if not self.minutes:
            return ""
        hours, rest = divmod(self.minutes, HOUR)
        if rest == 0:
            return ngettext("from %(hours)s hour", "from %(hours)s hours", hours) % {"hours": hours}
        if hours:
            return gettext("from %(hours)s hours %(minutes)s minutes") % {"hours": hours, "minutes": rest}
        return ngettext("from %(minutes)s minute", "from %(minutes)s minutes", rest) % {"minutes": rest}

    @property
    def where_words(self) -> str:
        """Where it is, in words."""
        house = self.where_text or (self.place.venue_name or self.place.name if self.place else "")
        home = gettext("From home") if self.is_online else ""
        return "・".join(part for part in (house, home) if part)


class OpportunityQuestionQuerySet(models.QuerySet["OpportunityQuestion"]):
    """Questions about questions."""

    def visible_to(self, user: Any) -> OpportunityQuestionQuerySet:
        """The secretariat sees all; an organisation's administrator those to the own organisation; nobody else any."""
        held = permissions_of(user.active_roles()) if user.is_authenticated else set()
        if Permission.QUESTIONS_READ in held:
            return self.all()
        if Permission.QUESTIONS_OWN in held and user.organization_id:
            return self.filter(organization_id=user.organization_id)
        return self.none()

    def waiting(self) -> OpportunityQuestionQuerySet:
        """Those nobody has answered yet."""
        return self.filter(state=QuestionState.WAITING)


class OpportunityQuestion(models.Model):
    """Somebody asks about helping, without any promise. Only hashes of the form's key and of the link are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    opportunity = models.ForeignKey(Opportunity, null=True, on_delete=models.SET_NULL, related_name="questions")
    state = models.CharField(_("status"), max_length=10, choices=QuestionState.choices, default=QuestionState.WAITING)
    idempotency_key = models.CharField(max_length=64, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)

    answer_by = models.CharField(_("how to answer"), max_length=5, choices=AnswerBy.choices)
    nickname = EncryptedTextField(_("what we may call you"), null=True)
    email = EncryptedTextField(_("e-mail address"), null=True)
    phone = EncryptedTextField(_("telephone"), null=True)
    safe_time = EncryptedTextField(_("when it is safe to call"), null=True)
    question = EncryptedTextField(_("what you would like to know"), null=True)

    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    erase_on = models.DateField(_("deleted on"), db_index=True)

    wagtail_reference_index_ignore = True

    objects = OpportunityQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about helping")
        verbose_name_plural = _("questions about helping")
        ordering = ["created_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)  # never a name: this reaches logs and error pages

    @property
    def is_waiting(self) -> bool:
        """Nobody has answered yet, and it was not taken back."""
        return self.state == QuestionState.WAITING
