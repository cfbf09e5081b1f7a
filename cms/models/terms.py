"""The editable word list: what readers call a thing, and what the pages call it."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

SEPARATORS = re.compile(r"[\n,、，;；|｜]+")


def split_words(text: str) -> list[str]:
    """The words of a list that a person typed: one a line, or with commas between."""
    return [word for word in (part.strip() for part in SEPARATORS.split(text)) if word]


class Term(models.Model):
    """A group of words with one meaning. Search asks for all of them; readings help kana and typing slips."""

    label = models.CharField(_("word"), max_length=80, unique=True)
    reading = models.CharField(_("reading in hiragana"), max_length=120, blank=True)
    aliases = models.TextField(
        _("other words for it"),
        blank=True,
        help_text=_("Means the same: another spelling, an abbreviation, an everyday or an English word. One a line."),
    )
    related = models.TextField(
        _("words that also help"),
        blank=True,
        help_text=_("Who types the words above is also shown pages with these, lower down. Not the other way round."),
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        ordering = ["reading", "label"]

    def __str__(self) -> str:
        return self.label

    @property
    def alias_list(self) -> list[str]:
        """The other words, one by one."""
        return split_words(self.aliases)

    @property
    def related_list(self) -> list[str]:
        """The words that also help, one by one."""
        return split_words(self.related)
