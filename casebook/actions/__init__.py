"""Verbs: keyword-only, atomic, with the acting person; every text passes the guard here, whatever the screen did."""
