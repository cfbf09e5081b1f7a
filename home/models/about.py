"""The page about the partnership: vision, city, roles, steps, plan, members."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.blocks import content_blocks
from cms.fields import QuietStreamField
from cms.models import BasePage, Prose
from workshops.blocks import event_blocks


class AboutPage(BasePage, Prose):
    """`/about/`. Roles, steps and members are drawn from data; the words around them are edited here."""

    fixed_slug: ClassVar[str] = "about"

    vision = models.TextField(_("vision"), max_length=300, blank=True)
    vision_adopted_on = models.DateField(_("vision adopted on"), null=True, blank=True)
    vision_adopted_by = models.CharField(_("vision adopted by"), max_length=80, blank=True)
    vision_edition = models.PositiveSmallIntegerField(_("edition of the vision"), default=1)
    roles_text = models.CharField(_("sentence above the table of roles"), max_length=200, blank=True)
    steps_text = models.CharField(_("sentence above the steps"), max_length=200, blank=True)
    plan = QuietStreamField([*content_blocks(), *event_blocks()], verbose_name=_("activity plan and more"), blank=True)
    members_text = models.CharField(_("sentence above the list of members"), max_length=200, blank=True)
    join_title = models.CharField(_("title of the invitation"), max_length=60, blank=True)
    join_text = models.CharField(_("words of the invitation"), max_length=200, blank=True)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count: ClassVar[int] = 1
    template: ClassVar[str] = "home/public/about_page.html"
    page_description = _("The partnership: vision, roles, steps, members.")

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("vision"),
                FieldRowPanel([FieldPanel("vision_adopted_on"), FieldPanel("vision_edition")]),
                FieldPanel("vision_adopted_by"),
            ],
            _("Vision"),
        ),
        MultiFieldPanel(
            [FieldPanel("roles_text"), FieldPanel("steps_text"), FieldPanel("members_text")],
            _("Sentences above what is drawn from data"),
        ),
        FieldPanel("plan"),
        MultiFieldPanel([FieldPanel("join_title"), FieldPanel("join_text")], _("Invitation to join")),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("vision"),
        index.SearchField("plan"),
    ]

    class Meta:
        verbose_name = _("page about the partnership")
        verbose_name_plural = _("pages about the partnership")
