"""Consultation desks (相談窓口): who listens to what, for whom."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from cms import dates
from cms.models.base import neutral_slug
from directory.fields import LinesField
from directory.models.channels import numbers_in_words
from directory.models.concerns import Concern
from directory.models.people import Organization
from directory.models.trusting import changes_channels, hours_change, keep_back, publishing, remember, through_the_gate

FRESH_FOR = dt.timedelta(days=90)
WORDS = ("name", "aliases", "worries", "description", "promises", "audience", "area", "reply_time")


class ConsultationDeskQuerySet(models.QuerySet["ConsultationDesk"]):
    """Questions about desks."""

    def public(self) -> ConsultationDeskQuerySet:
        """Published, of an organisation that has not ended; a national line only once a named person confirmed it."""
        standing = Organization.objects.current(dates.today())
        confirmed = Q(is_national=False) | Q(confirmed_on__isnull=False)
        return self.filter(confirmed, live=True, organization__in=standing)

    def visible_to(self, user: Any) -> ConsultationDeskQuerySet:
        """Desks are public data: everyone sees the same ones. Drafts are worked on in the Wagtail admin."""
        return self.public()

    def local(self) -> ConsultationDeskQuerySet:
        """Desks of the city."""
        return self.filter(is_national=False)

    def national(self) -> ConsultationDeskQuerySet:
        """Lines for the whole country."""
        return self.filter(is_national=True)


class ConsultationDesk(WorkflowMixin, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """A place where somebody listens. Its numbers and hours are in `channels`."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="desks"
    )
    slug = models.SlugField(max_length=20, unique=True, default=neutral_slug, editable=False)
    name = models.CharField(_("name"), max_length=80)
    kana = models.CharField(_("reading in hiragana"), max_length=120, blank=True)
    aliases = LinesField(_("other names"), help_text=_("One a line. Search finds the desk by them too."))
    worries = LinesField(
        _("voices"),
        help_text=_("In the words of the person who calls, one sentence a line: 悩みや不安で、ねむれない"),
    )
    description = models.TextField(_("description"), max_length=2000, blank=True)
    concerns = ParentalManyToManyField(Concern, verbose_name=_("concerns"), blank=True, related_name="desks")
    for_self = models.BooleanField(_("for people themselves"), default=True)
    for_family = models.BooleanField(_("for families"), default=False)
    for_supporters = models.BooleanField(_("for friends, neighbours and supporters"), default=False)
    age_min = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("up to age (included)"), null=True, blank=True)
    age_as_of = models.DateField(_("age on this day"), null=True, blank=True)
    audience = models.CharField(_("for whom, in words"), max_length=120, blank=True)
    area = models.CharField(_("for which area"), max_length=80, blank=True)
    promises = LinesField(_("promises"), help_text=_("One a line, for example: 名前は言わなくて大丈夫です"))
    opened_on = models.CharField(
        _("since"),
        max_length=10,
        blank=True,
        validators=[
            RegexValidator(
                r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$", _("Write 2021, 2021-05 or 2021-05-01.")
            )
        ],
        help_text=_("As exactly as it is known: 2021, 2021-05 or 2021-05-01."),
    )
    reply_time = models.CharField(_("when one gets an answer"), max_length=80, blank=True)
    website = models.URLField(_("website"), blank=True)
    assured_on = models.DateField(_("last checked with the desk"), null=True, blank=True)
    is_national = models.BooleanField(
        _("a line for the whole country"),
        default=False,
        help_text=_("Shown to residents only after a named person has confirmed number and hours."),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)

    objects = ConsultationDeskQuerySet.as_manager()

    search_fields: ClassVar[list] = [
        index.SearchField("name", boost=4),
        index.AutocompleteField("name"),
        index.SearchField("kana"),
        index.SearchField("aliases_text"),
        index.SearchField("voices_text"),
        index.SearchField("description"),
        index.RelatedFields("organization", [index.SearchField("name")]),
        index.RelatedFields("concerns", [index.SearchField("name"), index.SearchField("aliases")]),
        index.FilterField("live"),
        index.FilterField("is_national"),
        index.FilterField("confirmed_on"),
        index.FilterField("organization_id"),
    ]

    class Meta:
        verbose_name = _("consultation desk")
        verbose_name_plural = _("consultation desks")
        ordering = ["kana", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="desk_ages_in_order",
                violation_error_message=_("The upper age is below the lower one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def aliases_text(self) -> str:
        """Other names, for the index."""
        return "\n".join(self.aliases)

    @property
    def voices_text(self) -> str:
        """The voices, for the index."""
        return "\n".join(self.worries)

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[ConsultationDesk]:
        """Search holds what residents may see, and nothing else."""
        return super().get_indexed_objects().filter(pk__in=cls.objects.public().values("pk"))

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("directory:desk_detail", args=[self.slug])

    def clean(self) -> None:
        """No telephone number hides in a sentence."""
        super().clean()
        if wrong := numbers_in_words(self, WORDS):
            raise ValidationError(wrong)  # type: ignore[arg-type]

    def with_content_json(self, content: dict[str, Any]) -> ConsultationDesk:
        """A draft as a desk. Who confirmed a national line is a fact about the desk, and no draft brings it back."""
        desk: ConsultationDesk = super().with_content_json(content)
        row = type(self).objects.filter(pk=self.pk).values_list("confirmed_by_id", "confirmed_on").first()
        desk.confirmed_by_id, desk.confirmed_on = row or (None, None)  # not from memory: a form may have been here
        return desk

    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        """Publish a draft; numbers residents do not know yet wait for a second person (directory.models.trusting)."""
        with publishing(revision, user):
            return super().publish(revision, user=user, **options)

    def save(self, **kwargs: Any) -> None:
        """Save; with channels in memory their numbers pass the gate first, and a national line's changed hours end
        its confirmation."""
        if not changes_channels(self, kwargs.get("update_fields")):
            super().save(**kwargs)
            return
        with transaction.atomic():
            waiting = keep_back(self)
            self._end_confirmation_of_changed_hours()
            with through_the_gate():
                super().save(**kwargs)
            remember(waiting)

    def _end_confirmation_of_changed_hours(self) -> None:
        if self.is_national and self.confirmed_on and hours_change(self):
            self.confirmed_by, self.confirmed_on = None, None

    def is_fresh(self, today: dt.date) -> bool:
        """Checked with the desk within the last 90 days."""
        return self.assured_on is not None and today - self.assured_on <= FRESH_FOR

    def stale_words(self, today: dt.date) -> str:
        """「最終確認から90日以上たっています（確認：2026年5月1日）」; nothing while it is fresh, or was never checked."""
        if self.assured_on is None or self.is_fresh(today):
            return ""
        day = f"{self.assured_on.year}年{self.assured_on.month}月{self.assured_on.day}日"
        return gettext("More than 90 days have passed since the last check (checked: %(day)s)") % {"day": day}
