"""What the room *face* adds to the workplace of communications staff."""

from wagtail import hooks

from home.staff import guards

hooks.register("before_delete_page", guards.keep_page)
hooks.register("before_move_page", guards.keep_page)
hooks.register("before_unpublish_page", guards.keep_page)
hooks.register("before_bulk_action", guards.keep_pages)
