"""What came of an event: written down to close it, read in the annual report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.enums import Unit
from workshops.models.events import Event


class EventResult(models.Model):
    """How many came, in which unit, and what was learned (Ichihara's table 時期｜NPO｜概要｜効果).

    More may come than there were seats: 「定員40人に対し60人が参加」.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="result")
    attended = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    unit = models.CharField(_("what is counted"), max_length=12, choices=Unit.choices, default=Unit.PERSON)
    effect = models.TextField(_("what came of it"), max_length=2000, blank=True)
    learning = models.TextField(_("what we learned"), max_length=4000, blank=True)
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("result of an event")
        verbose_name_plural = _("results of events")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(attended=None) | models.Q(attended__gte=0), name="result_attended_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.effect
