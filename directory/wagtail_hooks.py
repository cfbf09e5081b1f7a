"""What the room *who* adds to the workplace of communications staff."""

from wagtail.snippets.models import register_snippet

from directory.staff.viewsets import DirectoryGroup

register_snippet(DirectoryGroup)
