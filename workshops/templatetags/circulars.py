"""How circulars and their answers look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from workshops.enums import ReplyState
from workshops.forms.questions import answer_words as words_of
from workshops.models import CircularQuestion

register = template.Library()

LOOKS = {
    ReplyState.UNREAD: "tag warm",
    ReplyState.READ: "tag",
    ReplyState.ANSWERED: "tag ok",
    ReplyState.DECLINED: "tag edge",
}


@register.simple_tag
def reply_tag(state: str) -> SafeString:
    """未読, 読んだ, 回答した, 回答しない: always in words."""
    known = ReplyState(state)
    return format_html('<span class="{}">{}</span>', LOOKS[known], known.label)


@register.filter
def answer_words(value: Any) -> str:
    """An answer as one reads it."""
    return words_of(value)


@register.simple_tag
def question_text(questions: Sequence[CircularQuestion], number: int) -> str:
    """The header of a column, for the narrow screen."""
    return questions[number].text
