"""Logs that carry no private text: no query strings, no posted data, no traceback locals."""

import json
import logging
import re
from datetime import UTC, datetime

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
