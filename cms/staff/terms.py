"""The word list of search, kept by communications staff."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import Term


class TermViewSet(SnippetViewSet):
    """Words of the list; a change counts from the next search on."""

    model = Term
    icon = "search"
    menu_label = _("Search words")
    add_to_settings_menu = True
    list_display: ClassVar[list[str]] = ["label", "reading", "aliases", "related"]
    search_fields: ClassVar[list[str]] = ["label", "reading", "aliases", "related"]
    list_per_page = 50
    inspect_view_enabled = False
    panels: ClassVar[list[FieldPanel]] = [
        FieldPanel("label"),
        FieldPanel("reading"),
        FieldPanel("aliases"),
        FieldPanel("related"),
    ]
