"""Search results: the words that were asked for, marked."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from cms.search.highlight import Highlighter, text_of

register = template.Library()


@register.simple_tag
def search_snippet(record: Any, question: str) -> SafeString:
    """About 120 characters of a page or record around what was asked for."""
    return Highlighter.of(question).snippet(text_of(record))


@register.simple_tag
def search_marked(text: str, question: str) -> SafeString:
    """A short text, such as a title, with what was asked for marked."""
    return Highlighter.of(question).marked(text)
