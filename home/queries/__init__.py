"""What the face of the site shows from several rooms. Read-only."""

from home.queries.portal import news, path_of, public_members, public_pages
from home.queries.searching import Found, search

__all__ = ["Found", "news", "path_of", "public_members", "public_pages", "search"]
