"""What the room *who* adds to the workplace of communications staff."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from directory.staff import hours, numbers
from directory.staff.viewsets import DirectoryGroup

register_snippet(DirectoryGroup)
hooks.register("register_admin_urls", lambda: numbers.URLS)
hooks.register("register_admin_urls", lambda: hours.URLS)
hooks.register("register_admin_menu_item", numbers.menu_item)
hooks.register("construct_homepage_panels", numbers.add_panel)
hooks.register("register_snippet_listing_buttons", numbers.listing_buttons)
hooks.register("after_create_snippet", numbers.notices)
hooks.register("after_edit_snippet", numbers.notices)
