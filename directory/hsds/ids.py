"""UUIDs made from what never changes: the same on every host and after every restore, without a column of their own."""

from functools import lru_cache
from uuid import UUID, uuid5

NAMESPACE = UUID("5d0f6c1e-9b0a-5c57-8f0e-2f6f1c7d3a41")


@lru_cache(maxsize=32768)
def made(kind: str, key: str) -> UUID:
    """The id of a thing of that kind."""
    return uuid5(NAMESPACE, f"{kind}/{key}")


def service_id(slug: str) -> UUID:
    """Of a desk: its slug is given by the system, random and for ever."""
    return made("service", slug)


def organization_id(pk: int, municipality_code: str) -> UUID:
    """Of an organisation: its number in this city's database, so the city's code belongs to it."""
    return made("organization", f"{municipality_code}/{pk}")


def channel_id(slug: str, pk: int) -> UUID:
    """Of a way to reach a desk, whatever HSDS makes of it: phone, contact or location."""
    return made("channel", f"{slug}/{pk}")


def concern_id(code: str) -> UUID:
    """Of a concern."""
    return made("concern", code)


def term_id(code: str) -> UUID:
    """Of a term of our own taxonomy."""
    return made("term", code)


def taxonomy_id(key: str) -> UUID:
    """Of a taxonomy."""
    return made("taxonomy", key)


def part_id(parent: UUID, name: str) -> UUID:
    """Of what exists only as a part: a schedule, an attribute."""
    return uuid5(parent, name)
