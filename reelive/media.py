"""Uploads from the site's own disk: files of strangers, which may be shown but never act."""

import mimetypes

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from reelive.headers import for_other_sites

PICTURES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


@require_safe
@for_other_sites
def upload(request: HttpRequest, path: str) -> FileResponse:
    """A stored file by its name. A name is never used twice, so browsers may keep it for ever."""
    guess = mimetypes.guess_type(path)[0]
    kind = guess if guess in PICTURES else "application/octet-stream"
    response = FileResponse(_opened(path), content_type=kind)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _opened(path: str):
    if not isinstance(default_storage, FileSystemStorage):
        raise Http404("The uploads live in a bucket.")
    try:
        return default_storage.open(path)
    except (SuspiciousFileOperation, OSError, ValueError) as problem:
        raise Http404("There is no such file.") from problem
