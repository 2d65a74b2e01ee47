"""A browser on one kept connection; and many at once, by wrk where there is one, else by plain sockets."""

import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import NamedTuple

from bench.clock import cpu_seconds, settled_cpu_seconds
from bench.wire import HOST, get, post

CONNECTIONS = 16
TOKEN = "b" * 32  # of forms: the cookie and the field need only be the same
PATIENCE = 120  # seconds


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """`session` is the cookie of a member; without one it is a visitor."""

    def __init__(self, port: int, session: str = ""):
        self.port, self.cookie = port, f"sessionid={session}; csrftoken={TOKEN}" if session else ""
        self.file = None

    def request(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> bytes:
        if self.cookie:
            headers["cookie"] = self.cookie
        if fields is None:
            return get(path, **headers)
        return post(path, fields | {"csrfmiddlewaretoken": TOKEN}, hx_request="true", **headers)

    def ask(self, request: bytes) -> Answer:
        if self.file is None:
            self.file = socket.create_connection((HOST, self.port), timeout=PATIENCE).makefile("rwb")
        self.file.write(request)
        self.file.flush()
        answer = read_answer(self.file)
        if answer.headers.get("connection") == "close":
            self.close()
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask(self.request(path, **headers))

    def post(self, path: str, **fields: str) -> Answer:
        return self.ask(self.request(path, fields))

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None


def read_answer(file) -> Answer:
    status = int(file.readline().split()[1])
    headers = {}
    while row := file.readline().decode("latin-1").strip():
        name, _colon, value = row.partition(": ")
        headers[name.lower()] = value
    if headers.get("transfer-encoding") == "chunked":
        return Answer(status, headers, read_chunks(file))
    return Answer(status, headers, file.read(int(headers.get("content-length", 0))))


def read_chunks(file) -> bytes:
    chunks = []
    while size := int(file.readline(), 16):
        chunks.append(file.read(size))
        file.readline()
    file.readline()
    return b"".join(chunks)


def cpu_of(pid: int, browser: Browser, requests, expected: int = 200) -> list[float]:
    """Milliseconds of CPU that the process needs for each request, one after another."""
    samples = []
    for request in requests:
        before = cpu_seconds(pid)
        answer = browser.ask(request)
        samples.append((settled_cpu_seconds(pid) - before) * 1_000)
        if answer.status != expected:
            raise RuntimeError(f"{request.split()[1].decode()} was answered with {answer.status}")
    return samples


@dataclass(frozen=True)
class Load:
    """What came of many requests at once."""

    requests: int
    seconds: float
    cpu: float  # seconds of the server

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of CPU for a request."""
        return self.cpu * 1_000 / self.requests


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def load(port: int, pid: int, path: str, seconds: float, **headers: str) -> Load:
    before, start = cpu_seconds(pid), time.monotonic()
    ask = with_wrk if has_wrk() else with_sockets
    count = ask(port, path, seconds, headers)
    return Load(count, time.monotonic() - start, settled_cpu_seconds(pid) - before)


def with_wrk(port: int, path: str, seconds: float, headers: dict[str, str]) -> int:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", *wrk_headers(headers)]
    done = subprocess.run(
        [*command, f"http://{HOST}:{port}{path}"], capture_output=True, text=True, check=True
    )
    return wrk_requests(done.stdout)


def wrk_headers(headers: dict[str, str]) -> list[str]:
    """Options of wrk, which sends a host of its own besides where that is not written with a capital."""
    lines = {"accept_encoding": "gzip", "host": "localhost"} | headers
    named = [f"{name.replace('_', '-').title()}: {value}" for name, value in lines.items()]
    return [part for line in named for part in ("-H", line)]


def wrk_requests(text: str) -> int:
    """How many were answered, from what wrk prints; it must not tell of errors."""
    if "Non-2xx" in text or "Socket errors" in text:
        raise RuntimeError(text)
    return int(re.search(r"(\d+) requests in", text)[1])


def with_sockets(port: int, path: str, seconds: float, headers: dict[str, str]) -> int:
    """Every connection asks, then every answer is read."""
    request, count = get(path, **headers), 0
    sockets = [socket.create_connection((HOST, port), timeout=PATIENCE) for _ in range(CONNECTIONS)]
    files = [one.makefile("rb") for one in sockets]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for connection in sockets:
            connection.sendall(request)
        for file in files:
            if read_answer(file).status not in (200, 304):
                raise RuntimeError(f"{path} was not answered under load")
        count += len(files)
    for connection, file in zip(sockets, files, strict=True):
        file.close()
        connection.close()
    return count
