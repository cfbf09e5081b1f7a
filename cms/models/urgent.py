"""Words that a person in danger may type: what staff add to the list that ships with the site."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.enums import Danger
from cms.text.sayings import saying


class UrgentWord(models.Model):
    """A saying that brings people first. The shipped ones are in the code: nobody can empty them by accident."""

    words = models.CharField(
        _("what is typed"),
        max_length=60,
        unique=True,
        help_text=_("As somebody would write it. Endings, kana and blanks may differ."),
    )
    danger = models.CharField(_("what it tells of"), max_length=8, choices=Danger.choices, default=Danger.LIFE)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("urgent word")
        verbose_name_plural = _("urgent words")
        ordering = ["danger", "words"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """A saying without a word that says something would match every text."""
        super().clean()
        if len(saying(self.words)) == 0 or len(self.words.strip()) < 2:
            raise ValidationError({"words": _("Write a word or a short sentence, two letters or more.")})
