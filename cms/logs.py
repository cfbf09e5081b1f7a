"""Logs and reports that carry no private text: no query strings, no posted data, no traceback locals."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

# To the end of the address: a client that does not escape sends blanks, apostrophes and raw bytes inside the query.
QUERY = re.compile(r"\?(?:(?! HTTP/)[^\"\n])*")
TOKENS = re.compile(r"(/(?:registrations|invitation|feeds|reply|reset/key)/)[^/\s\"']+")


def without_private_parts(line: str) -> str:
    """Drop query strings and the tokens of personal links."""
    return TOKENS.sub(r"\1…", QUERY.sub("?…", line))


class NoPrivateText(logging.Filter):
    """Rewrites each record: the finished message without query strings, and no request object."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_private_parts(record.getMessage())
        record.args = ()
        record.__dict__.pop("request", None)
        return True


class LineFormatter(logging.Formatter):
    """One JSON object a line. Of an exception only its type and the places it passed, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["places"] = " > ".join(places(record.exc_info[2]))
        return json.dumps(line, ensure_ascii=False)


def places(traceback: object) -> list[str]:
    """module:line of each frame, outermost first."""
    found = []
    while traceback is not None:
        frame = traceback.tb_frame  # type: ignore[attr-defined]
        found.append(f"{frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno}")  # type: ignore[attr-defined]
        traceback = traceback.tb_next  # type: ignore[attr-defined]
    return found


class NoPrivateReport(SafeExceptionReporterFilter):
    """Django's reports of errors, should somebody have them sent (ADMINS) or collected: no form, cookie or variable.

    `sensitive_variables` on our views covers their own frames; what they call has the same words before it.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return self._hidden(super().get_post_parameters(request))

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return self._hidden(super().get_safe_cookies(request))

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        shown = super().get_safe_request_meta(request)
        hidden = self._hidden([name for name in ("QUERY_STRING", "HTTP_REFERER", "HTTP_COOKIE") if name in shown])
        return shown if settings.DEBUG else {**shown, **hidden}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        shown = super().get_traceback_frame_variables(request, tb_frame)
        return shown if settings.DEBUG else [(name, self.cleansed_substitute) for name, _value in shown]

    def _hidden(self, shown: Any) -> dict[str, Any]:
        return shown if settings.DEBUG else dict.fromkeys(shown, self.cleansed_substitute)


class WordlessReporter(ExceptionReporter):
    """Nor what the error itself says: it may quote what somebody wrote."""

    def get_traceback_data(self) -> dict[str, Any]:
        data = super().get_traceback_data()
        if not settings.DEBUG:
            for name in ("exception_value", "exception_notes", "unicode_hint", "request_GET_items"):
                data.pop(name, None)
            for frame in data["frames"]:
                frame["exc_cause"] = type(frame["exc_cause"]).__name__ if frame["exc_cause"] else None
            data["request_insecure_uri"] = without_private_parts(data.get("request_insecure_uri") or "")
        return data
