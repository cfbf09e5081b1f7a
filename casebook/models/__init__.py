"""Nouns of the room *what is hard*."""

from casebook.models.access import Access, AppendOnly
from casebook.models.break_glass import EmergencyReading
from casebook.models.cases import TEXTS, Case
from casebook.models.copies import CopyState, PrintedCopy
from casebook.models.decisions import ReviewDecision
from casebook.models.incidents import Act, Incident, IncidentStep, Ruling, StopReason, Suspicion
from casebook.models.learning import CARD_TEXTS, LearningCard
from casebook.models.offers import Offer
from casebook.models.questions import Question
from casebook.models.risk import Clientele, Population, Prevalence, RiskTable, TableKind
from casebook.models.tallies import Tally

__all__ = [
    "CARD_TEXTS",
    "TEXTS",
    "Access",
    "Act",
    "AppendOnly",
    "Case",
    "Clientele",
    "CopyState",
    "EmergencyReading",
    "Incident",
    "IncidentStep",
    "LearningCard",
    "Offer",
    "Population",
    "Prevalence",
    "PrintedCopy",
    "Question",
    "ReviewDecision",
    "RiskTable",
    "Ruling",
    "StopReason",
    "Suspicion",
    "TableKind",
    "Tally",
]
