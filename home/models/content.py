"""Pages of text: how to help, how to join, privacy, reading matter."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.blocks import content_blocks
from cms.fields import QuietStreamField
from cms.models import BasePage, Prose, ThemedPage
from home.models.addresses import NeutralCopyForm, check_address
from workshops.blocks import event_blocks


class ContentPage(BasePage, Prose):
    """A page of text, with pages of text below it if need be."""

    body = QuietStreamField([*content_blocks(), *event_blocks()], verbose_name=_("text"), blank=True)
    reviewed_on = models.DateField(
        _("last reviewed on"),
        null=True,
        blank=True,
        help_text=_("When somebody last read this page and found it right. Shown to readers."),
    )
    themes = ClusterTaggableManager(through=ThemedPage, verbose_name=_("themes"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["home.ContentPage"]
    copy_form_class = NeutralCopyForm
    template: ClassVar[str] = "home/public/content_page.html"
    page_description = _("A page of text with headings, pictures, questions and answers.")

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("themes"),
        FieldPanel("reviewed_on"),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def clean(self) -> None:
        super().clean()
        check_address(self)

    def minimal_clean(self) -> None:
        """A draft holds its address too."""
        super().minimal_clean()
        check_address(self)
