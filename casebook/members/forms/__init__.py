"""Forms for members. Every one with words in it lets the guard read them, and comes back with the marks."""

from casebook.members.forms.case import CaseForm
from casebook.members.forms.closing import CardCheckForm, CloseForm, LearningForm, RetireForm
from casebook.members.forms.first_reader import FirstReaderForm
from casebook.members.forms.incidents import FactsForm, SettleForm, StepForm, StopReasonForm, VerdictForm
from casebook.members.forms.offers import OfferForm
from casebook.members.forms.review import AssignForm, DecisionForm, ReturnForm

__all__ = [
    "AssignForm",
    "CardCheckForm",
    "CaseForm",
    "CloseForm",
    "DecisionForm",
    "FactsForm",
    "FirstReaderForm",
    "LearningForm",
    "OfferForm",
    "RetireForm",
    "ReturnForm",
    "SettleForm",
    "StepForm",
    "StopReasonForm",
    "VerdictForm",
]
