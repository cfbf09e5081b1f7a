"""All rules over one text."""

from collections.abc import Callable, Iterable, Iterator

from cms.guard import (
    ages,
    bare,
    belonging,
    callings,
    contacts,
    corners,
    days,
    eponyms,
    firms,
    honorifics,
    identity,
    introductions,
    labelled,
    landmarks,
    letters,
    mentions,
    organizations,
    people,
    places,
    positions,
    rare,
    relations,
    schools,
    speakers,
    streets,
    whereabouts,
    wraps,
)
from cms.guard import names as given
from cms.guard.findings import Finding, without_overlaps
from cms.guard.flat import Flat

LONGEST_TEXT = 20_000

Rule = Callable[[Flat], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    contacts.find,
    days.find,
    ages.find,
    identity.find,
    streets.find,
    places.find,
    corners.find,
    organizations.find,
    schools.find,
    firms.find,
    whereabouts.find,
    belonging.find,
    honorifics.find,
    people.find,
    relations.find,
    labelled.find,
    letters.find,
    landmarks.find,
    introductions.find,
    bare.find,
    mentions.find,
    positions.find,
    callings.find,
    rare.find,
    speakers.chat,
)


class GuardUnavailable(Exception):
    """The guard could not look. Nothing may be stored; what was typed goes back to the person who typed it."""


def inspect(text: str, *, names: Iterable[str] = (), author_names: Iterable[str] = ()) -> list[Finding]:
    """What could say who the text is about: in order, without overlaps.

    `names` are those the caller knows (organisations, facilities), `author_names` those the author has listed for
    this text alone. Raises GuardUnavailable on any error inside, and for a text over 20,000 characters.
    """
    if len(text) > LONGEST_TEXT:
        raise GuardUnavailable("text too long")
    try:
        flat = Flat(text)
        found = [finding for rule in RULES for finding in rule(flat)]
        found += list(wraps.find(flat, RULES, found))
        found += given.find(flat, names=names, author_names=author_names)
        found += list(speakers.beside_bodies(flat, found))
        found += list(speakers.in_a_row(flat, found))
        found += list(speakers.in_a_row(flat, found))
        found += list(ages.beside_names(flat, found))
        found += list(places.beside_findings(flat, found))
        found += list(days.of_persons(flat, found))
        found += list(people.recurring(flat, found))
        return without_overlaps(finding for finding in found if not eponyms.names_a_thing(flat, finding))
    except Exception:  # noqa: BLE001 - whatever it is, nothing may be stored
        # The message of the cause may hold words of the text: it goes nowhere.
        raise GuardUnavailable("a rule failed") from None
