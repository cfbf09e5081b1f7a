"""Nouns of the frame of the house."""

from cms.models.base import BasePage, Prose
from cms.models.media import File, Picture, PictureRendition
from cms.models.site import SiteSettings
from cms.models.themes import Theme, ThemedPage

__all__ = ["BasePage", "File", "Picture", "PictureRendition", "Prose", "SiteSettings", "Theme", "ThemedPage"]
