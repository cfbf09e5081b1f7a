"""Addresses of meetings, for workshops.members.urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from workshops.members.meetings import agenda, attendance, calling, days, pages

meeting_routes: list[URLPattern] = [
    path("meetings/", pages.meetings, name="meetings"),
    path("meetings/new/", calling.meeting_new, name="meeting_new"),
    path("meetings/papers/<uuid:pk>/", agenda.meeting_paper, name="meeting_paper"),
    path("meetings/bodies/<slug:slug>/attendance/", attendance.coverage, name="meeting_coverage"),
    path("meetings/bodies/<slug:slug>/attendance.csv", attendance.coverage_csv, name="meeting_coverage_csv"),
    path("meetings/<uuid:pk>/", pages.meeting, name="meeting"),
    path("meetings/<uuid:pk>/edit/", calling.meeting_edit, name="meeting_edit"),
    path("meetings/<uuid:pk>/step/", calling.meeting_step, name="meeting_step"),
    path("meetings/<uuid:pk>/days/", days.meeting_days, name="meeting_days"),
    path("meetings/<uuid:pk>/agenda/", agenda.meeting_agenda, name="meeting_agenda"),
    path("meetings/<uuid:pk>/papers/", agenda.meeting_papers, name="meeting_papers"),
    path("meetings/<uuid:pk>/attendance/", attendance.meeting_attendance, name="meeting_attendance"),
    path("meetings/<uuid:pk>/reply/", pages.meeting_reply, name="meeting_reply"),
    path("meetings/<uuid:pk>/want/", pages.meeting_want, name="meeting_want"),
]
