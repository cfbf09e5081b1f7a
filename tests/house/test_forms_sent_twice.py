"""A form sent twice is one form: every members' view that makes something is wrapped in cms.once, its pages carry keys.

A new route that takes POST fails here until it is wrapped (`@once`), or named as one where a second time finds the work
done.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.once import once
from tests.access.world import World
from tests.factories.forms import KEY
from tests.house.messages import ROOT
from tests.house.test_access_matrix import ROWS
from workshops.members.meetings import agenda

#: Pages of several buttons: the verb that makes something is wrapped by itself.
MAKING_BY_ONE_BUTTON = {"meeting_agenda": agenda.write}
#: The key is in the row itself, unique in the database; what is answered is shown once, so nothing is led anywhere.
OWN_KEY = {"check_in_walk_in", "consultation_new", "office_entry"}
#: The database holds one of each (a constraint, or one row that is locked); a second one finds it.
ONE_OF_EACH = {
    "attestation", "calendar_feed", "circular", "clientele", "desk_hide", "desk_propose", "meeting_attendance", "meeting_days",
    "meeting_reply", "minutes_agree", "minutes_begin", "office_attestation", "office_department", "office_departments",
    "office_desk", "office_membership", "office_person", "office_summary", "own_card", "person", "pledge",
    "profile_edit", "question_answered", "study",
}  # fmt: skip
#: They change, end or send what is there, once: a second time finds it changed, ended or sent.
CHANGING = {
    "consultation_accept", "consultation_answered", "consultation_done", "consultation_give_back", "consultation_question_back",
    "consultation_withdraw", "consultation_aside", "consultation_assign", "consultation_back", "consultation_claim", "consultation_close",
    "consultation_facts", "consultation_hold_lift", "consultation_same", "consultation_urgent", "ready_text", "ready_text_remove",
    "activity_picture_remove", "case_ask_again", "case_edit", "case_pass_on", "case_decide", "case_assign",
    "case_still_needed", "case_stop", "case_stopped", "case_submit", "case_take_back", "case_withdraw", "check_in_arrived", "check_in_undo", "circular_decline", "circular_read", "decision_edit",
    "copy_settle", "decision_review", "desk_withdraw", "emergency_close", "event_proposal", "event_proposal_withdraw", "event_result",
    "invitation_withdraw", "material_edit", "material_put_back", "material_use_back", "material_withdraw",
    "meeting_edit", "meeting_step", "minutes_answer", "minutes_confirm", "minutes_lock", "minutes_open",
    "handover_accept", "handover_done", "handover_withdraw", "minutes_reopen", "minutes_take_back", "minutes_write", "note_remove", "notification_hear", "notification_mute",
    "notification_preferences", "notifications_read", "offer_accept", "offer_decline", "offer_withdraw",
    "office_circular_close", "office_circular_discard", "office_circular_extend", "office_circular_file_remove",
    "office_circular_remind", "office_circular_send", "office_factors", "office_invitation_withdraw",
    "office_incident_end", "office_incident_facts", "office_incident_verdict", "office_mail_again",
    "office_mail_kind_again", "office_number", "office_number_lift", "office_person_remove",
    "office_report_done", "office_role_end", "office_role_requests", "office_rule_answer", "office_rule_back",
    "office_rule_decide", "office_seats", "office_summary_publish", "office_summary_take_down", "person_remove",
    "profile_confirm", "question_take_back", "resource_edit", "resource_remove", "role_request_withdraw", "rule_comment_change",
    "rule_edit", "rule_propose", "rule_remove", "rule_withdraw", "study_call_off", "study_edit", "study_notes",
}  # fmt: skip
#: Each press makes a paper with a number of its own, shown at once: two presses are two papers.
EACH_COUNTS = {"case_print"}
#: They post what must not stand in an address, or hand out a file.
READING = {
    "case_figures_csv",
    "case_from_codes",
    "check_in",
    "learning",
    "office_registrations_csv",
    "office_registrations_xlsx",
    "office_takeaway",
    "takeaway",
}


def members_routes(resolver: Any = None, namespace: str = "") -> Iterator[URLPattern]:
    """Every route behind the gate."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from members_routes(entry, entry.namespace or namespace)
        elif namespace == "members":
            yield entry


def takes_posts(view: Any) -> bool:
    """Whether a POST reaches it: no decorator of methods on the way keeps POST out."""
    while view is not None:
        methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if methods is not None:
            return "POST" in methods
        view = getattr(view, "__wrapped__", None)
    return True


def is_once(view: Any) -> bool:
    """Wrapped, at any depth: decorators hand the mark on."""
    return bool(getattr(view, "is_once", False))


def wrapped() -> set[str]:
    """Names of the routes that make something."""
    return {str(route.name) for route in members_routes() if is_once(route.callback)}


def test_every_route_that_takes_posts_says_what_a_second_one_does() -> None:
    taking = {str(route.name) for route in members_routes() if takes_posts(route.callback)}
    named = [*MAKING_BY_ONE_BUTTON, *OWN_KEY, *ONE_OF_EACH, *CHANGING, *EACH_COUNTS, *READING]
    assert len(named) == len(set(named))
    assert taking - set(named) - wrapped() == set(), "does it make something? Then @once, else name it"
    assert set(named) - taking == set(), "these take no posts (any more)"
    assert set(named) & wrapped() == set(), "these are wrapped: no need to name them"
    assert [name for name, verb in MAKING_BY_ONE_BUTTON.items() if not is_once(verb)] == []


def test_the_walk_would_notice() -> None:
    """Negative control."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert takes_posts(view)
    assert takes_posts(require_POST(view))
    assert takes_posts(require_http_methods(["GET", "POST"])(once(view)))
    assert not takes_posts(require_safe(view))
    assert is_once(require_POST(once(view)))
    assert not is_once(require_POST(view))


FORM = re.compile(r"<form\b([^>]*?method=\"post\".*?)</form>", re.DOTALL)
LEADS_TO = re.compile(r'action="\{% url "members:(\w+)"')


def without_key(template: str, making: set[str]) -> list[str]:
    """Routes that make something to which a form of this template leads without a key."""
    leading = ((LEADS_TO.search(form), form) for form in FORM.findall(template))
    return [found[1] for found, form in leading if found and found[1] in making and "{% form_key %}" not in form]


def test_every_form_that_leads_there_carries_a_key() -> None:
    making = wrapped()
    paths = sorted((ROOT / "templates").rglob("*.html"))
    faults = {path.name: without_key(path.read_text(encoding="utf-8"), making) for path in paths}
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_form_without_a_key_is_noticed() -> None:
    form = '<form method="post" action="{% url "members:rule_start" held.pk %}">{% csrf_token %}KEY<button></button></form>'
    assert without_key(form, {"rule_start"}) == ["rule_start"]
    assert without_key(form.replace("KEY", "{% form_key %}"), {"rule_start"}) == []
    assert without_key(form, {"study_new"}) == []


@pytest.mark.django_db
def test_every_page_with_such_a_form_shows_a_key() -> None:
    """Pages that post to themselves: their forms name no address."""
    world, shown = World(), set()
    rows = [row for each in ROWS.values() for row in each if row.route.removeprefix("members:") in wrapped()]
    asked = {row.route for row in rows if 200 in row.get.values()}
    for row in rows:
        url = reverse(row.route, kwargs=row.kwargs(world))
        for actor in (actor for actor, status in row.get.items() if status == 200):
            if row.route not in shown and KEY.search(world.clients[actor].get(url).content.decode()):
                shown.add(row.route)
    assert asked - shown == set(), "no actor finds {% form_key %} there"
