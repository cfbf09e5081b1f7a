"""Named in WAGTAILSEARCH_BACKENDS. One process works on one database, so the choice is made at import."""

from django.db import connection

if connection.vendor == "postgresql":
    from cms.search.postgres import SearchBackend
else:
    from cms.search.sqlite import SearchBackend

__all__ = ["SearchBackend"]
