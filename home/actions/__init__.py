"""Verbs of the room *face*."""
