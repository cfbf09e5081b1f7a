"""Addresses of minutes, decisions and public summaries, behind the gate."""

from django.urls import URLPattern, path

from workshops.members import decisions, office_summaries
from workshops.members.minutes import changes, ending, pages, writing

MINUTES = "meetings/<uuid:pk>/minutes/"

minutes_routes: list[URLPattern] = [
    path(MINUTES, pages.minutes, name="minutes"),
    path(MINUTES + "print/", pages.minutes_print, name="minutes_print"),
    path(MINUTES + "begin/", writing.minutes_begin, name="minutes_begin"),
    path(MINUTES + "write/", writing.minutes_write, name="minutes_write"),
    path(MINUTES + "open/", writing.minutes_open, name="minutes_open"),
    path(MINUTES + "<int:paragraph>/amend/", changes.minutes_amend, name="minutes_amend"),
    path(MINUTES + "changes/<int:amendment>/", changes.minutes_answer, name="minutes_answer"),
    path(MINUTES + "changes/<int:amendment>/take-back/", changes.minutes_take_back, name="minutes_take_back"),
    path(MINUTES + "agree/", changes.minutes_agree, name="minutes_agree"),
    path(MINUTES + "confirm/", ending.minutes_confirm, name="minutes_confirm"),
    path(MINUTES + "reopen/", ending.minutes_reopen, name="minutes_reopen"),
    path(MINUTES + "lock/", ending.minutes_lock, name="minutes_lock"),
    path(MINUTES + "errata/", ending.minutes_correct, name="minutes_correct"),
    path("meetings/<uuid:pk>/decisions/new/", decisions.decision_new, name="decision_new"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/print/", decisions.decisions_print, name="decisions_print"),
    path("decisions/<uuid:pk>/", decisions.decision, name="decision"),
    path("decisions/<uuid:pk>/edit/", decisions.decision_edit, name="decision_edit"),
    path("decisions/<uuid:pk>/review/", decisions.decision_review, name="decision_review"),
    path("office/meetings/<uuid:pk>/summary/", office_summaries.office_summary, name="office_summary"),
    path(
        "office/meetings/<uuid:pk>/summary/publish/",
        office_summaries.office_summary_publish,
        name="office_summary_publish",
    ),
    path(
        "office/meetings/<uuid:pk>/summary/take-down/",
        office_summaries.office_summary_take_down,
        name="office_summary_take_down",
    ),
]
