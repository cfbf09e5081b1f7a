"""Read-only questions of the room *who*."""

from directory.queries.board import Board, OpenDesk, board_at
from directory.queries.chart import ShownChart, public_charts
from directory.queries.finder import ChannelAt, DeskAt, Finder, FinderFilters, desk_at, find_desks
from directory.queries.partnership import BodyPage, RoleRow, body_page, public_bodies, roles_table
from directory.queries.register import Register, history_of, landmarks, register_on

__all__ = [
    "Board",
    "BodyPage",
    "ChannelAt",
    "DeskAt",
    "Finder",
    "FinderFilters",
    "OpenDesk",
    "Register",
    "RoleRow",
    "ShownChart",
    "board_at",
    "body_page",
    "desk_at",
    "find_desks",
    "history_of",
    "landmarks",
    "public_bodies",
    "public_charts",
    "register_on",
    "roles_table",
]
