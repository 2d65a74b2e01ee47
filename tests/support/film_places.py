"""A server of our own that answers as Wikidata and TMDB do, slowly, brokenly or not at all."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class FilmPlaces:
    """`answers` are what it says, by a value of the query: JSON, bytes, or a function that does it all."""

    def __init__(self):
        self.answers, self.asked, self.agents = {}, [], []

    def answer(self, handler):
        query = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        self.asked.append(query)
        self.agents.append(handler.headers["User-Agent"])
        found = next((self.answers[value] for value in query.values() if value in self.answers), {})
        if callable(found):
            found(handler)
            return
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


@contextmanager
def film_places():
    """The server, and its address."""
    places = FilmPlaces()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            places.answer(self)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield places, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def led_elsewhere(handler):
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.1:9/secret")
    handler.end_headers()


def silent(handler):
    """Says nothing until whoever asked has gone."""
    handler.rfile.read(1)


def out_of_order(handler):
    handler.send_response(503)
    handler.end_headers()


def cut_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"search": [')
    handler.close_connection = True
