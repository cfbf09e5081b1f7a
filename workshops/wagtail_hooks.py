"""What the room *when* adds to the workplace of communications staff."""

from wagtail import hooks

from workshops.staff import guards
from workshops.staff.viewsets import EventViewSet

hooks.register("register_admin_viewset", EventViewSet)
hooks.register("before_delete_page", guards.keep_page)
hooks.register("before_bulk_action", guards.keep_pages)
hooks.register("before_create_page", guards.begin_with_the_event)
