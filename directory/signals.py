"""News this room announces; higher rooms listen."""

from django.dispatch import Signal

# sender=RoleAssignment, user=, role=, by= : the role holds no more.
role_ended = Signal()
