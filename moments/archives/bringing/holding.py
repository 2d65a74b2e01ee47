"""Taking in a file that somebody brings: whose it is is told at once, and all else by the task process."""

from django.core.files.storage import storages
from django.db import transaction

from moments.archives.homecoming import recognise
from moments.models import Homecoming
from moments.models.mixins.in_steps import PRIVATE


def hold(member, file, name=""):
    """Keep an uploaded file, to be read by the task process. Returns the Homecoming.

    Raises Unreadable (of which OurOwn is one: that archive has an import of its own), HomecomingRunning and
    TooManyHomecomings.
    """
    with recognise.opened(file, name) as brought:
        source = brought.found.source
    with transaction.atomic():
        homecoming = Homecoming.objects.hold(member, source, name[-100:], file.size)
        file.seek(0)
        storages[PRIVATE].save(homecoming.file_name, file)
    return homecoming
