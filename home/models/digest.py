"""How a person wants to hear of news by mail: one row a person who has chosen; everybody else has the defaults."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.hours.holidays import is_holiday
from home.enums import Rhythm

FIRST_HOUR, LAST_HOUR = 6, 20  # nobody is written to at night
MORNING = 8
MONDAY, SATURDAY = 0, 5


def is_day_off(day: dt.date) -> bool:
    """Saturday, Sunday, public holiday."""
    return day.weekday() >= SATURDAY or is_holiday(day)


class DigestSettings(models.Model):
    """When the digest comes to one person. Without a row: working days at eight in the morning."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_settings")
    rhythm = models.CharField(_("mail about news"), max_length=6, choices=Rhythm.choices, default=Rhythm.DAILY)
    hour = models.PositiveSmallIntegerField(_("from which hour"), default=MORNING)  # JST
    on_days_off = models.BooleanField(_("also on Saturdays, Sundays and public holidays"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("settings of the digest")
        verbose_name_plural = _("settings of the digest")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="digest_rhythm_known"),
            models.CheckConstraint(condition=Q(hour__gte=FIRST_HOUR, hour__lte=LAST_HOUR), name="digest_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"

    def is_due(self, at: dt.datetime) -> bool:
        """Whether a digest may be written at this moment (JST): its day, its hour, and not yet night.

        The weekly one comes on the first working day of the week, or on Monday for those who do not mind days off.
        """
        if self.rhythm == Rhythm.NEVER or not self.hour <= at.hour <= LAST_HOUR:
            return False
        day = at.date()
        if not self.on_days_off and is_day_off(day):
            return False
        return self.rhythm == Rhythm.DAILY or day == self.day_of_the_week(day)

    def day_of_the_week(self, day: dt.date) -> dt.date:
        """The day of that week on which the weekly digest comes."""
        monday = day - dt.timedelta(days=day.weekday())
        days = [monday + dt.timedelta(days=number) for number in range(SATURDAY)]
        return next((each for each in days if self.on_days_off or not is_day_off(each)), monday)
