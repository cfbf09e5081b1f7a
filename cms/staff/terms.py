"""The word list of search, kept by communications staff."""

from typing import ClassVar

from django.utils.functional import lazy
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import Term, UrgentWord
from cms.text.distress import ORDER, SHIPPED


class TermViewSet(SnippetViewSet):
    """Words of the list; a change counts from the next search on."""

    model = Term
    icon = "search"
    menu_label = _("Search words")
    add_to_settings_menu = True
    list_display: ClassVar[list[str | Column]] = [
        "label",
        "reading",
        "aliases",
        "related",
        Column("origin", label=_("where from")),
    ]
    search_fields: ClassVar[list[str]] = ["label", "reading", "aliases", "related"]
    list_per_page = 50
    inspect_view_enabled = False
    panels: ClassVar[list[FieldPanel]] = [
        FieldPanel("label"),
        FieldPanel("reading"),
        FieldPanel("aliases"),
        FieldPanel("related"),
    ]


def shipped_words() -> str:
    """The list in the code, to be read beside what staff add: it cannot be changed or emptied here."""
    return format_html_join(
        "", "<p><b>{}</b>　{}</p>", ((danger.label, "、".join(SHIPPED[danger.value]["sayings"])) for danger in ORDER)
    )


WHAT_THEY_DO = _(
    "In the search, people who can be reached now and the emergency numbers stand first. What is written to a desk is "
    "marked as urgent, stands on top there, and calls whoever is on duty; words of weariness alone call nobody. "
    "Nothing is ever refused for its words."
)


class UrgentWordViewSet(SnippetViewSet):
    """What staff add to the urgent words; a change counts from the next worry or consultation on."""

    model = UrgentWord
    icon = "warning"
    menu_label = _("Urgent words")
    add_to_settings_menu = True
    list_display: ClassVar[list[str]] = ["words", "danger"]
    list_filter: ClassVar[list[str]] = ["danger"]
    search_fields: ClassVar[list[str]] = ["words"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
    panels: ClassVar[list[Panel]] = [
        FieldPanel("words"),
        FieldPanel("danger"),
        HelpPanel(WHAT_THEY_DO, heading=_("What happens when somebody writes it")),
        HelpPanel(lazy(shipped_words, str)(), heading=_("Known already: part of the site, always in force")),
    ]
