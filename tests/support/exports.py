"""Exports as the task process makes them, opened."""

import io
import json
from zipfile import ZipFile

from django.core.files.storage import storages
from django.utils import timezone

from moments.archives.exports.making import make_due
from moments.archives.exports.segments import joined
from moments.models import Export
from tests.support.homecoming import brought


def make_export(member, with_pictures=False):
    """The member's export, made to the end."""
    export = Export.objects.ask(member, with_pictures)
    while make_due(timezone.now()):
        pass
    return Export.objects.filter(pk=export.pk).first()


def opened(export):
    """The archive, in memory."""
    with joined(export.archive_names) as file:
        return ZipFile(io.BytesIO(file.read()))


def rows_of(archive, part):
    """The rows of a part, as a machine reads them."""
    return [json.loads(line) for line in archive.read(f"{part}.ndjson").decode().splitlines()]


def records_for_others(archive):
    """What the readers of other places find in the files for Letterboxd, and in that for Yamtrack."""
    for_letterboxd = {
        name: archive.read(name) for name in archive.namelist() if name.startswith("letterboxd/")
    }
    return brought(for_letterboxd)[0], brought(archive.read("yamtrack.csv"))[0]


def files_of(export):
    """What lies in the storage of all that the export may have left there."""
    return [name for name in export.file_names() if storages["private"].exists(name)]
