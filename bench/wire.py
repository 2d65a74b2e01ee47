"""HTTP/1.1 over plain sockets: requests as bytes, several at once on a connection, and their statuses."""

import asyncio
from urllib.parse import urlencode

HOST = "127.0.0.1"


def get(path: str, **headers: str) -> bytes:
    return _request("GET", path, headers)


def post(path: str, fields: dict[str, str], **headers: str) -> bytes:
    body = urlencode(fields).encode()
    kind = {"content_type": "application/x-www-form-urlencoded", "content_length": str(len(body))}
    return _request("POST", path, kind | headers) + body


def _request(method: str, path: str, headers: dict[str, str]) -> bytes:
    """Names of headers are written with underscores."""
    lines = {"host": "localhost", "accept_encoding": "gzip"} | headers
    rows = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{rows}\r\n".encode()


class Connection:
    """Keeps itself alive: when the other end has closed, the next requests begin a new one."""

    def __init__(self, port: int):
        self.port, self.reader, self.writer = port, None, None

    async def ask(self, requests: list[bytes]) -> list[int]:
        """Send them in one go; their statuses, as far as they were answered."""
        statuses = []
        try:
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection(HOST, self.port)
            self.writer.write(b"".join(requests))
            for _request in requests:
                status, _headers, _body = await answer(self.reader)
                statuses.append(status)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
        return statuses

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.writer = None


async def answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the next answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rows = head.strip().split("\r\n")
    pairs = (row.partition(": ") for row in rows)
    headers = {name.lower(): value for name, _colon, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return int(first.split()[1]), headers, body


async def ask_once(port: int, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """One request on a connection of its own."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(request)
        return await answer(reader)
    finally:
        writer.close()
        await writer.wait_closed()
