"""Opening hours: one OpenStreetMap string with Japan's real holidays, and everything that is asked of it."""

from directory.hours.cleaning import HoursError, clean_hours
from directory.hours.opening import HoursState, Light, Opened, OpeningHours, UnreadableHours
from directory.hours.wording import (
    DayHours,
    NoWords,
    closes_words,
    coming_week,
    describe,
    opens_words,
    reception_words,
    words_or_blank,
)

__all__ = [
    "DayHours",
    "HoursError",
    "HoursState",
    "Light",
    "NoWords",
    "Opened",
    "OpeningHours",
    "UnreadableHours",
    "clean_hours",
    "closes_words",
    "coming_week",
    "describe",
    "opens_words",
    "reception_words",
    "words_or_blank",
]
