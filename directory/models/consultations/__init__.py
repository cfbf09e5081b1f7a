"""Consultations of residents: who receives them, what is written, what is kept, what is counted (ADR 0053)."""

from directory.models.consultations.consultations import Consultation, ConsultVisit, DeskNote, Message
from directory.models.consultations.handing_on import ConsentQuestion
from directory.models.consultations.keeping import Destruction, Hold
from directory.models.consultations.receptions import DeskReception, DeskSeat, ReadyText
from directory.models.consultations.tallies import ConsultationCount, HeardOfCount, TallySheet, Trend

__all__ = [
    "ConsentQuestion",
    "ConsultVisit",
    "Consultation",
    "ConsultationCount",
    "DeskNote",
    "DeskReception",
    "DeskSeat",
    "Destruction",
    "HeardOfCount",
    "Hold",
    "Message",
    "ReadyText",
    "TallySheet",
    "Trend",
]
