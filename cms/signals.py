"""News that this room announces."""

from django.dispatch import Signal

# Once a day, by `manage.py purge`: every room removes what it promised to remove by now.
# Arguments: now (aware datetime). A receiver returns {"what it removed, as a code": how many}.
purging = Signal()
