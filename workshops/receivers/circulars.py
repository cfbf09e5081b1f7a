"""Reactions about circulars and inquiries."""

from workshops.actions import circular_news


def register() -> None:
    """Called once when the house starts."""
    circular_news.register()
