"""How a step of the plan stands."""

from django.db import models
from django.utils.translation import pgettext_lazy


class StepState(models.TextChoices):
    """How far a step of forming the partnership has come."""

    PLANNED = "planned", pgettext_lazy("step", "To come")
    UNDER_WAY = "now", pgettext_lazy("step", "Under way")
    DONE = "done", pgettext_lazy("step", "Done")
