"""Two organisations with a desk each, a third one, and somebody in each who sits there or does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from directory.actions.consultations import handing_on
from directory.models import ConsentQuestion, Consultation, ConsultationDesk, Handover, User
from tests.factories.consultations import make_consultation, make_counsellor, make_reception
from tests.factories.desks import make_desk
from tests.factories.people import make_organization, make_user


@dataclass
class Scene:
    """`it` was written to desk `here`; `there` may be asked; `beside` is a second desk of the same house as `here`."""

    it: Consultation
    here: ConsultationDesk
    there: ConsultationDesk
    beside: ConsultationDesk
    third: ConsultationDesk
    asker: User
    taker: User
    people: dict[str, User]

    def ask(self, to: ConsultationDesk | None = None, words: str = "") -> ConsentQuestion:
        """The person is asked."""
        return handing_on.ask(by=self.asker, consultation=self.it, to_desk=to or self.there, words=words)

    def propose(self) -> Handover:
        """… and agrees: the other organisation is asked."""
        asked = handing_on.answer_question(question=self.ask(), agrees=True)
        return Handover.objects.get(pk=asked.handover)

    def accept(self) -> Handover:
        """… and takes it on."""
        handover = self.propose()
        handing_on.accept(by=self.taker, handover=handover)
        return self.fresh(handover)

    def fresh(self, handover: Handover) -> Handover:
        """As it is now; `it` likewise."""
        self.it.refresh_from_db()
        return Handover.objects.get(pk=handover.pk)

    @property
    def events(self) -> list[str]:
        """What happened, as the thread has it."""
        return list(self.it.messages.filter(author="note").values_list("event", flat=True))


def make_scene(**consultation: Any) -> Scene:
    """Everybody in place; nobody is asked yet."""
    here, there, third = (make_reception(people=0).desk for _each in range(3))
    beside = make_reception(people=0, desk=make_desk(organization=here.organization)).desk
    asker, taker = make_counsellor(here), make_counsellor(there)
    people = {
        "asker": asker,
        "colleague here": make_counsellor(here, "supervisor"),
        "same house, other desk": make_counsellor(beside),
        "same house, no seat": make_user("counsellor", organization=here.organization),
        "taker": taker,
        "colleague there": make_counsellor(there, "supervisor"),
        "their house, no seat": make_user("supervisor", organization=there.organization),
        "their house, member": make_user("member", organization=there.organization),
        "third desk": make_counsellor(third),
        "secretariat": make_user("secretariat", organization=make_organization(kind="city")),
    }
    return Scene(make_consultation(here, **consultation), here, there, beside, third, asker, taker, people)
