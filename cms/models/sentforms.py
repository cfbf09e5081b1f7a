"""Forms that were sent and made something: the same one a second time makes nothing."""

import datetime as dt

from django.db import models
from django.utils import timezone

#: After so long a form sent again is a new one.
KEPT = dt.timedelta(days=2)


class SentForm(models.Model):
    """One form that was taken. Who sent it and what was written are in the hash alone."""

    mark = models.CharField(max_length=64, unique=True)
    led_to = models.TextField()
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.mark[:8]
