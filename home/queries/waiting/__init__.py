"""What waits for a person, from all rooms. A room's new kind of waiting is one function in the module of its noun."""

from __future__ import annotations

from typing import Any

from home.queries.waiting.cases import case_tasks
from home.queries.waiting.city import city_tasks
from home.queries.waiting.learning import card_tasks
from home.queries.waiting.meetings import meeting_tasks
from home.queries.waiting.people import people_tasks
from home.queries.waiting.rules import rule_tasks
from home.queries.waiting.task import SHOWN, Task

__all__ = ["SHOWN", "Task", "waiting"]

SOURCES = (case_tasks, card_tasks, meeting_tasks, people_tasks, rule_tasks, city_tasks)


def waiting(user: Any) -> list[Task]:
    """Everything: late first, then by its day, then what has waited longest."""
    return sorted((task for source in SOURCES for task in source(user)), key=lambda task: task.order)
