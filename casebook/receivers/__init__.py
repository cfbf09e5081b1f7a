"""What this room registers with the frame of the house, and what it does when others call."""

from casebook.receivers import exchange, eyes, incidents, learning, news, times
from casebook.receivers.news import may_still_read

__all__ = ["may_still_read", "register"]


def register() -> None:
    """Called once when the house starts."""
    eyes.register()
    news.register()
    incidents.register()
    times.register()
    exchange.register()
    learning.register()
