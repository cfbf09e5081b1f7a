"""Nouns of the face: pages that hold content only."""

from home.models.about import AboutPage
from home.models.content import ContentPage
from home.models.face import HomePage
from home.models.news import NewsIndexPage, NewsPage

__all__ = ["AboutPage", "ContentPage", "HomePage", "NewsIndexPage", "NewsPage"]
