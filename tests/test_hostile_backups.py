"""Archives that somebody cut off or made up end in a sentence, and nothing of them is written."""

import json
import zipfile
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from moments.management.commands import restore
from tests.support.backups import small_archive

pytestmark = pytest.mark.either_database

DATABASE = "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"
NAMES = ["../up.webp", "/etc/cron.d/up", "media/../../up", "media//up", "media/./up", "media/a\nb", "up"]
NAMES += ["C:\\up", "media\\up", "keys/authorized_keys", "media/", "manifest.json/up"]


@pytest.fixture(autouse=True)
def nothing_is_written(monkeypatch, settings, tmp_path):
    """The site is as good as empty; whoever writes into it fails the test."""
    monkeypatch.setattr(restore, "is_empty", lambda: True)
    for name in ("put", "put_files", "put_keys"):
        monkeypatch.setattr(restore, name, lambda *_args: pytest.fail("Something was written."))
    settings.MEDIA_ROOT = tmp_path / "media"
    options = {"location": tmp_path / "private", "base_url": None}
    settings.STORAGES = settings.STORAGES | {"private": settings.STORAGES["private"] | {"OPTIONS": options}}


def refusal(path):
    with pytest.raises(CommandError) as refused:
        call_command("restore", path, new_keys=True, stdout=StringIO())
    return str(refused.value)


@pytest.mark.parametrize("name", NAMES)
def test_name_that_leads_elsewhere_is_refused(tmp_path, name):
    members = {DATABASE: b"rows", name: b"up"}
    assert "which is no part of a backup" in refusal(small_archive(tmp_path / "x.zip", members=members))


def test_member_that_the_manifest_does_not_name_is_refused(tmp_path):
    path = small_archive(tmp_path / "x.zip", extra={"media/more.webp": b"more"})
    assert refusal(path) == "The archive does not hold just what its manifest names."


def test_content_that_is_not_what_the_manifest_says_is_refused(tmp_path):
    said = {"size": 9, "sha256": sha256(b"a pictury").hexdigest()}
    rows = {"size": 4, "sha256": sha256(b"rows").hexdigest()}
    path = small_archive(tmp_path / "x.zip")
    _say(path, {DATABASE: rows, "media/stills/1.webp": said})
    assert refusal(path) == "media/stills/1.webp in the archive is not what its manifest says."


def _say(path, members):
    """Have the manifest of an archive say something else of its members."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(contents["manifest.json"]) | {"members": members}
    contents["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


def test_archive_that_unpacks_to_more_than_it_says_is_refused(tmp_path):
    path = small_archive(tmp_path / "x.zip", members={DATABASE: b"0" * 50_000_000})
    _say(path, {DATABASE: {"size": 10, "sha256": sha256(b"0" * 10).hexdigest()}})
    assert refusal(path) == f"{DATABASE} in the archive is not what its manifest says."


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_archive_is_refused(tmp_path, share):
    path = small_archive(tmp_path / "x.zip")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert refusal(path) == f"{path} is no archive, or its end is missing."


def test_a_damaged_byte_is_found(tmp_path):
    path = small_archive(tmp_path / "x.zip")
    path.write_bytes(path.read_bytes().replace(b"a picture", b"a pixture"))
    assert refusal(path).startswith("media/stills/1.webp in the archive is damaged")


def test_archive_of_a_newer_release_is_refused(tmp_path):
    newer = small_archive(tmp_path / "x.zip", migrations=[["moments", "9999_from_the_future"]])
    assert refusal(newer).startswith("The archive comes from a newer release (moments.9999_from_the_future")
    assert refusal(small_archive(tmp_path / "y.zip", format=2)).startswith("The archive comes from a newer")


def test_archive_of_the_other_database_is_refused(tmp_path):
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    assert refusal(small_archive(tmp_path / "x.zip", vendor=other)) == (
        f"The archive is of {other}, and DATABASE_URL names {connection.vendor}."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"members": []},
        {"members": {"database.sqlite3": {"size": "4", "sha256": ""}}},
        {"database": "oracle"},
        {"rows": {"x": "many"}},
        {"migrations": [["a"]]},
        {"keys": [1]},
        {"format": "new"},
    ],
)
def test_manifest_of_another_kind_is_refused(tmp_path, wrong):
    path = small_archive(tmp_path / "x.zip")
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json")) | wrong
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
    assert refusal(path) == "The manifest of the archive is not that of a backup."


def test_an_archive_without_a_manifest_and_no_archive_at_all_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("database.sqlite3", b"rows")
    assert refusal(tmp_path / "x.zip").startswith("The archive has no manifest that can be read")
    assert refusal(tmp_path / "none.zip") == f"There is no file {tmp_path / 'none.zip'}."
    (tmp_path / "text.zip").write_text("Not a backup.")
    assert "is no archive" in refusal(tmp_path / "text.zip")


def test_files_of_another_site_are_not_mixed_with_those_of_the_archive(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "mine.webp").write_bytes(b"mine")
    assert refusal(small_archive(tmp_path / "x.zip")) == (
        "media/mine.webp is there already and not in this archive; restore into an empty site."
    )
