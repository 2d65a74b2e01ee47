"""`manage.py backup` and `restore`: a whole site in one archive, taken while others write, and put back."""

import zipfile
from io import StringIO
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from moments.management.backups import databases
from moments.models import Comment, PostVote
from tests.support.backups import (
    drop,
    make_empty_database,
    opened,
    rows_here,
    rows_of,
    run_at,
)
from tests.support.makers import make_comment, make_film, make_member, make_moment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folders(settings, tmp_path):
    """Empty folders for the files of the site."""
    settings.MEDIA_ROOT = tmp_path / "here" / "media"
    private = settings.STORAGES["private"] | {
        "OPTIONS": {"location": tmp_path / "here" / "private", "base_url": None}
    }
    settings.STORAGES = settings.STORAGES | {"private": private}
    return tmp_path


@pytest.fixture
def site(folders):
    """A moment, a comment, a vote, a row of the ledger, and a file of each kind."""
    mia, seb = make_member("mia"), make_member("seb")
    moment = make_moment(make_film(), mia)
    make_comment(moment, seb)
    moment.upvote(seb)
    make_moment(moment.film, mia).remove(seb, "spam", "Not about a film.")
    storages["default"].save("stills/one.webp", ContentFile(b"a picture"))
    storages["private"].save("exports/one.zip", ContentFile(b"all that is mine"))
    return moment


@pytest.fixture
def elsewhere(tmp_path):
    """An empty site: its folder, and where its database is."""
    folder = tmp_path / "there"
    folder.mkdir()
    url = make_empty_database(folder)
    yield folder, url
    drop(url)


def said_by(*command, **options):
    said = StringIO()
    call_command(*command, stdout=said, **options)
    return said.getvalue()


def write_while(monkeypatch, bar, write):
    """Have somebody write, on a connection of their own, when this bar moves for the first time."""
    done = []

    def step(progress, steps=1):
        if progress.label == bar and not done:
            done.append(bar)

            def act():
                write()
                connection.close()

            writer = Thread(target=act)
            writer.start()
            writer.join()

    monkeypatch.setattr("reelive.progress_bar.ProgressBar.step", step)
    return done


def test_restored_site_is_the_one_that_was_when_the_backup_began(site, elsewhere, tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "PAGES_COPIED_AT_ONCE", 20)
    before, file, (folder, url) = rows_here(), tmp_path / "whole.zip", elsewhere
    bar = "database" if connection.vendor == "sqlite" else "packing"
    written = write_while(monkeypatch, bar, lambda: make_comment(site, make_member("keith")))
    said = said_by("backup", file)
    assert written == [bar]
    assert Comment.objects.count() == 2, "who wrote meanwhile was not kept from it"
    assert "Files in media: 1." in said
    assert "The keys are not in it" in said
    restored = run_at(folder, url, "restore", file)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout.endswith("The site is restored and proved.\n")
    with opened(url) as run:
        assert rows_of(run) == before
    assert (folder / "media/stills/one.webp").read_bytes() == b"a picture"
    assert (folder / "private/exports/one.zip").read_bytes() == b"all that is mine"
    with pytest.raises(CommandError, match=r"^There are tables in this database already;"):
        call_command("restore", file)


def test_keys_come_along_when_that_is_asked_for_and_votes_that_wait_for_it_are_counted_right(
    site, elsewhere, tmp_path, settings, monkeypatch
):
    file, (folder, url) = tmp_path / "keys.zip", elsewhere
    keith = make_member("keith")
    write_while(monkeypatch, "media", lambda: site.upvote(keith))
    assert "The keys are in it" in said_by("backup", file, with_keys=True)
    assert PostVote.objects.count() == 2
    none = dict.fromkeys(("SECRET_KEY", "LEDGER_KEY", "PUSH_KEY"), "")
    restored = run_at(folder, url, "restore", file, **none)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert (folder / "ledger-key").read_text() == settings.LEDGER_KEY
    assert (folder / "secret").read_text() == settings.SECRET_KEY
    assert (folder / "secret").stat().st_mode & 0o777 == 0o600
    assert len((folder / "ledger-key.before").read_text()) == 64, "no key is ever thrown away"
    with opened(url) as run:
        assert run('SELECT COUNT(*) FROM "moments_postvote"') == [(1,)]


def test_a_site_with_another_ledger_key_is_told_before_anything_is_written(site, elsewhere, tmp_path):
    file, (folder, url) = tmp_path / "whole.zip", elsewhere
    call_command("backup", file, stdout=StringIO())
    refused = run_at(folder, url, "restore", file, LEDGER_KEY="6f" * 32)
    assert refused.returncode == 1
    assert "was signed with another key than this site has" in refused.stderr
    assert not (folder / "media").exists()
    with opened(url) as run:
        table = "sqlite_master" if url.startswith("sqlite") else "pg_stat_user_tables"
        assert run(f"SELECT COUNT(*) FROM {table}")[0][0] == 0
    restored = run_at(folder, url, "restore", file, "--new-keys", LEDGER_KEY="6f" * 32)
    assert (restored.returncode, restored.stderr) == (0, "")


def test_members_are_proved_and_rows_counted(site, tmp_path):
    file = tmp_path / "whole.zip"
    call_command("backup", file, stdout=StringIO())
    rows = sum(len(rows) for rows in rows_here().values())
    assert said_by("backup", file, verify=True) == (f"3 members are what the manifest says; {rows:,} rows.\n")
    assert file.stat().st_mode & 0o777 == 0o600


def test_uploads_are_left_out_when_that_is_asked_for(site, tmp_path):
    file = tmp_path / "bare.zip"
    assert "The uploads are not in it" in said_by("backup", file, without_uploads=True)
    assert len(zipfile.ZipFile(file).namelist()) == 2


def test_stopped_backup_leaves_nothing_and_is_run_again(site, tmp_path, monkeypatch):
    file = tmp_path / "whole.zip"
    with monkeypatch.context() as patch:

        def stop():
            raise KeyboardInterrupt

        patch.setattr("reelive.progress_bar.ProgressBar.step", lambda progress, steps: stop())
        with pytest.raises(KeyboardInterrupt):
            call_command("backup", file, stdout=StringIO())
    assert [path.name for path in tmp_path.glob("*.zip*")] == []
    (tmp_path / "whole.zip.part").write_bytes(b"of a backup that was killed" * 1_000_000)
    call_command("backup", file, stdout=StringIO())
    assert "are what the manifest says" in said_by("backup", file, verify=True)
    with pytest.raises(CommandError, match="give the backup another name"):
        call_command("backup", file, stdout=StringIO())


def test_a_file_that_goes_meanwhile_is_counted(site, tmp_path, monkeypatch):
    monkeypatch.setattr("moments.management.backups.files.names_in", lambda storage: ["stills/gone.webp"])
    assert "Files in media: 0. 1 went meanwhile." in said_by("backup", tmp_path / "whole.zip")
