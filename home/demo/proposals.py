"""What organisations of みなも市 have handed in: one proposal waits for communications."""

from __future__ import annotations

from directory.actions import proposals
from directory.models import ConsultationDesk, User


def build(staff: dict[str, User]) -> None:
    """The organisation administrator proposes longer hours and a gentler sentence for their desk."""
    admin = staff["orgadmin"]
    desk = ConsultationDesk.objects.filter(organization=admin.organization, live=True).first()
    if desk is None:
        return
    newest = desk.get_latest_revision_as_object()
    newest.description = f"{newest.description}\nスタンプだけでも大丈夫です。".strip()
    newest.reply_time = "メールは二日のうちに"
    proposals.propose(desk=newest, by=admin)
