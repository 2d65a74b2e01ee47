"""The door to the web server. Bodies arrive side by side, the work is done one request at a time.

Whoever sends slowly, a phone in a tunnel or an attacker, so keeps one thread waiting and not the site; and
no two threads of a worker fight over the interpreter's lock. Django works in one thread alone, since every
thread keeps a connection to the database of its own.
"""

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from reelive.kept import KeptPages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reelive.settings")

KEPT_IN_MEMORY = 1024 * 1024
_django, _thread = get_wsgi_application(), ThreadPoolExecutor(1)
_turn = threading.Lock()


def _in_one_thread(environ, start_response):
    return _thread.submit(_django, environ, start_response).result()


_site = KeptPages(_in_one_thread, settings.PAGE_SECONDS, settings.DATA_DIR / "changed")


def application(environ, start_response):
    length = environ.get("CONTENT_LENGTH") or "0"
    # A length that is none, or too long, is refused by the site without a look at the body.
    if not (length.isdecimal() and len(length) <= 20 and 0 < int(length) <= settings.MAX_BODY_BYTES):
        return _in_turn(environ, start_response)
    with SpooledTemporaryFile(KEPT_IN_MEMORY) as body:
        shutil.copyfileobj(environ["wsgi.input"], body)
        body.seek(0)
        return _in_turn(environ | {"wsgi.input": body}, start_response)


def _in_turn(environ, start_response):
    with _turn:
        return _site(environ, start_response)
