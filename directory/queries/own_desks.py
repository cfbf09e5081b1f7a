"""An organisation's desks with what it has proposed for them. The number of queries does not grow with the desks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.contenttypes.models import ContentType
from wagtail.models import WorkflowState

from directory.models import Channel, ConsultationDesk, NumberChange, Organization


class ProposalState(StrEnum):
    """How a proposal stands."""

    NONE = "none"
    WAITING = "waiting"  # communications look at it
    RETURNED = "returned"  # with a comment
    DRAFT = "draft"  # words of communications that are not public yet


@dataclass(frozen=True)
class OwnDesk:
    """A desk as its organisation sees it. `comment`: what communications wrote when they returned a proposal."""

    desk: ConsultationDesk
    state: ProposalState
    comment: str = ""
    waiting_numbers: tuple[str, ...] = field(default_factory=tuple)  # as people read them


def state_of(desk: ConsultationDesk, workflow: WorkflowState | None) -> ProposalState:
    """What the organisation needs to know."""
    if workflow is None:
        return ProposalState.DRAFT if desk.has_unpublished_changes else ProposalState.NONE
    return ProposalState.WAITING if workflow.status == WorkflowState.STATUS_IN_PROGRESS else ProposalState.RETURNED


def own_desks(organization: Organization) -> list[OwnDesk]:
    """All desks of an organisation, public or not: four queries."""
    desks = list(ConsultationDesk.objects.filter(organization=organization).prefetch_related("channels"))
    keys = [str(desk.pk) for desk in desks]
    kind = ContentType.objects.get_for_model(ConsultationDesk)
    active = WorkflowState.objects.active().filter(base_content_type=kind, object_id__in=keys)
    open_ones = {state.object_id: state for state in active.select_related("current_task_state")}
    waiting: dict[int, list[str]] = {}
    for change in NumberChange.objects.waiting().filter(desk__in=desks):
        waiting.setdefault(change.desk_id, []).append(Channel(kind=change.kind, value=change.new).shown_value)
    found = []
    for desk in desks:
        workflow = open_ones.get(str(desk.pk))
        state = state_of(desk, workflow)
        task = workflow.current_task_state if workflow else None
        comment = task.comment if task and state is ProposalState.RETURNED else ""
        found.append(OwnDesk(desk, state, comment, tuple(waiting.get(desk.pk, ()))))
    return found
