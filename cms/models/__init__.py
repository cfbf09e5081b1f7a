"""Nouns of the frame of the house."""

from cms.models.audit import AuditEvent, AuditSeal
from cms.models.base import BasePage, Prose
from cms.models.chain import AppendOnly, BrokenChain, ChainCheck, ChainHead
from cms.models.mail import CLAIM_LASTS, Heartbeat, Mail
from cms.models.media import File, Picture, PictureRendition
from cms.models.sentforms import SentForm
from cms.models.site import SiteSettings
from cms.models.terms import Term
from cms.models.themes import Theme, ThemedPage
from cms.models.urgent import UrgentWord

__all__ = [
    "CLAIM_LASTS",
    "AppendOnly",
    "AuditEvent",
    "AuditSeal",
    "BasePage",
    "BrokenChain",
    "ChainCheck",
    "ChainHead",
    "File",
    "Heartbeat",
    "Mail",
    "Picture",
    "PictureRendition",
    "Prose",
    "SentForm",
    "SiteSettings",
    "Term",
    "Theme",
    "ThemedPage",
    "UrgentWord",
]
