"""`python -m reelive.granian_server`: Granian with one listening socket, so that its renewal drops nobody.

By itself each of Granian's processes listens on a socket of its own: who ends loses the connections that wait
there, and closes those that have sent nothing yet. Here they wait at the one socket until a process takes
them, and Linux hands over only those that have sent something.
"""

import argparse
import resource
import socket
import sys

from django.conf import settings
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketHolder
from granian.server.mp import MPServer

from reelive.serve import bound_socket

ANSWER_SECONDS = 30  # that a web process has to end its answers when it is asked to stop
MOST_CONNECTIONS = 1280  # of one process
OTHER_FILES = 128  # that a process of the site may have open beside its connections
LONGEST_HEADERS = 32 * 1024  # bytes
LONGEST_QUEUE = 1024  # connections that no process has taken yet
NEXT_PROCESS_SECONDS = 5  # after which a process that takes the place of another one listens
SILENT_SECONDS = 30  # for which a connection that has sent nothing is kept from the processes
APPLICATION = "reelive.web_process:application"


class SharedSocketServer(MPServer):
    """Granian with the way it has where no two sockets can listen on one port: its processes inherit one."""

    def _init_shared_socket(self) -> None:
        self._sso = listening_socket(self.bind_addr, self.bind_port)
        self._shd = SocketHolder(self._sso.fileno(), False, LONGEST_QUEUE)


def listening_socket(bind: str, port: int) -> socket.socket:
    """Raises OSError where nothing can listen there."""
    listening = bound_socket(bind, port)
    if sys.platform == "linux":
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT_SECONDS)
    listening.listen(LONGEST_QUEUE)
    listening.setblocking(False)
    listening.set_inheritable(True)
    return listening


def connections() -> int:
    """How many a process holds at a time; the others wait. Each may need a second file for a long body."""
    return min(MOST_CONNECTIONS, (resource.getrlimit(resource.RLIMIT_NOFILE)[0] - OTHER_FILES) // 2)


def allow_open_files() -> None:
    """As many as the connections may need, as far as the machine allows."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS + OTHER_FILES
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard < 0 else min(wanted, hard), hard))


def server(application: str, bind: str, port: int) -> SharedSocketServer:
    """Its threads wait for bodies side by side and take turns at the work; see reelive.wsgi."""
    return SharedSocketServer(
        application,
        address=bind,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.WORKERS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=LONGEST_HEADERS),
        backpressure=connections(),
        # There is one only while it is needed, and so the slow use up connections before they use up threads.
        blocking_threads=connections(),
        respawn_failed_workers=True,
        respawn_interval=NEXT_PROCESS_SECONDS,
        workers_kill_timeout=ANSWER_SECONDS,
        # Its warnings are about what is meant: more threads than cores, of which one at a time works.
        log_level=LogLevels.error,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m reelive.granian_server")
    parser.add_argument("bind", help="the address to listen on")
    parser.add_argument("port", type=int)
    parser.add_argument("application", nargs="?", default=APPLICATION)
    wanted = parser.parse_args()
    allow_open_files()
    server(wanted.application, wanted.bind, wanted.port).serve()


if __name__ == "__main__":
    main()
