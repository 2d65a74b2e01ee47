"""Archives of another site, and what comes of them here."""

import io
import json
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from moments.archives.exports.segments import joined
from moments.archives.imports.making import PARTS, hold, make_due
from moments.archives.imports.reading import opened
from moments.models import Import

ELSEWHERE = "elsewhere.example"
NOW = "2024-05-01T10:00:00Z"
POST = {
    "uid": f"{ELSEWHERE}/posts/1",
    "kind": "moment",
    "state": "visible",
    "film": "la-la-land",
    "film_title": "La La Land",
    "film_year": 2016,
    "film_medium": "film",
    "title": "A Lovely Night",
    "body": "They *dance*.",
    "tags": ["stars"],
    "position": 3.0,
    "created": NOW,
}
COMMENT = {
    "uid": f"{ELSEWHERE}/comments/1",
    "state": "visible",
    "post_uid": POST["uid"],
    "body": "Mine.",
    "created": NOW,
}


def archive(files=None, manifest=None, compression=ZIP_DEFLATED, **parts):
    """An archive with these rows, by the name of their part, and these files."""
    data = io.BytesIO()
    with ZipFile(data, "w", compression) as zipped:
        zipped.writestr("reelive.json", json.dumps(manifest or {"format": "reelive-export", "version": 1}))
        for part, rows in parts.items():
            zipped.writestr(f"{part}.ndjson", "".join(json.dumps(row) + "\n" for row in rows))
        for name, content in (files or {}).items():
            zipped.writestr(name, content)
    return SimpleUploadedFile("reelive.zip", data.getvalue(), "application/zip")


def held(member, file):
    with opened(file) as found:
        uids = found.rows_by_part(PARTS)
    return hold(member, file, uids)


def bring(member, file, with_settings=False):
    """Import it to the end, whenever the last one was. Returns the Import."""
    Import.objects.filter(member=member).update(begun=None)
    held(member, file).begin(with_settings)
    while make_due(timezone.now()):
        pass
    return Import.objects.get(member=member)


def outcome(importing):
    return {part: counts for part, counts in importing.outcome.items() if counts}


def as_upload(export):
    """The archive of an export, as its member sends it."""
    with joined(export.archive_names) as file:
        return SimpleUploadedFile("reelive.zip", file.read(), "application/zip")
