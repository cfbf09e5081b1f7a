"""Read-only questions of the room *when*, by noun."""
