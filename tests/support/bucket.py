"""A store that speaks as much of S3 as the site does: objects are put, read, listed and deleted."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

NO_SUCH_KEY = b"<Error><Code>NoSuchKey</Code><Message>It is not there.</Message></Error>"


class Bucket(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        """Say nothing."""

    @property
    def key(self):
        return unquote(urlsplit(self.path).path).lstrip("/")

    def do_PUT(self):
        self.server.objects[self.key] = self.body()
        self.answer(200)

    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        if "list-type" in asked:
            return self.answer(200, self.listing(asked.get("prefix", [""])[0]))
        if self.key not in self.server.objects:
            return self.answer(404, NO_SUCH_KEY)
        return self.answer(200, self.server.objects[self.key])

    do_HEAD = do_GET

    def do_DELETE(self):
        self.server.objects.pop(self.key, None)
        self.answer(204)

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"an object"')
        self.send_header("Last-Modified", "Mon, 30 Nov 2026 10:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def body(self):
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return unpacked(sent) if "aws-chunked" in self.headers.get("Content-Encoding", "") else sent

    def listing(self, prefix):
        bucket = f"{self.key.partition('/')[0]}/"
        names = [name for name in sorted(self.server.objects) if name.startswith(bucket + prefix)]
        found = [f"<Contents><Key>{escape(name.removeprefix(bucket))}</Key></Contents>" for name in names]
        return f"<ListBucketResult>{''.join(found)}</ListBucketResult>".encode()


def unpacked(sent):
    """What lies in the pieces, each after a line with its size in hexadecimal."""
    body = b""
    while sent:
        line, _, sent = sent.partition(b"\r\n")
        size = int(line.partition(b";")[0], 16)
        if not size:
            break
        body, sent = body + sent[:size], sent[size + 2 :]
    return body


def serve_bucket(port):
    """The server, whose `objects` are by bucket and name; to be shut down."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Bucket)
    server.daemon_threads = True
    server.objects = {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
