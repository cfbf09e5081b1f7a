"""News that this room announces."""

from django.dispatch import Signal

# Once a day, by `manage.py purge`: every room removes what it promised to remove by now.
# Arguments: now (aware datetime). A receiver returns {"what it removed, as a code": how many}.
purging = Signal()

# Every few seconds, by the background process: what has a time of its own is done when the time has come.
# Arguments: at (aware datetime). A receiver returns {"what it did, as a code": how many}.
ticking = Signal()
