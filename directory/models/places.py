"""Places (居場所): where one can simply be. What the first visit is like is told beforehand, in words and facts."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.search import index

from cms import dates
from cms.models import Theme
from cms.models.base import neutral_slug
from directory.enums import Booking, Cost, PlaceFact, PlaceKind
from directory.fields import LinesField
from directory.hours import OpeningHours, clean_hours, words_or_blank
from directory.models.desks import FRESH_FOR
from directory.models.people import Organization
from directory.phones import Phone, clean_phone, phone

MAPS = "https://www.google.com/maps/search/?"


class PlaceQuerySet(models.QuerySet["Place"]):
    """Questions about places."""

    def public(self) -> PlaceQuerySet:
        """Published, of an organisation that has not ended."""
        return self.filter(live=True, organization__in=Organization.objects.current(dates.today()))

    def visible_to(self, user: Any) -> PlaceQuerySet:
        """Places are public data: everyone sees the same ones. Drafts are worked on in the Wagtail admin."""
        return self.public()


class Place(DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """A place where one can simply be, in a house or online. What is blank is not known."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="places"
    )
    slug = models.SlugField(max_length=20, unique=True, default=neutral_slug, editable=False)
    name = models.CharField(_("name"), max_length=80)
    kana = models.CharField(_("reading in hiragana"), max_length=120, blank=True)
    aliases = LinesField(_("other names"), help_text=_("One a line. Search finds the place by them too."))
    kind = models.CharField(_("kind"), max_length=12, choices=PlaceKind.choices, default=PlaceKind.FREE_SPACE)
    description = models.TextField(_("in a few sentences"), max_length=1000, blank=True)
    doing = models.TextField(_("what one can do there"), max_length=1000, blank=True)
    who_comes = models.CharField(
        _("who comes"), max_length=200, blank=True, help_text=_("For example: ふだん3～6人、20代が多いです")
    )
    crowd_from = models.PositiveSmallIntegerField(_("people there, at least"), null=True, blank=True)
    crowd_to = models.PositiveSmallIntegerField(_("people there, at most"), null=True, blank=True)

    silence_ok = models.BooleanField(PlaceFact.SILENCE.label, default=False)
    leaving_ok = models.BooleanField(PlaceFact.LEAVING.label, default=False)
    nameless = models.BooleanField(PlaceFact.NAMELESS.label, default=False)
    watching_ok = models.BooleanField(PlaceFact.WATCHING.label, default=False)
    faceless = models.BooleanField(PlaceFact.FACELESS.label, default=False)
    alone_seat = models.BooleanField(PlaceFact.ALONE.label, default=False)
    with_children = models.BooleanField(PlaceFact.CHILDREN.label, default=False)
    wheelchair = models.BooleanField(PlaceFact.WHEELCHAIR.label, default=False)
    wide_toilet = models.BooleanField(PlaceFact.TOILET.label, default=False)
    nursing = models.BooleanField(PlaceFact.NURSING.label, default=False)
    quiet_corner = models.BooleanField(PlaceFact.QUIET.label, default=False)

    arriving = models.CharField(
        _("coming in"), max_length=200, blank=True, help_text=_("Which door, is there a bell, where to take off shoes.")
    )
    greeting = models.CharField(_("who receives you"), max_length=200, blank=True)
    asking = models.CharField(_("what is asked at the door"), max_length=200, blank=True)
    talking = models.CharField(_("about talking"), max_length=200, blank=True)
    leaving = models.CharField(_("going home"), max_length=200, blank=True)

    cost = models.CharField(
        _("cost"), max_length=4, choices=Cost.choices, blank=True, help_text=_("Blank: not known. That is not free.")
    )
    cost_text = models.CharField(_("cost in words"), max_length=120, blank=True)
    booking = models.CharField(_("saying that one comes"), max_length=6, choices=Booking.choices, blank=True)
    booking_text = models.CharField(_("how to say it"), max_length=160, blank=True)

    venue_name = models.CharField(
        _("house"), max_length=120, blank=True, help_text=_("Events with this venue are shown at the place.")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    way = models.TextField(_("the way there"), max_length=500, blank=True)
    is_online = models.BooleanField(_("one can take part online"), default=False)
    online_url = models.URLField(_("address of the online place"), blank=True)
    online_text = models.CharField(_("how to come in online"), max_length=200, blank=True)
    access_text = models.CharField(_("house and equipment, in words"), max_length=300, blank=True)

    hours = models.CharField(
        _("opening hours"),
        max_length=500,
        blank=True,
        help_text=_("Mo,We 13:00-16:00; PH off. First and third Monday: Mo[1,3] 10:00-12:00. Days off at the end."),
    )
    hours_text = models.CharField(
        _("hours in words (only if the automatic ones do not fit)"), max_length=120, blank=True
    )
    hours_note = models.CharField(_("exceptions, in words"), max_length=160, blank=True)

    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_mail = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website or form"), blank=True)

    age_min = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("up to age (included)"), null=True, blank=True)
    audience = models.CharField(_("for whom, in words"), max_length=120, blank=True)
    themes = ClusterTaggableManager(
        through="directory.ThemedPlace", verbose_name=_("themes"), blank=True, related_name="places"
    )
    assured_on = models.DateField(_("last checked with the place"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    search_fields: ClassVar[list] = [
        index.SearchField("name", boost=4),
        index.AutocompleteField("name"),
        index.SearchField("kana"),
        index.SearchField("aliases_text"),
        index.SearchField("kind_text"),
        index.SearchField("description"),
        index.SearchField("doing"),
        index.SearchField("who_comes"),
        index.SearchField("audience"),
        index.RelatedFields("organization", [index.SearchField("name")]),
        index.FilterField("live"),
        index.FilterField("organization_id"),
    ]

    class Meta:
        verbose_name = _("place to be")
        verbose_name_plural = _("places to be")
        ordering = ["kana", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="place_ages_in_order",
                violation_error_message=_("The upper age is below the lower one."),
            ),
            models.CheckConstraint(
                condition=Q(crowd_from__isnull=True) | Q(crowd_to__isnull=True) | Q(crowd_from__lte=F("crowd_to")),
                name="place_crowd_in_order",
                violation_error_message=_("The larger number of people is below the smaller one."),
            ),
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_of_known_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Canonical number, tidy hours, cost that agrees with its words; a sentence beside the field otherwise."""
        super().clean()
        wrong: dict[str, ValidationError] = {}
        for name, cleaner in (("contact_phone", clean_phone), ("hours", clean_hours)):
            raw = getattr(self, name) or ""
            try:
                setattr(self, name, cleaner(raw) if raw.strip() else "")
            except ValidationError as error:
                wrong[name] = error
        if self.cost == Cost.PAID and not self.cost_text:
            wrong["cost_text"] = ValidationError(_("Write what it costs, for example: 大人300円、こども無料"))
        if not self.venue_name and not self.is_online:
            wrong["venue_name"] = ValidationError(_("Write where it is, or tick that one takes part online."))
        if wrong:
            raise ValidationError(wrong)  # type: ignore[arg-type]

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[Place]:
        """Search holds what residents may see, and nothing else."""
        return super().get_indexed_objects().filter(pk__in=cls.objects.public().values("pk"))

    def get_absolute_url(self) -> str:
        """Its page. The room `home` answers it: it also knows the events there."""
        return f"/places/{self.slug}/"

    @property
    def aliases_text(self) -> str:
        """Other names, for the index."""
        return "\n".join(self.aliases)

    @property
    def kind_text(self) -> str:
        """The kind in words, for the index."""
        return f"{self.get_kind_display()} 居場所"

    @property
    def facts(self) -> list[PlaceFact]:
        """What is known to make coming easier."""
        return [fact for fact in PlaceFact if getattr(self, fact.value)]

    @property
    def cost_words(self) -> str:
        """What it costs, as it is known; blank when it is not."""
        return self.cost_text or (str(Cost.FREE.label) if self.cost == Cost.FREE else "")

    @property
    def booking_words(self) -> str:
        """Whether to say beforehand that one comes; blank when not known."""
        known = str(Booking(self.booking).label) if self.booking else ""
        return "　".join(part for part in (known, self.booking_text) if part)

    @property
    def hours_words(self) -> str:
        """The hours as people read them: staff's words, else ours, else nothing (unknown)."""
        return self.hours_text or words_or_blank(self.hours)

    @property
    def opening_hours(self) -> OpeningHours | None:
        """The hours; None when unknown."""
        return OpeningHours(self.hours) if self.hours else None

    @property
    def phone(self) -> Phone | None:
        """The number to ask at."""
        return phone(self.contact_phone) if self.contact_phone else None

    @property
    def map_url(self) -> str:
        """A plain link to a map; nothing is loaded from there before the reader follows it."""
        return MAPS + urlencode({"api": "1", "query": self.address}) if self.address else ""

    def is_fresh(self, today: dt.date) -> bool:
        """Checked with the place within the last 90 days."""
        return self.assured_on is not None and today - self.assured_on <= FRESH_FOR


class ThemedPlace(ItemBase):
    """A place carries a theme."""

    tag = models.ForeignKey(Theme, related_name="themed_places", on_delete=models.CASCADE)
    content_object = ParentalKey(Place, related_name="themed_items", on_delete=models.CASCADE)
