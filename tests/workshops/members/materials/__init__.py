"""Screens of materials."""
