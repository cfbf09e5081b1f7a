"""The steps by which a partnership comes about, for the page about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.enums import StepState


class FormationStep(models.Model):
    """One step (Kasaoka's STEP 1–3). Its time may be fuzzy: 「3月10日前後」."""

    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("what is done"), max_length=4000, blank=True, help_text=_("One point a line."))
    when_text = models.CharField(
        _("when, in words"), max_length=80, blank=True, help_text=_("If the day is not certain: around 10 March.")
    )
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=StepState.choices, default=StepState.PLANNED)

    class Meta:
        verbose_name = _("step of formation")
        verbose_name_plural = _("steps of formation")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title

    @property
    def bullets(self) -> list[str]:
        """The points, one by one."""
        return [line.strip() for line in self.body.splitlines() if line.strip()]
