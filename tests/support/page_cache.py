"""A site behind the page cache, and what it answers."""

from django.http import HttpResponse
from django.test import RequestFactory


class Site:
    """A site that counts how often it was asked."""

    def __init__(self, **headers):
        self.asked, self.status, self.headers = 0, 200, headers

    def __call__(self, environ, start_response):
        self.asked += 1
        self.response = self.answer()
        start_response(f"{self.status} Some", list(self.response.items()))
        return self.response

    def answer(self):
        return HttpResponse(f"answer {self.asked}", headers=self.headers)


def ask(pages, path="/", method="GET", **environ):
    """Status, headers and body of the answer."""
    said = []
    environ = RequestFactory().generic(method, path).environ | {"HTTP_HOST": "localhost"} | environ
    body = b"".join(pages(environ, lambda status, headers, *_: said.append((status, dict(headers)))))
    return said[0][0], said[0][1], body
