"""Answers are sent compressed: what is kept for all as small as it gets, what is one person's faster."""

import gzip
from secrets import randbelow

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware import gzip as django_gzip
from django.utils.cache import patch_vary_headers

# 5 % more bytes than at Django's 6 in two thirds of the time; from 3 to 4 the bytes still fall by 8 %.
LEVEL = 4
LEAST = 200  # bytes; less gains nothing
FLAGS, FILE_NAME = 3, 0x08  # where a gzip header has its flags, and the one of a name (RFC 1952, 2.3.1)
HEADER = 10  # bytes


class GZipMiddleware(django_gzip.GZipMiddleware):
    """As Django's, with its padding. A private answer is compressed for a single request, so at LEVEL."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or "private" not in response.get("Cache-Control", ""):
            return super().process_response(request, response)
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if response.has_header("Content-Encoding") or not django_gzip.re_accepts_gzip.search(accepted):
            return super().process_response(request, response)
        return self.compressed(response)

    def compressed(self, response: HttpResponse) -> HttpResponse:
        content = response.content
        if len(content) < LEAST:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        smaller = padded(gzip.compress(content, LEVEL, mtime=0), self.max_random_bytes)
        if len(smaller) < len(content):
            response.content = smaller
            response.headers["Content-Length"] = str(len(smaller))
            response.headers["Content-Encoding"] = "gzip"
            tag = response.get("ETag", "")
            if tag.startswith('"'):
                response.headers["ETag"] = f"W/{tag}"
        return response


def padded(compressed: bytes, most: int) -> bytes:
    """With a file name of random length, which hides how well a secret was guessed (the BREACH attack)."""
    header = bytearray(compressed[:HEADER])
    header[FLAGS] |= FILE_NAME
    return bytes(header) + b"a" * randbelow(most) + b"\0" + compressed[HEADER:]
