"""What is new for a person, inside the workspace. A row holds codes and ids, never a word of the thing it is about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Questions about notifications."""

    def visible_to(self, user: Any) -> NotificationQuerySet:
        """One's own. Whether the thing itself may still be seen is asked again by directory.queries.notifications."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self) -> NotificationQuerySet:
        """Not looked at yet."""
        return self.filter(read_at__isnull=True)

    def not_muted(self) -> NotificationQuerySet:
        """Without what its reader does not want to hear of: the kind, or the thing. Undoing brings it back."""
        mutes = Mute.objects.filter(user=models.OuterRef("user"), kind=models.OuterRef("kind"))
        return self.exclude(
            models.Exists(mutes.filter(models.Q(target="") | models.Q(target=models.OuterRef("target"))))
        )


class Notification(models.Model):
    """One piece of news for one person. `kind` names who knows what it means (register_kind)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=40)
    target = models.CharField(max_length=80)  # primary key of the thing, as text: the kind knows the model
    codes = models.JSONField(default=dict, blank=True)  # enum values, numbers, ids, dates
    key = models.CharField(max_length=120)  # the same key is the same news for this person
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    digested_at = models.DateTimeField(null=True, blank=True)  # a digest has told of it, or decided not to

    wagtail_reference_index_ignore = True

    thing: Any = None  # what it is about, when directory.queries.notifications.shown_to has loaded it

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notification_once")]
        indexes = [models.Index(fields=["user", "read_at"], name="notification_unread")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Mute(models.Model):
    """A person does not want to hear of a kind of news (or of one thing: `target`)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes")
    kind = models.CharField(max_length=40)
    target = models.CharField(max_length=80, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "kind", "target"], name="mute_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
