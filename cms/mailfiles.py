"""Mail of a demo: one file a mail, which any mail program opens."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as FileBackend


class EmailBackend(FileBackend):
    """``<time>-<random>.eml`` in EMAIL_FILE_PATH, complete the moment it appears there."""

    def send_messages(self, email_messages: Any) -> int:
        for message in email_messages or []:
            self.write(message)
        return len(email_messages or [])

    def write(self, message: EmailMessage) -> None:
        """One mail."""
        folder = Path(self.file_path)  # type: ignore[attr-defined]
        name = f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}-{uuid4().hex[:8]}"
        draft = folder / f".{name}"
        draft.write_bytes(message.message().as_bytes())
        draft.replace(folder / f"{name}.eml")
