"""Places to be and opportunities to help, in the Wagtail admin. Questions people ask never come here (design §3.4)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from directory.enums import PlaceFact
from directory.models import Opportunity, Place

PLACE_PANELS = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("kana")]),
    FieldRowPanel([FieldPanel("organization", widget=forms.Select), FieldPanel("kind")]),
    FieldPanel("description"),
    MultiFieldPanel(
        [
            FieldPanel("who_comes"),
            FieldRowPanel([FieldPanel("crowd_from"), FieldPanel("crowd_to")]),
            FieldPanel("doing"),
        ],
        heading=_("Who is there, and what one does"),
    ),
    MultiFieldPanel(
        [FieldPanel(name) for name in ("arriving", "greeting", "asking", "talking", "leaving")],
        heading=_("The first day, step by step"),
        help_text=_("Read by somebody who has not gone out for a long time. Short, concrete, no surprises."),
    ),
    MultiFieldPanel([FieldPanel(fact.value) for fact in PlaceFact], heading=_("What makes coming easier")),
    MultiFieldPanel(
        [
            FieldPanel("hours"),
            FieldRowPanel([FieldPanel("hours_text"), FieldPanel("hours_note")]),
            FieldRowPanel([FieldPanel("cost"), FieldPanel("cost_text")]),
            FieldRowPanel([FieldPanel("booking"), FieldPanel("booking_text")]),
        ],
        heading=_("When, and what it costs"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("venue_name"), FieldPanel("address")]),
            FieldPanel("way"),
            FieldPanel("access_text"),
            FieldPanel("is_online"),
            FieldRowPanel([FieldPanel("online_url"), FieldPanel("online_text")]),
        ],
        heading=_("Where"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("age_min"), FieldPanel("age_max")]),
            FieldPanel("audience"),
            FieldRowPanel([FieldPanel("contact_phone"), FieldPanel("contact_mail")]),
            FieldPanel("website"),
        ],
        heading=_("For whom, and whom to ask"),
    ),
    MultiFieldPanel(
        [FieldPanel("assured_on"), FieldPanel("aliases"), FieldPanel("themes")], heading=_("Kept for the office")
    ),
]

OPPORTUNITY_PANELS = [
    FieldPanel("title"),
    FieldPanel("organization", widget=forms.Select),
    FieldPanel("description"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("minutes"), FieldPanel("rhythm")]),
            FieldRowPanel([FieldPanel("takes_place_on"), FieldPanel("when_text")]),
            FieldPanel("try_once"),
        ],
        heading=_("How long, and when"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("place", widget=forms.Select),
            FieldPanel("where_text"),
            FieldPanel("is_online"),
            FieldPanel("with_whom"),
        ],
        heading=_("Where, and with whom"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("no_skills"), FieldPanel("skills_text")]),
            FieldRowPanel([FieldPanel("pay"), FieldPanel("pay_text")]),
            FieldRowPanel([FieldPanel("insurance"), FieldPanel("minors")]),
        ],
        heading=_("Conditions"),
        help_text=_(
            "What is not known stays blank. Residents then read 「分かりません。お尋ねください」, never a guess."
        ),
    ),
    FieldRowPanel([FieldPanel("open_until"), FieldPanel("assured_on")]),
]


class PlaceViewSet(SnippetViewSet):
    """Places to be. Editors keep drafts, publishers publish."""

    model = Place
    icon = "home"
    menu_label = _("Places to be")
    list_display = ["name", "organization", "kind", "assured_on", UpdatedAtColumn()]
    list_filter = ["organization", "kind"]
    search_fields = ["name", "kana", "organization__name"]
    search_backend_name = None  # the site's index holds public places only; staff also look for drafts
    ordering = ["kana", "name"]
    edit_handler = ObjectList(PLACE_PANELS)
    copy_view_enabled = False


class OpportunityViewSet(SnippetViewSet):
    """Small things to help with."""

    model = Opportunity
    icon = "pick"
    menu_label = _("Opportunities to help")
    list_display = ["title", "organization", "takes_place_on", "open_until", UpdatedAtColumn()]
    list_filter = ["organization", "rhythm"]
    search_fields = ["title", "organization__name"]
    search_backend_name = None
    edit_handler = ObjectList(OPPORTUNITY_PANELS)
    copy_view_enabled = False  # a copy would carry the address of the first one
