"""News this room announces; higher rooms listen."""

from django.dispatch import Signal

# sender=RoleAssignment, user=, role=, by= : the role holds no more.
role_ended = Signal()

# sender=Organization, organization=, by= : it takes part no more; the roles of its people hold no more.
membership_ended = Signal()

# sender=User, user=, organization=, by= : the person works for that organisation no more. They may hold other roles.
person_left = Signal()
