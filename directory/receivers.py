"""What this room registers with the frame of the house, and how it answers news."""

from cms import outbox
from cms.models import Mail
from directory.actions.people import MAIL_KIND
from directory.models import Invitation


def invitation_stands(mail: Mail) -> bool:
    """An invitation is mailed only while it may be accepted."""
    invitation = Invitation.objects.filter(pk=mail.context["invitation"]).first()
    return invitation is not None and invitation.is_open


def register() -> None:
    """Called once when the house starts."""
    outbox.register_kind(MAIL_KIND, invitation_stands)
