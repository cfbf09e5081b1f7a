"""Read-only questions of the room *who*."""

from directory.queries.board import Board, OpenDesk, board_at
from directory.queries.finder import ChannelAt, DeskAt, Finder, FinderFilters, desk_at, find_desks
from directory.queries.partnership import RoleRow, roles_table

__all__ = [
    "Board",
    "ChannelAt",
    "DeskAt",
    "Finder",
    "FinderFilters",
    "OpenDesk",
    "RoleRow",
    "board_at",
    "desk_at",
    "find_desks",
    "roles_table",
]
