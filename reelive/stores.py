"""Where files lie: what readers fetch by its address, and what is for one member alone and has none."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FOLDER_STORAGE = "django.core.files.storage.FileSystemStorage"
BUCKET = "storages.backends.s3.S3Storage"


def for_readers(bucket: str, address: str, access: dict[str, Any]) -> dict[str, Any]:
    """The storage of the uploads, as STORAGES takes it.

    Args:
        bucket: its name; empty for the folder of this machine.
        address: where readers fetch what is in it, such as https://pictures.example.
        access: how this site gets at its buckets.
    """
    if not bucket:
        return {"BACKEND": FOLDER_STORAGE}
    options = {
        "bucket_name": bucket,
        "custom_domain": address.partition("://")[2],
        "url_protocol": urlsplit(address).scheme + ":",
        "querystring_auth": False,
        "file_overwrite": False,
        "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
    }
    return {"BACKEND": BUCKET, "OPTIONS": access | options}


def for_one_member(bucket: str, folder: Path, access: dict[str, Any]) -> dict[str, Any]:
    """The storage of what a view gives out to its member alone.

    Args:
        bucket: the name of one that has no readers; empty for the folder.
    """
    if not bucket:
        options = {"location": folder, "base_url": None}
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": FOLDER_STORAGE, "OPTIONS": options | modes}
    options = {
        "bucket_name": bucket,
        "querystring_auth": True,
        "file_overwrite": False,
        "object_parameters": {"CacheControl": "private, no-store"},
    }
    return {"BACKEND": BUCKET, "OPTIONS": access | options}
