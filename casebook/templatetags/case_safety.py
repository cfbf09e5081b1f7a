"""Brake, papers and days of a case, for whichever page shows one: ``{% load case_safety %}``.

``{% case_brake case %}`` first in the side column, ``{% case_copies case %}`` after it, ``{% case_days case %}`` below the
headline. Each draws nothing where it does not apply.
"""

from typing import Any

from django import template

from casebook.actions.keeping import deleted_on
from casebook.enums import CaseState
from casebook.models import Case, PrintedCopy
from casebook.permissions import can_keep_on, can_print, can_stop, is_author
from directory.permissions import can
from directory.roles import Permission

register = template.Library()


def _user(context: template.Context) -> Any:
    return context["request"].user


@register.inclusion_tag("casebook/members/case_brake.html", takes_context=True)
def case_brake(context: template.Context, case: Case) -> dict[str, Any]:
    """The brake, on every page of a case, for everybody who sees it."""
    return {"case": case, "shown": can_stop(_user(context), case), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("casebook/members/case_copies.html", takes_context=True)
def case_copies(context: template.Context, case: Case) -> dict[str, Any]:
    """Printing, and which papers there are: own ones with their way back; organisations alone for the asking side."""
    user = _user(context)
    may_print = can_print(user, case)
    rows = PrintedCopy.objects.visible_to(user).filter(case=case).select_related("organization", "printed_by")
    return {
        "case": case,
        "may_print": may_print,
        "copies": list(rows) if may_print else [],
        "me": user.pk,
        "names_shown": can(user, Permission.INCIDENTS_KEEP),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("casebook/members/case_days.html", takes_context=True)
def case_days(context: template.Context, case: Case) -> dict[str, Any]:
    """For its author: when a draft is deleted, and the question whether a case still holds."""
    user = _user(context)
    draft = case.state == CaseState.DRAFT and is_author(user, case)
    return {
        "case": case,
        "deleted_on": deleted_on(case) if draft else None,
        "may_keep_on": can_keep_on(user, case),
        "csrf_token": context.get("csrf_token"),
    }
