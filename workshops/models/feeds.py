"""A member's own calendar feed: an address that a calendar programme asks without a login."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops import keys


class PersonalFeedQuerySet(models.QuerySet["PersonalFeed"]):
    """Questions about feeds."""

    def visible_to(self, user: Any) -> PersonalFeedQuerySet:
        """One's own; nobody else, whatever the role, learns whether somebody has one."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def by_token(self, token: str) -> PersonalFeedQuerySet:
        """The one this address opens, or none: unknown and taken back look the same."""
        return self.select_related("user__organization").filter(token_hash=keys.feed_hash(token))


class PersonalFeed(models.Model):
    """One a person. Only a hash of its address is kept; a new address ends the one before."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    objects = PersonalFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal calendar feed")
        verbose_name_plural = _("personal calendar feeds")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)  # never whose it is: this reaches logs and error pages
