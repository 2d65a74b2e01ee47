"""Letters of a site without a mail server: kept in DATA_DIR/mailbox, where those who run it read them.

Kept are those alone by which nobody gets in: a letter says so itself (`is_kept`). All others, such as one
with a code, are written to the log and lie nowhere. The folder is for its owner's eyes; the newest stay.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends import console

MOST_LETTERS = 200


class EmailBackend(console.EmailBackend):
    def write_message(self, message):
        if getattr(message, "is_kept", False):
            keep(message.message().as_bytes())
        else:
            super().write_message(message)


def keep(letter: bytes) -> None:
    """Put a letter into the mailbox; the oldest go."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{time.time_ns():020}-{os.urandom(4).hex()}.eml"
    part = folder / f"{name}.part"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(letter)
    part.rename(folder / name)
    for old in _files()[:-MOST_LETTERS]:
        old.unlink(missing_ok=True)


def letters() -> Iterator[EmailMessage]:
    """What is in the mailbox, the newest first."""
    for file in reversed(_files()):
        with suppress(FileNotFoundError):
            yield _read(file)


def forget(address: str) -> None:
    """Throw away the letters to an address: whose it is leaves the site."""
    for file in _files() if address else ():
        with suppress(FileNotFoundError):
            if str(_read(file)["To"]).lower() == address.lower():
                file.unlink()


def _read(file: Path) -> EmailMessage:
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def _files() -> list[Path]:
    return sorted(_folder().glob("*.eml"))


def _folder() -> Path:
    return Path(settings.DATA_DIR, "mailbox")
