"""Nouns of the face: pages that hold content only."""

from home.models.about import AboutPage
from home.models.content import ContentPage
from home.models.digest import DigestSettings
from home.models.face import HomePage
from home.models.news import NEWS_ON_A_PAGE, NewsIndexPage, NewsPage, NewsPageQuerySet

__all__ = [
    "NEWS_ON_A_PAGE",
    "AboutPage",
    "ContentPage",
    "DigestSettings",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "NewsPageQuerySet",
]
