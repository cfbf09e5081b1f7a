"""The home page: the editable words around what the house knows by itself (who is there now, what is on)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.models import BasePage


class HomePage(BasePage):
    """`/`. Heading, town, open desks, events and news are drawn from data; these are the words beside them."""

    fixed_slug: ClassVar[str] = "home"

    kicker = models.CharField(
        _("small line after date and time"), max_length=60, blank=True, help_text=_("For example: now in our town")
    )
    lead = models.TextField(_("sentence under the heading"), max_length=200, blank=True)
    help_title = models.CharField(_("title of the first door"), max_length=30)
    help_text = models.CharField(_("words on the first door"), max_length=120, blank=True)
    volunteer_title = models.CharField(_("title of the second door"), max_length=30)
    volunteer_text = models.CharField(_("words on the second door"), max_length=120, blank=True)
    band_title = models.CharField(_("title of the band for organisations"), max_length=60, blank=True)
    band_text = models.CharField(_("words of the band for organisations"), max_length=200, blank=True)

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "home.ContentPage",
        "home.NewsIndexPage",
        "home.AboutPage",
        "directory.HelpIndexPage",
        "directory.PlacesIndexPage",
        "directory.VolunteerIndexPage",
        "workshops.EventIndexPage",
    ]
    max_count: ClassVar[int] = 1
    template: ClassVar[str] = "home/public/home_page.html"
    page_description = _("The first page. Open desks, events and news appear by themselves.")

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("kicker"), FieldPanel("lead")], _("Top")),
        MultiFieldPanel([FieldPanel("help_title"), FieldPanel("help_text")], _("First door")),
        MultiFieldPanel([FieldPanel("volunteer_title"), FieldPanel("volunteer_text")], _("Second door")),
        MultiFieldPanel([FieldPanel("band_title"), FieldPanel("band_text")], _("Band for organisations")),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
