"""Link pictures as the task process paints them, and what pages say of them."""

import re
from html import unescape
from io import BytesIO

from django.core.files.storage import default_storage
from django.test import TestCase
from django.utils import timezone
from PIL import Image

from moments.models import LinkPicture
from moments.syndication.link_pictures import paint_due

FOLDER = "links"


def paint_all(now=None):
    painted = True
    while painted:
        with TestCase.captureOnCommitCallbacks(execute=True):
            painted = paint_due(now or timezone.now())


def named_picture(client, url):
    """The address of the picture that a page names to other sites, without the site's own; "" for none."""
    found = re.search(r'property="og:image" content="([^"]+)"', client.get(url).text)
    return unescape(found[1]).removeprefix("http://localhost:8000") if found else ""


def painted(client, url):
    """Look at a page, let its picture be painted, and return the file's bytes."""
    client.get(url)
    paint_all()
    name = named_picture(client, url).removeprefix("/media/")
    with default_storage.open(name) as file:
        return file.read()


def opened(data):
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def files():
    """The names of all link pictures that are stored."""
    try:
        return set(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return set()


def rows():
    return sorted(LinkPicture.objects.values_list("kind", "key", "detail"))
