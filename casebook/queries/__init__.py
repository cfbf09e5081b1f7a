"""Read-only questions over several nouns."""

from casebook.queries.cases import TURN_OURS, can_see, concern_names, listed, waiting_count, with_concern_names
from casebook.queries.eyes import Reader, readers, reading_organizations
from casebook.queries.people import (
    audience_size,
    first_readers_of,
    groups_of,
    office_first_readers,
    readers_of,
    reviewers_of,
    roles_with,
    seats_of,
)

__all__ = [
    "TURN_OURS",
    "Reader",
    "audience_size",
    "can_see",
    "concern_names",
    "first_readers_of",
    "groups_of",
    "listed",
    "office_first_readers",
    "readers",
    "readers_of",
    "reading_organizations",
    "reviewers_of",
    "roles_with",
    "seats_of",
    "waiting_count",
    "with_concern_names",
]
