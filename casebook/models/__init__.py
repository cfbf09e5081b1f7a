"""Nouns of the room *what is hard*."""

from casebook.models.access import Access, AppendOnly
from casebook.models.cases import TEXTS, Case
from casebook.models.offers import Offer

__all__ = ["TEXTS", "Access", "AppendOnly", "Case", "Offer"]
