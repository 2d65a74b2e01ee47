"""Connections on which next to nothing moves are closed: slow headers, slow bodies, slow readers, idle ones.

The web server has no time limit of its own for bodies and answers, and a thread waits for each of them. The
kernel counts what moved on every connection, so that one rule holds for all of them, whoever is slow.
"""

import os
import socket
import stat
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import monotonic
from typing import NamedTuple

FEWEST_BYTES = 1024  # bytes that must move
MOVES_WITHIN = 25  # in this time, or the connection is read no more; in twice the time, or it is closed
LOOKED_EVERY = 5  # seconds between two looks
MOVED = struct.Struct("=QQ")  # tcpi_bytes_acked and tcpi_bytes_received in Linux's struct tcp_info
BYTES_MOVED_AT = 120
SOCKETS = "/proc/self/fd"


class Seen(NamedTuple):
    moved: int  # bytes, both ways, since the connection was made
    since: float  # when it had moved that much, in seconds of the monotonic clock


class SlowConnections:
    """Those of this process that were accepted on `port`.

    `is_stuck` says whether the site itself keeps them waiting; they are not called slow then.
    """

    def __init__(self, port: int, is_stuck: Callable[[], bool] = lambda: False):
        self.port, self.is_stuck = port, is_stuck
        self.seen: dict[int, Seen] = {}

    def watch(self) -> None:
        """Look at them from now on, in a thread of its own. Only Linux counts what moved."""
        if os.path.isdir(SOCKETS) and hasattr(socket, "TCP_INFO"):
            threading.Thread(target=self._watch, name="slow connections", daemon=True).start()

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(LOOKED_EVERY):
            self.close_slow(monotonic())

    def close_slow(self, now: float) -> None:
        before, self.seen = ({} if self.is_stuck() else self.seen), {}
        for number, connection in accepted(self.port):
            with suppress(OSError):  # it ended while we looked
                self.look_at(number, connection, before.get(number), now)

    def look_at(self, number: int, connection: socket.socket, last: Seen | None, now: float) -> None:
        moved = bytes_moved(connection)
        if last is None or moved - last.moved >= FEWEST_BYTES:
            last = Seen(moved, now)
        self.seen[number] = last
        if now - last.since >= 2 * MOVES_WITHIN:
            connection.shutdown(socket.SHUT_RDWR)
        elif now - last.since >= MOVES_WITHIN:
            # What is being read ends here, and the site can still say why.
            connection.shutdown(socket.SHUT_RD)


def bytes_moved(connection: socket.socket) -> int:
    facts = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, BYTES_MOVED_AT + MOVED.size)
    return sum(MOVED.unpack_from(facts, BYTES_MOVED_AT))


def accepted(port: int) -> Iterator[tuple[int, socket.socket]]:
    """The connections of this process on its own port, each with its number (the inode) and closed again."""
    for name in os.listdir(SOCKETS):
        with suppress(OSError), open_again(int(name)) as connection:
            if connection.getsockname()[1] == port and connection.getpeername():
                yield os.fstat(connection.fileno()).st_ino, connection


def open_again(number: int) -> socket.socket:
    """A second handle of an open socket, so that closing it leaves the first one alone. Raises OSError.

    Of a socket alone: who closes any handle of a database's file gives up all locks that this process has on
    it, and SQLite no longer knows that somebody reads or writes there.
    """
    ensure_is_socket(number)
    handle = os.dup(number)
    # If the number was given to a file just now, its second handle is rather kept than closed.
    ensure_is_socket(handle)
    found = socket.socket(fileno=handle)
    if found.family in (socket.AF_INET, socket.AF_INET6) and found.type == socket.SOCK_STREAM:
        return found
    found.close()
    raise OSError("no connection")


def ensure_is_socket(number: int) -> None:
    if not stat.S_ISSOCK(os.fstat(number).st_mode):
        raise OSError("no connection")
