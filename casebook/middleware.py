"""Whatever view wanted to show a case: without a line in the log there is no text."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casebook.actions.eyes import HOUR, BudgetSpent, report
from cms.models import BrokenChain

logger = logging.getLogger(__name__)

TOO_MANY, UNAVAILABLE = 429, 503


class ReadingBudget:
    """Middleware: a calm page where somebody has opened as many cases within an hour as anybody may, or where the log
    cannot be written because somebody laid hands on it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """None: another exception, somebody else's affair."""
        if isinstance(exception, BudgetSpent):
            report(exception)
            answer = render(request, "casebook/members/reading_stopped.html", status=TOO_MANY)
            answer["Retry-After"] = str(int(HOUR.total_seconds()))
            return answer
        if isinstance(exception, BrokenChain):
            logger.error("the head of %s was changed: no case is shown (docs/operator/audit.md)", exception)
            return render(request, "casebook/members/reading_closed.html", status=UNAVAILABLE)
        return None
