"""The yardstick: 25 cards by Django's templates, from plain dictionaries. It prints milliseconds as JSON.

It must never change: what is measured is compared with it.
"""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template
from django.urls import path

CARDS, WARM_UP = 25, 3
NAMES = ("wonder", "joy", "longing", "dread")
TEXT = (
    "The lantern waits in the harbour and nobody sings until the amber window opens over the quiet pier. " * 4
)


def nothing(_request, **_parts):
    return HttpResponse()


urlpatterns = [
    path("films/<slug:film>/", nothing, name="film"),
    path("films/<slug:film>/moments/<slug:slug>/", nothing, name="post"),
    path("members/<slug:name>/", nothing, name="member"),
    path("tags/<slug:tag>/", nothing, name="tag"),
    path("posts/<int:number>/upvote/", nothing, name="vote"),
    path("posts/<int:number>/unvote/", nothing, name="unvote"),
    path("posts/<int:number>/flag/", nothing, name="flag"),
]


def configure() -> None:
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent],
    }
    settings.configure(
        ROOT_URLCONF=__name__, TEMPLATES=[engine], USE_I18N=True, USE_TZ=True, LANGUAGE_CODE="en"
    )
    django.setup()


def card(number: int) -> dict:
    return {
        "number": number,
        "kind": "moment",
        "slug": f"the-amber-lantern-{number}",
        "title": f"The amber lantern {number}",
        "film": {"slug": f"one-quiet-night-{number}", "title": f"One quiet night in Velora {number}"},
        "author": {"name": f"member-{number:05}"},
        "created": datetime(2026, 1, 1 + number, 12, 30, tzinfo=UTC),
        "episode": "2 × 3" if number % 5 == 0 else "",
        "voted": number % 3 == 0,
        "votes": 37 * number,
        "text": TEXT[number:],
        "colours": [f"#{(number * 7919 + place * 104729) % 0xFFFFFF:06x}" for place in range(5)],
        "feelings": [
            {"slug": name, "name": name.title(), "share": 10.5 * place} for place, name in enumerate(NAMES, 1)
        ],
        "relived": number % 4,
        "comments": number % 7,
        "tags": [{"slug": f"tag-{place}", "name": f"tag {place}"} for place in range(3)],
    }


def main() -> None:
    configure()
    template, samples = get_template("list.html"), []
    for number in range(WARM_UP + int(sys.argv[1])):
        start = time.process_time()
        template.render({"cards": [card(place) for place in range(CARDS)]})
        if number >= WARM_UP:
            samples.append((time.process_time() - start) * 1_000)
    print(json.dumps(samples))


if __name__ == "__main__":
    main()
