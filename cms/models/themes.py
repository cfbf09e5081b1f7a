"""Themes: the shared words by which pages, events and materials are found together."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase


class Theme(TagBase):
    """A theme such as 子育て or 居場所. The slug is neutral ASCII."""

    free_tagging = False

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]


class ThemedPage(ItemBase):
    """A page carries a theme."""

    tag = models.ForeignKey(Theme, related_name="themed_pages", on_delete=models.CASCADE)
    content_object = ParentalKey("wagtailcore.Page", related_name="themed_items", on_delete=models.CASCADE)
