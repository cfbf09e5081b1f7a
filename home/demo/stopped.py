"""A case that somebody stopped in a fright, and that came back; papers of a meeting, one of them not back yet."""

from casebook.actions import brake, copies, incidents
from casebook.models import Act, Case, Ruling, StopReason, Suspicion
from casebook.models.copies import CopyState
from cms import dates
from directory.models import User
from home.demo import case_texts as texts


def build(staff: dict[str, User]) -> None:
    """After the cases and what was said to them."""
    shared = {case.headline or "": case for case in Case.objects.filter(released_at__isnull=False)}
    on_paper(staff, shared[texts.NIGHT["texts"]["headline"]])
    stopped_for_an_afternoon(staff, shared[texts.BEREAVED["texts"]["headline"]])


def on_paper(staff: dict[str, User], case: Case) -> None:
    """Two papers: one was shredded after the meeting, one is still in a bag."""
    back = copies.print_copy(by=staff["member2"], case=case)
    copies.settle(by=staff["member2"], copy=back, state=CopyState.DESTROYED)
    copies.print_copy(by=staff["partner"], case=case)


def stopped_for_an_afternoon(staff: dict[str, User], case: Case) -> None:
    """The secretariat looked, spoke with the organisation, found nobody in it, and closed the matter."""
    office, today = staff["secretariat"], dates.today()
    incident = brake.stop(by=staff["partner"], case=case)
    brake.say_why(by=staff["partner"], incident=incident, reason=StopReason.RARE)
    incidents.note_looked(by=office, incident=incident)
    incidents.write_step(by=office, incident=incident, act=Act.AUTHOR, done_on=today)
    incidents.write_facts(
        by=office, incident=incident, sensitive=Suspicion.NO, many=Suspicion.NO, malicious=Suspicion.NO, aware_on=today
    )
    incidents.rule(by=office, incident=incident, verdict=Ruling.UNFOUNDED)
    incidents.end(by=office, incident=incident)
