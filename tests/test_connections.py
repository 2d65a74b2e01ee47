"""Connections on which next to nothing moves: which are closed, when, and which are left alone."""

import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress

import pytest

from reelive.connections import FEWEST_BYTES, MOVES_WITHIN, SlowConnections, accepted, open_again
from tests.support.waiting import PATIENCE

WRITES = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('CREATE TABLE written (it)')"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what moved")


@pytest.fixture
def pair():
    """Both ends of a connection, ours accepted on a port; closed at the end."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        ours, _address = server.accept()
        client.settimeout(PATIENCE)
        with client, ours:
            yield client, ours


@pytest.fixture
def slow(pair):
    return SlowConnections(pair[1].getsockname()[1])


def moves(client, ours, size):
    client.sendall(b"x" * size)
    left = size
    while left:
        left -= len(ours.recv(left))


def fill(ours):
    """Send until nothing more goes out."""
    ours.setblocking(False)
    with suppress(BlockingIOError):
        while True:
            ours.send(b"x" * 65_536)


def is_read(ours):
    """Whether what the other end sends is still waited for."""
    ours.setblocking(False)
    try:
        return ours.recv(1) != b""
    except BlockingIOError:
        return True


def test_accepted_connections_alone_are_looked_at(pair):
    client, ours = pair
    found = [connection.getpeername() for _number, connection in accepted(ours.getsockname()[1])]
    assert found == [client.getsockname()]
    assert not list(accepted(client.getsockname()[1] + 1))


@pytest.mark.parametrize("number", [0, 99_999])
def test_what_is_no_connection_is_left_alone(number):
    with pytest.raises(OSError, match=r"no connection|Bad file descriptor"):
        open_again(number)


def test_a_second_handle_closes_without_the_first(pair):
    client, ours = pair
    open_again(ours.fileno()).close()
    moves(client, ours, 10)


def test_locks_on_files_outlive_a_look_at_the_connections(pair, tmp_path):
    """Closing a second handle of SQLite's file gives them up, and what is being written there is lost."""
    database = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert list(accepted(pair[1].getsockname()[1]))
        said = subprocess.run([sys.executable, "-c", WRITES, database], capture_output=True, text=True)
        assert said.stderr.splitlines()[-1:] == ["sqlite3.OperationalError: database is locked"]


@pytest.mark.parametrize("trickle", [0, 1, 100])
def test_a_stalled_connection_is_read_no_more_but_can_be_answered(pair, slow, trickle):
    client, ours = pair
    slow.close_slow(0)
    for seconds in range(5, MOVES_WITHIN, 5):
        moves(client, ours, trickle)
        slow.close_slow(seconds)
        assert is_read(ours)
    slow.close_slow(MOVES_WITHIN)
    assert not is_read(ours)
    ours.sendall(b"408")
    assert client.recv(9) == b"408"


def test_a_connection_that_goes_on_moving_is_left_alone(pair, slow):
    client, ours = pair
    for seconds in range(0, 10 * MOVES_WITHIN, 5):
        moves(client, ours, FEWEST_BYTES // 4)
        slow.close_slow(seconds)
    assert is_read(ours)


def test_reading_moves_as_much_as_sending(pair, slow):
    client, ours = pair
    for seconds in range(0, 10 * MOVES_WITHIN, 5):
        moves(ours, client, FEWEST_BYTES // 2)
        slow.close_slow(seconds)
    assert is_read(ours)


def test_an_answer_that_nobody_reads_is_ended_in_twice_the_time(pair, slow):
    ours = pair[1]
    fill(ours)
    for seconds in (0, MOVES_WITHIN, 2 * MOVES_WITHIN):
        slow.close_slow(seconds)
    with pytest.raises(BrokenPipeError):
        ours.send(b"x")


def test_nobody_is_called_slow_while_the_site_keeps_them_waiting(pair):
    stuck = []
    slow = SlowConnections(pair[1].getsockname()[1], lambda: bool(stuck))
    slow.close_slow(0)
    stuck.append(True)
    slow.close_slow(MOVES_WITHIN + 60)
    stuck.clear()
    slow.close_slow(2 * MOVES_WITHIN + 59)
    assert is_read(pair[1])
    slow.close_slow(2 * MOVES_WITHIN + 60)
    assert not is_read(pair[1])


def test_what_has_ended_is_forgotten(pair, slow):
    slow.close_slow(0)
    assert len(slow.seen) == 1
    pair[1].close()
    slow.close_slow(5)
    assert slow.seen == {}
