"""The door to the web server. Bodies arrive side by side, the work is done one request at a time.

Only pages that are kept need no work: they are answered at once, whatever is being worked at.

Whoever sends slowly keeps one thread waiting and not the site; and no two threads of a worker fight over the
interpreter's lock. Django works in one thread alone, since every thread keeps a connection to the database
of its own.
"""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from tempfile import SpooledTemporaryFile
from time import monotonic

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from reelive.cookies import UNREADABLE
from reelive.metrics import metrics
from reelive.page_cache import PageCache
from reelive.request_bodies import IN_MEMORY, REFUSED, BodyRefused, Intake, length_of
from reelive.request_facts import Observed, under_its_name

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reelive.settings")

_django, _thread = get_wsgi_application(), ThreadPoolExecutor(1)
_turn = threading.Lock()
_intake = Intake()
# A refusal is made once, for a thousand slow senders alike.
NOBODY = {
    "REQUEST_METHOD": "POST",
    "PATH_INFO": "/",
    "QUERY_STRING": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.url_scheme": "http",
}


def in_one_thread(work, *args):
    """Do it in Django's thread, and wait for it."""
    return _thread.submit(work, *args).result()


# Redis tells of changes on other machines; its client is installed only where there is one.
_elsewhere = import_string("reelive.changes.Changes")(settings.REDIS_URL) if settings.REDIS_URL else None
_site = PageCache(
    lambda *request: in_one_thread(under_its_name, _django, *request),
    settings.PAGE_SECONDS,
    settings.DATA_DIR / "changed",
    _elsewhere,
)


def application(environ, start_response):
    # The web server empties the header when a single byte of it is beyond ASCII, whichever cookie that is in.
    environ[UNREADABLE] = environ.get("HTTP_COOKIE") == ""
    length = length_of(environ)
    if not length:
        return _answer(environ, start_response)
    with SpooledTemporaryFile(IN_MEMORY) as body:
        try:
            _intake.take_in(environ["wsgi.input"], body, length)
        except BodyRefused as refused:
            status, headers, page = in_turn(refusal, refused.status)
            start_response(status, headers)
            return [page]
        return _answer(environ | {"wsgi.input": body}, start_response)


def kept_or_in_turn(environ, start_response):
    """The page that is kept; what has to be worked at waits for its turn, and looks again then."""
    kept = _site.kept_answer(environ, start_response)
    return in_turn(_site, environ, start_response) if kept is None else kept


_answer = Observed(kept_or_in_turn, metrics)


def in_turn(work, *args):
    global turn_began
    with _turn:
        turn_began = monotonic()
        return work(*args)


@cache
def refusal(status):
    """Status, headers and page of a body that is not taken in. To be asked in turn, or many are made."""
    said = []
    environ = NOBODY | {"wsgi.input": BytesIO(), REFUSED: status}
    response = _site(environ, lambda *answer: said.append(answer))
    return said[0][0], [*said[0][1], ("Connection", "close")], b"".join(response)


def is_stuck(seconds=5):
    """Whether the same request has been worked at for so long; everybody else waits then."""
    return _turn.locked() and monotonic() - turn_began > seconds


turn_began = monotonic()
