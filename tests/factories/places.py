"""Places to be, opportunities to help and questions about them, for tests."""

from __future__ import annotations

import secrets
from itertools import count
from typing import Any

from directory.actions import opportunities as actions
from directory.actions.opportunities import Asked, Receipt
from directory.models import Opportunity, Place
from tests.factories.people import make_organization

numbers = count(1)
AFTERNOONS = "Mo,We 13:00-16:00; PH off"


def make_place(**fields: Any) -> Place:
    """A published place, open on Monday and Wednesday afternoons unless said otherwise."""
    fields.setdefault("organization", fields.pop("org", None) or make_organization())
    fields.setdefault("name", f"ひろば{next(numbers)}")
    fields.setdefault("venue_name", "福祉会館")
    fields.setdefault("hours", AFTERNOONS)
    place = Place(**fields)
    place.full_clean(exclude=["organization"])
    place.save()
    return place


def make_opportunity(**fields: Any) -> Opportunity:
    """A published opportunity in a library, unless said otherwise."""
    fields.setdefault("organization", fields.pop("org", None) or make_organization())
    fields.setdefault("title", f"本を棚にもどす{next(numbers)}")
    fields.setdefault("where_text", "図書館")
    opportunity = Opportunity(**fields)
    opportunity.full_clean(exclude=["organization"])
    opportunity.save()
    return opportunity


def make_question(opportunity: Opportunity | None = None, *, key: str = "", **fields: Any) -> Receipt:
    """A question by mail, with its link."""
    fields = {
        "nickname": "しお",
        "answer_by": "mail",
        "email": "shio@example.jp",
        "question": "見にいけますか",
        **fields,
    }
    return actions.ask(
        opportunity=opportunity or make_opportunity(), asked=Asked(**fields), key=key or secrets.token_urlsafe(24)
    )
