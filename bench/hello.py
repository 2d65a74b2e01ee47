"""What the site is compared with on the same web server: Django saying hello, and bare bytes."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path


def hello(_request):
    return HttpResponse("hello")


urlpatterns = [path("", hello), path("healthz", hello)]


def django_application():
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="hello", MIDDLEWARE=[])  # noqa: S106
    return get_wsgi_application()


def raw_application(folder: Path):
    """Answers everything with the status, headers and bytes that were put into the folder."""
    head, body = json.loads((folder / "head.json").read_text()), (folder / "body").read_bytes()
    status, headers = head["status"], [tuple(pair) for pair in head["headers"]]

    def answer(_environ, start_response):
        start_response(status, headers)
        return [body]

    return answer


application = raw_application(Path(os.environ["RAW"])) if "RAW" in os.environ else django_application()
