"""Nouns of the room *when*."""

from workshops.models.amendments import Amendment, Consent
from workshops.models.circulars import Circular, CircularFile, CircularQuestion, Reply
from workshops.models.decisions import Decision, DecisionStep
from workshops.models.events import CAPACITY_LIMIT, PARTY_LIMIT, Event
from workshops.models.feedback import Feedback
from workshops.models.feeds import PersonalFeed
from workshops.models.materials import (
    Material,
    MaterialDownload,
    MaterialFile,
    MaterialUse,
    MaterialVersion,
    ThemedMaterial,
)
from workshops.models.meeting_days import DayMark, DayOption, DayReply
from workshops.models.meetings import AgendaItem, Attendance, Meeting
from workshops.models.minutes import Erratum, Minutes, Paragraph
from workshops.models.occurrences import Occurrence, Part
from workshops.models.pages import EventIndexPage, EventPage
from workshops.models.papers import Paper, PaperDownload, WantedPoint
from workshops.models.programme import Session, Speaker
from workshops.models.prose import EventProse
from workshops.models.questions import Answer, Question
from workshops.models.registrations import Registration, RegistrationLink
from workshops.models.results import EventResult
from workshops.models.steps import FormationStep
from workshops.models.studies import StudyReply, StudySession
from workshops.models.summaries import Summary

__all__ = [
    "CAPACITY_LIMIT",
    "PARTY_LIMIT",
    "AgendaItem",
    "Amendment",
    "Answer",
    "Attendance",
    "Circular",
    "CircularFile",
    "CircularQuestion",
    "Consent",
    "DayMark",
    "DayOption",
    "DayReply",
    "Decision",
    "DecisionStep",
    "Erratum",
    "Event",
    "EventIndexPage",
    "EventPage",
    "EventProse",
    "EventResult",
    "Feedback",
    "FormationStep",
    "Material",
    "MaterialDownload",
    "MaterialFile",
    "MaterialUse",
    "MaterialVersion",
    "Meeting",
    "Minutes",
    "Occurrence",
    "Paper",
    "PaperDownload",
    "Paragraph",
    "Part",
    "PersonalFeed",
    "Question",
    "Registration",
    "RegistrationLink",
    "Reply",
    "Session",
    "Speaker",
    "StudyReply",
    "StudySession",
    "Summary",
    "ThemedMaterial",
    "WantedPoint",
]
