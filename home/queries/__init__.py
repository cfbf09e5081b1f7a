"""What the face of the site shows from several rooms. Read-only."""

from home.queries.portal import news, path_of, public_members, public_pages
from home.queries.searching import Found, search
from home.queries.worries import Listened, Told, listen, understood

__all__ = [
    "Found",
    "Listened",
    "Told",
    "listen",
    "news",
    "path_of",
    "public_members",
    "public_pages",
    "search",
    "understood",
]
