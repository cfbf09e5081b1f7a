"""The editable word list: what readers call a thing, and what the pages call it."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.text.folding import is_kana, squeeze
from cms.text.shipped import fingerprint

SEPARATORS = re.compile(r"[\n,、，;；|｜]+")


def split_words(text: str) -> list[str]:
    """The words of a list that a person typed: one a line, or with commas between."""
    return [word for word in (part.strip() for part in SEPARATORS.split(text)) if word]


class Term(models.Model):
    """A group of words with one meaning. Search asks for all of them; readings help kana and typing slips."""

    label = models.CharField(_("word"), max_length=80, unique=True)
    reading = models.CharField(
        _("reading in hiragana"),
        max_length=120,
        blank=True,
        help_text=_("Search finds the word by it, and furigana shows it above the word."),
    )
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
    # What of it came with the site, as a fingerprint: an upgrade replaces a term only while staff have left it alone.
    shipped = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        ordering = ["reading", "label"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """A reading is kana: it is written above the word."""
        super().clean()
        if self.reading and not is_kana(squeeze(self.reading)):
            raise ValidationError({"reading": gettext("Write the reading in hiragana or katakana.")})

    @property
    def origin(self) -> str:
        """Whether it came with the site, and whether staff have changed it since: an upgrade replaces no changed one."""
        if not self.shipped:
            return gettext("added here")
        same = self.shipped == fingerprint(self.label, self.reading, self.aliases, self.related)
        return gettext("came with the site") if same else gettext("came with the site, changed here")

    @property
    def alias_list(self) -> list[str]:
        """The other words, one by one."""
        return split_words(self.aliases)

    @property
    def related_list(self) -> list[str]:
        """The words that also help, one by one."""
        return split_words(self.related)
