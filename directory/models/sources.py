"""Where an imported desk came from: so that a second import finds it again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskSource(models.Model):
    """A desk as another system knows it. A row of its own, never a field of the desk: no draft or revert can touch it."""

    desk = models.ForeignKey("directory.ConsultationDesk", on_delete=models.CASCADE, related_name="sources")
    key = models.CharField(_("name in the other system"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("source of a desk")
        verbose_name_plural = _("sources of desks")

    def __str__(self) -> str:
        return self.key
