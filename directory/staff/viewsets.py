"""Public directory data in the Wagtail admin: desks, organisations' profiles, concerns, the table of roles."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.models import Concern, ConsultationDesk, Organization, RoleStatement
from directory.staff.bodies import BodyViewSet
from directory.staff.chart import ChartViewSet
from directory.staff.forms import DeskForm
from directory.staff.places import OpportunityViewSet, PlaceViewSet

DESK_PANELS = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("kana")]),
    FieldPanel("organization", widget=forms.Select),
    FieldPanel("worries"),
    FieldPanel("description"),
    MultiFieldPanel(
        [
            HelpPanel(template="directory/staff/numbers_help.html"),
            InlinePanel("channels", min_num=1, label=_("channel")),
        ],
        heading=_("Ways to reach it"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("concerns", widget=forms.CheckboxSelectMultiple),
            FieldRowPanel([FieldPanel("for_self"), FieldPanel("for_family"), FieldPanel("for_supporters")]),
            FieldRowPanel([FieldPanel("age_min"), FieldPanel("age_max"), FieldPanel("age_as_of")]),
            FieldRowPanel([FieldPanel("audience"), FieldPanel("area")]),
        ],
        heading=_("For whom"),
    ),
    MultiFieldPanel(
        [FieldPanel("promises"), FieldPanel("reply_time"), FieldPanel("website"), FieldPanel("opened_on")],
        heading=_("What to expect"),
    ),
    MultiFieldPanel([FieldPanel("assured_on"), FieldPanel("aliases")], heading=_("Kept for the office")),
    MultiFieldPanel(
        [
            HelpPanel(
                _("Lines for the whole country ship unconfirmed. They stay invisible until somebody ticks the box.")
            ),
            FieldPanel("is_national"),
            FieldPanel("confirm_now"),
            FieldPanel("confirmed_on", read_only=True),
            FieldPanel("confirmed_by", read_only=True),
        ],
        heading=_("National line"),
    ),
]


class DeskViewSet(SnippetViewSet):
    """Desks. Editors keep drafts, publishers publish."""

    model = ConsultationDesk
    icon = "comment"
    menu_label = _("Consultation desks")
    list_display = ["name", "organization", "is_national", "assured_on", UpdatedAtColumn()]
    list_filter = ["organization", "is_national", "concerns"]
    search_fields = ["name", "kana", "organization__name"]
    search_backend_name = None  # the site's index holds public desks only; staff also look for drafts
    ordering = ["kana", "name"]
    edit_handler = ObjectList(DESK_PANELS, base_form_class=DeskForm)
    copy_view_enabled = False  # a copy would carry a confirmation nobody gave


class OrganizationViewSet(SnippetViewSet):
    """What residents may read about an organisation. Its people and membership are worked on in the office."""

    model = Organization
    icon = "group"
    menu_label = _("Organisations (public profile)")
    list_display = ["name", "kind", "is_public"]
    list_filter = ["kind", "is_public"]
    search_fields = ["name", "kana"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("kana")]),
        FieldPanel("kind"),
        FieldPanel("description"),
        FieldPanel("website"),
        FieldPanel("is_public"),
    ]


class ConcernViewSet(SnippetViewSet):
    """The finder's list of concerns."""

    model = Concern
    icon = "tag"
    list_display = ["name", "sort_order"]
    search_fields = ["name"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("aliases"), FieldPanel("sort_order")]


class RoleStatementViewSet(SnippetViewSet):
    """The table 「団体｜役割」 of the page about the partnership."""

    model = RoleStatement
    icon = "list-ul"
    list_display = ["label", "kind", "sort_order"]
    search_fields = ["label"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("sort_order")]),
        FieldPanel("label"),
        FieldPanel("examples"),
        FieldPanel("duties"),
    ]


class DirectoryGroup(SnippetViewSetGroup):
    """One entry in the menu."""

    menu_label = _("Desks and organisations")
    menu_icon = "comment"
    menu_order = 150
    items = (
        DeskViewSet,
        PlaceViewSet,
        OpportunityViewSet,
        OrganizationViewSet,
        ConcernViewSet,
        RoleStatementViewSet,
        BodyViewSet,
        ChartViewSet,
    )
