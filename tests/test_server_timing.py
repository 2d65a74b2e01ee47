"""What a request cost is said in a header, and only while the site is being worked on."""

import re

from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import User
from reelive.server_timing import ServerTiming
from tests.support.rows import for_each

SAID = re.compile(r'db;dur=([\d.]+);desc="(\d+) queries", total;dur=([\d.]+)')


def timing_of(queries):
    def view(request):
        for _each in range(queries):
            User.objects.exists()
        return HttpResponse("x")

    return SAID.fullmatch(ServerTiming(view)(RequestFactory().get("/"))["Server-Timing"]).groups()


@for_each("queries", [0, 1, 3])
def test_the_queries_of_a_request_are_counted(db, queries):
    in_the_database, count, total = timing_of(queries)
    assert count == str(queries)
    assert float(in_the_database) <= float(total)


def test_nothing_is_watched_after_the_request(db):
    timing_of(1)
    assert connection.execute_wrappers == []


def test_a_site_that_is_served_does_not_tell(client, db):
    assert not client.get("/films/").has_header("Server-Timing")
