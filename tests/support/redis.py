"""A Redis of the tests' own, behind a socket in a folder."""

import shutil
import socket
import subprocess

import pytest

from tests.support.waiting import until

NEEDS_REDIS = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not on PATH")


def start_redis(folder):
    command = ["redis-server", "--port", "0", "--unixsocket", "redis.sock", "--save", ""]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    until(lambda: answers(folder / "redis.sock"))
    return process


def answers(path):
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(path)) == 0


def end(process):
    process.kill()
    process.wait()
