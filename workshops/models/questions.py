"""What the host asks those who register, each question with its own end of keeping."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.fields import LinesField
from workshops.enums import QuestionKind
from workshops.fields import AnswerColumn
from workshops.models.events import Event
from workshops.models.registrations import Registration

#: Nothing is kept longer after the last day of an event (days).
LONGEST_KEPT = 365


class Question(models.Model):
    """A question of an event's registration form. It cannot be deleted while answers to it are kept."""

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("question"), max_length=200)
    hint = models.CharField(_("why it is asked"), max_length=200, blank=True)
    kind = models.CharField(
        _("kind of answer"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.SHORT
    )
    choices = LinesField(_("to choose from"), help_text=_("One a line. Only for questions with a choice."))
    required = models.BooleanField(_("must be answered"), default=False)
    kept_days = models.PositiveSmallIntegerField(
        _("kept after the event, days"), default=30, help_text=_("Then the answers are deleted.")
    )
    is_retired = models.BooleanField(_("no longer asked"), default=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["order", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kept_days__lte=LONGEST_KEPT), name="question_kept_days_in_range"),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_of_known_kind"),
        ]

    def __str__(self) -> str:
        return self.text


class Answer(models.Model):
    """What somebody answered. `value` is a text, a number, a list of choices or true/false, encrypted."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value = AnswerColumn(pgettext_lazy("form", "answer"))
    erase_on = models.DateField(_("deleted on"), db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = pgettext_lazy("form", "answer")
        verbose_name_plural = _("answers")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="answer_once")]

    def __str__(self) -> str:
        return str(self.pk)  # never its value: this reaches logs and error pages
