"""Verbs about what organisations propose for their desks: handed in, taken back.

A proposal is a Wagtail draft of the desk, written by the organisation, in the publishers' workflow. What residents see
stays the last approved version until a publisher approves; numbers then still wait for a second person
(directory.models.trusting).
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision, WorkflowState

from cms import audit, outbox
from directory.models import ConsultationDesk, User
from directory.permissions import may_propose

MOST_UNPUBLISHED = 20
MAIL_KIND = "desk_proposal"


@transaction.atomic
def propose(*, desk: ConsultationDesk, by: User) -> Revision:
    """Hand in the desk as it stands in memory. A new desk is made, unpublished. An earlier open proposal is replaced.

    Raises PermissionDenied for the desk of another organisation, ValidationError when too many new desks wait.
    """
    if not may_propose(by, desk):
        raise PermissionDenied
    if desk.pk is None:
        _make_room(desk)
    revision: Revision = desk.save_revision(user=by, log_action=True)
    _end_open(desk, by=by)
    workflow = desk.get_workflow()
    if workflow is not None:
        # Nobody is named as the one who asked: Wagtail's own mails lead to a workplace members have no door to.
        workflow.start(ConsultationDesk.objects.get(pk=desk.pk), None)
    audit.record("desk.proposed", by=by, desk=desk.slug)
    return revision


@transaction.atomic
def withdraw(*, desk: ConsultationDesk, by: User) -> None:
    """Take an open proposal back: the newest draft is again what stood before it. A desk that was never public goes.

    Raises PermissionDenied, or ValidationError when nothing of this organisation waits.
    """
    if not may_propose(by, desk):
        raise PermissionDenied
    if not _end_open(desk, by=by):
        raise ValidationError(_("Nothing of yours waits here any more."), code="nothing")
    audit.record("desk.proposal_withdrawn", by=by, desk=desk.slug)
    if desk.first_published_at is None:
        desk.delete()
        return
    before = _before_own_drafts(desk)
    (before.as_object() if before else desk).save_revision(user=by, log_action=True)
    if before is None or before.pk == desk.live_revision_id:
        ConsultationDesk.objects.filter(pk=desk.pk).update(has_unpublished_changes=False)


def tell(*, state: WorkflowState) -> None:
    """The organisation hears that something happened to its proposal; what it is stands behind the login."""
    revision = state.current_task_state.revision if state.current_task_state else None
    person = revision.user if revision else None
    if person is None or not isinstance(state.content_object, ConsultationDesk):
        return
    if not may_propose(person, state.content_object):
        return  # a draft of communications
    outbox.post(
        kind=MAIL_KIND,
        to=person.email,
        template="directory/mail/desk_proposal",
        context={"path": "/members/desks/", "desk": state.content_object.pk, "user": person.pk},
        key=f"desk_proposal:{state.pk}:{state.current_task_state.pk}:{state.status}",
    )


# --- steps ---------------------------------------------------------------------------------------------------


def _make_room(desk: ConsultationDesk) -> None:
    waiting = ConsultationDesk.objects.filter(organization=desk.organization, first_published_at=None)
    if waiting.count() >= MOST_UNPUBLISHED:
        raise ValidationError(
            _("%(count)s new desks of your organisation wait already. Please let them be looked at first.")
            % {"count": MOST_UNPUBLISHED},
            code="too_many",
        )
    desk.live = False
    desk.has_unpublished_changes = True
    desk.save()


def _end_open(desk: ConsultationDesk, *, by: User) -> bool:
    """Ends the workflow that waits at this desk, if any."""
    state = desk.current_workflow_state
    if state is None:
        return False
    state.cancel(user=by)
    return True


def _before_own_drafts(desk: ConsultationDesk) -> Revision | None:
    """The draft that stood before this organisation's unbroken run of drafts; never older than what is public."""
    own = set(User.objects.filter(organization=desk.organization_id).values_list("pk", flat=True))
    for revision in desk.revisions.order_by("-pk").iterator(chunk_size=20):
        if revision.user_id not in own or revision.pk == desk.live_revision_id:
            return revision
    return None
