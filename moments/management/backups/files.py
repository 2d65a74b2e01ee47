"""The files of a site: what members uploaded and took along, from a folder or a bucket, and back into one."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from moments.management.backups.archive import KEYS, LARGEST_KEY, Reader, Unusable, Watch, Writer, is_allowed

STORES = {"media": "default", "private": "private"}
IN_MEMORY = 8 * 1024 * 1024


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files in a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    begin = f"{folder}/" if folder else ""
    yield from (f"{begin}{name}" for name in sorted(files) if name)
    for name in sorted(folders):
        yield from names_in(storage, f"{begin}{name}")


def add_files(writer: Writer, folder: str, watch: Watch) -> tuple[int, int]:
    """Put a folder into the archive. How many files were there, and how many went before they were read."""
    storage, kept, gone = storages[STORES[folder]], 0, 0
    for name in names_in(storage):
        if not is_allowed(f"{folder}/{name}"):
            raise Unusable(
                f"{name!r} in {folder} is no name of ours, and no restore would take it; move it away."
            )
        try:
            with storage.open(name) as source:
                writer.add(f"{folder}/{name}", source, watch, packed=True)
        except FileNotFoundError:
            gone += 1
        else:
            kept += 1
    return kept, gone


def refuse_others(reader: Reader) -> None:
    """Raise Unusable where a file lies that a restore of this archive would not have written."""
    for folder, store in STORES.items():
        for name in names_in(storages[store]):
            if f"{folder}/{name}" not in reader.members:
                raise Unusable(
                    f"{folder}/{name} is there already and not in this archive; restore into an empty site."
                )


def put_files(reader: Reader, folder: str, watch: Watch) -> int:
    """Put the files of a folder where this site keeps them; what a stopped restore put there is left."""
    storage, number = storages[STORES[folder]], 0
    for name in reader.files(folder):
        said = reader.members[f"{folder}/{name}"]
        if not _is_there(storage, name, said["sha256"]):
            _put(storage, name, reader.chunks(f"{folder}/{name}"))
        watch(said["size"])
        number += 1
    return number


def _is_there(storage: Storage, name: str, digest: str) -> bool:
    if not storage.exists(name):
        return False
    found = sha256()
    with storage.open(name) as file:
        for chunk in file.chunks():
            found.update(chunk)
    if found.hexdigest() == digest:
        return True
    storage.delete(name)  # it was cut off when the restore was stopped
    return False


def _put(storage: Storage, name: str, chunks: Iterator[bytes]) -> None:
    with SpooledTemporaryFile(IN_MEMORY) as content:
        for chunk in chunks:
            content.write(chunk)
        content.seek(0)
        if storage.save(name, File(content, name=name)) != name:
            raise Unusable(f"{name} could not be stored under its own name.")


def keys() -> dict[str, str]:
    """The keys of this site, by the names of the files in which they are kept."""
    return dict(zip(KEYS, (settings.SECRET_KEY, settings.LEDGER_KEY, settings.PUSH_KEY), strict=True))


def add_keys(writer: Writer) -> None:
    for name, key in keys().items():
        writer.add(f"keys/{name}", BytesIO(key.encode()))


def put_keys(reader: Reader) -> list[str]:
    """Put the keys of the archive into their files; what other key was in one lies beside it from now on."""
    put = []
    for key in (key for key in KEYS if f"keys/{key}" in reader.members):
        content = b"".join(reader.chunks(f"keys/{key}"))[:LARGEST_KEY]
        place = Path(settings.DATA_DIR, key)
        if place.exists() and place.read_bytes().strip() != content:
            place.rename(place.with_name(f"{key}.before"))
        if not place.exists():
            place.touch(0o600)
            place.write_bytes(content)
        put.append(key)
    return put
