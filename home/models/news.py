"""News: what changed, in one line and on one page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from cms import dates
from cms.blocks import content_blocks
from cms.fields import QuietStreamField
from cms.models import BasePage, Prose, ThemedPage
from home.enums import NewsCategory
from home.models.addresses import NeutralCopyForm
from workshops.blocks import event_blocks

NEWS_ON_A_PAGE = 20
RESERVED_UNDER_NEWS = frozenset({"feed", "page"})


class NewsPageQuerySet(PageQuerySet):
    """Questions about news."""

    def published(self) -> NewsPageQuerySet:
        """What a resident may read, newest first; no view restriction, no later date."""
        return self.live().public().filter(date__lte=dates.today()).order_by("-date", "-pk")


class NewsIndexPage(BasePage, Prose):
    """`/news/`: the words above the list. The list itself is a view."""

    fixed_slug: ClassVar[str] = "news"

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.NewsPage"]
    max_count: ClassVar[int] = 1
    template: ClassVar[str] = "home/public/news_list.html"
    page_description = _("The list of news. News pages lie below it.")

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the preview in the editor; readers get the list from `home.public.views.news_list`."""
        context = super().get_context(request, *args, **kwargs)
        context["news"] = Paginator(NewsPage.objects.published(), NEWS_ON_A_PAGE).get_page(1)
        return context


class NewsPage(BasePage):
    """One piece of news."""

    date = models.DateField(_("date"), default=dates.today, db_index=True)
    category = models.CharField(_("category"), max_length=10, choices=NewsCategory.choices, default=NewsCategory.NOTICE)
    summary = models.CharField(
        _("in one sentence"), max_length=200, blank=True, help_text=_("Shown in the list and in feeds.")
    )
    body = QuietStreamField([*content_blocks(), *event_blocks()], verbose_name=_("text"), blank=True)
    themes = ClusterTaggableManager(through=ThemedPage, verbose_name=_("themes"), blank=True)

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    parent_page_types: ClassVar[list[str]] = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    copy_form_class = NeutralCopyForm
    template: ClassVar[str] = "home/public/news_page.html"
    page_description = _("A piece of news with a date.")

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("category")]),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("themes"),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("date"),
        index.FilterField("category"),
    ]

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    def clean(self) -> None:
        super().clean()
        self.check_address()

    def minimal_clean(self) -> None:
        """A draft holds its address too."""
        super().minimal_clean()
        self.check_address()

    def check_address(self) -> None:
        """Refuse the words that views below /news/ answer to."""
        if self.slug in RESERVED_UNDER_NEWS:
            raise ValidationError({"slug": _("This address belongs to the news feed. Please choose another word.")})
