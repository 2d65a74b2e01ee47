"""Many at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django.test import Client


def at_once(act, people):
    """Let everybody act in a thread of their own, all starting at the same time; their results in order."""
    start = Barrier(len(people))

    def run(person):
        start.wait()
        try:
            return act(person)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


PEOPLE = 8


def signed_in(member):
    client = Client(raise_request_exception=False)
    client.force_login(member)
    return client
