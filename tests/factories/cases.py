"""Cases and answers for tests: made through the actions, so that every rule holds for them too."""

from __future__ import annotations

from itertools import count
from typing import Any

from casebook.actions import cases, offers, release
from casebook.enums import Check
from casebook.models import Case, Offer
from casebook.queries.flags import all_fine
from cms import dates
from tests.factories.people import make_organization, make_user

numbers = count(1)

CODED = {
    "life_stage": "l4",
    "household": "h3",
    "sex": "",
    "concerns": ["k5"],  # with more it would fit too few people of the sample city for the whole partnership
    "involved": ["b3", "b4"],
    "relative_time": "t2",
    "legal_basis": "none",
    "consent": "oral",
    "consent_time": "c1",
    "audience": "core",
}
TEXTS = {
    "headline": "制度のはざまで、通う先が決まらない",
    "situation": "Aさんは、数年のあいだ家で過ごしてきた。月に2回、家で話をしている。",
    "tried": "見学にさそったが、人の多い所はつらいという。",
    "asked": "午前中に、人の少ない場所で、週に1回だけ過ごせるところはありませんか。",
}


def make_author(**fields: Any) -> Any:
    """A core member who may write."""
    fields.setdefault("organization", make_organization())
    return make_user("member", **fields)


def make_reviewer(**fields: Any) -> Any:
    """A second person of another organisation."""
    fields.setdefault("organization", make_organization())
    return make_user("reviewer", **fields)


def make_case(*, author: Any = None, **changes: Any) -> Case:
    """A draft. Names of texts and codes may be given; so may shared_with and excluded."""
    author = author or make_author()
    texts = {name: changes.pop(name, text) for name, text in TEXTS.items()}
    links = {
        name: changes.pop(name)
        for name in ("shared_with", "excluded", "group", "dismissals", "rewritten")
        if name in changes
    }
    return cases.write(by=author, coded={**CODED, **changes}, texts=texts, **links)


def make_handed_in(*, first_reader: Any = None, **changes: Any) -> Case:
    """Waits for the author's colleague."""
    case = make_case(**changes)
    first_reader = first_reader or make_user("partner", organization=case.organization)
    return cases.submit(by=case.author, case=case, first_reader=first_reader)


def make_submitted(**changes: Any) -> Case:
    """Read by a colleague; waits for the anonymity check."""
    case = make_handed_in(**changes)
    return release.pass_on(by=case.first_reader, case=case)


def make_approved(*, reviewer: Any = None, **changes: Any) -> Case:
    """Found fit by another person; goes out tomorrow morning."""
    case = make_submitted(**changes)
    return release.release(by=reviewer or make_reviewer(), case=case, said=all_said(case))


def all_said(case: Case) -> release.Said:
    """A reviewer who finds every mark fine and ticks every box."""
    return release.Said(flags=all_fine(case), checks=list(Check.values))


def make_released(**changes: Any) -> Case:
    """Shared with its audience."""
    return opened(make_approved(**changes))


def opened(case: Case) -> Case:
    """As if the morning had come for this one case."""
    Case.objects.filter(pk=case.pk).update(opens_at=dates.now())
    release.open_due(at=dates.now())
    case.refresh_from_db()
    return case


def make_offer(case: Case, *, by: Any = None, **fields: Any) -> Offer:
    """An answer of another core member."""
    fields.setdefault("stance", "together")
    fields.setdefault("text", "午前の会議室が空いています。")
    return offers.offer(by=by or make_author(), case=case, **fields)
