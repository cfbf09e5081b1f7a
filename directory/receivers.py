"""What this room registers with the frame of the house, and how it answers news."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.search import index

from cms import outbox
from cms.models import Mail
from directory.actions.people import MAIL_KIND
from directory.models import ConsultationDesk, Invitation, Organization


def invitation_stands(mail: Mail) -> bool:
    """An invitation is mailed only while it may be accepted."""
    invitation = Invitation.objects.filter(pk=(mail.context or {})["invitation"]).first()
    return invitation is not None and invitation.is_open


def keep_index_true(desk: ConsultationDesk) -> None:
    """Search finds public desks only. Wagtail adds them by itself, but never takes a hidden one out."""
    if ConsultationDesk.objects.public().filter(pk=desk.pk).exists():
        index.insert_or_update_object(desk)
    else:
        index.remove_object(desk)


def desk_saved(sender: type, instance: ConsultationDesk, raw: bool = False, **kwargs: Any) -> None:
    """Published, hidden, confirmed, changed."""
    if not raw:
        keep_index_true(instance)


def organization_saved(sender: type, instance: Organization, raw: bool = False, **kwargs: Any) -> None:
    """It ended, or has another name: so have its desks."""
    for desk in () if raw else instance.desks.all():
        keep_index_true(desk)


def register() -> None:
    """Called once when the house starts."""
    outbox.register_kind(MAIL_KIND, invitation_stands)
    post_save.connect(desk_saved, sender=ConsultationDesk, dispatch_uid="directory.desk_saved")
    post_save.connect(organization_saved, sender=Organization, dispatch_uid="directory.organization_saved")
