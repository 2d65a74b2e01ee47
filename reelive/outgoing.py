"""Questions to other sites: JSON of a host that is fixed in the code, within a time and a size, or nothing.

No redirect is followed, so that nobody leads this site to a machine inside of its own network.
"""

import json
import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

SILENCE, DEADLINE = 2, 3  # seconds: without a byte; for all of it. A worker waits so long
MOST_BYTES = 4 << 20


class NoAnswer(Exception):
    """The other site did not answer, or not with what it was asked for. The message is for the log."""


def user_agent() -> str:
    """Says who asks and how to reach them, as other sites want to know."""
    contact = f"; {settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else ""
    return f"Reelive/1.0 ({settings.SITE_URL}{contact})"


def ask_json(origin: str, path: str, **values: str) -> Any:
    """What a site answers.

    Args:
        origin: its scheme and host, out of the code and never out of what somebody typed.
        values: of the query.

    Raises NoAnswer.
    """
    connection = _connection(origin)
    clock = Timer(DEADLINE, _give_up, [connection])
    clock.daemon = True
    clock.start()
    try:
        headers = {"User-Agent": user_agent(), "Accept": "application/json"}
        connection.request("GET", f"{path}?{urlencode(values)}", headers=headers)
        return _read(connection.getresponse())
    except (OSError, HTTPException, AttributeError) as problem:  # AttributeError: given up while it connects
        raise NoAnswer(f"{urlsplit(origin).hostname}: {type(problem).__name__}") from problem
    finally:
        clock.cancel()
        connection.close()


def _connection(origin: str) -> HTTPConnection:
    parts = urlsplit(origin)
    if parts.scheme == "http":  # in tests alone
        return HTTPConnection(parts.hostname or "", parts.port, timeout=SILENCE)
    return HTTPSConnection(
        parts.hostname or "", parts.port, timeout=SILENCE, context=ssl.create_default_context()
    )


def _give_up(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _read(response: Any) -> Any:
    if response.status != 200:
        raise NoAnswer(f"It answered {response.status}.")
    body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise NoAnswer("Its answer is too long.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise NoAnswer("Its answer is no JSON.") from problem
