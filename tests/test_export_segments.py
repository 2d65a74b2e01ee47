"""How an archive is packed: segment by segment, each in a step, which together are one .zip file."""

import io
import zlib
from itertools import pairwise
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.urls import reverse
from django.utils import timezone

from moments.archives.exports import archive as packing
from moments.archives.exports import making
from moments.archives.exports.making import LOGGED, PICTURES, STEPS, make_due
from moments.archives.exports.parts import PARTS
from moments.archives.exports.segments import joined
from moments.models import Export, Post
from reelive.images import read
from tests.support.exports import files_of, make_export, opened, rows_of
from tests.support.makers import make_moment
from tests.support.pictures import picture


@pytest.fixture
def posts(film, mia):
    """Three with pictures, and one without; mia has a picture of her own."""
    posts = [make_moment(film, mia) for _number in range(4)]
    for post in posts[:3]:
        post.attach_still(read(picture()))
        post.save()
    mia.set_avatar(read(picture()))
    mia.save()
    return posts


def step():
    """One more; the export as it is then."""
    assert make_due(timezone.now())
    return Export.objects.get()


def until(part):
    """Steps until so many parts are made and packed."""
    while (export := Export.objects.get()).part < part:
        step()
    return export


def pictures_in(zipped):
    return [name for name in zipped.namelist() if name.startswith("pictures/")]


def test_pictures_are_packed_a_few_in_each_step(posts, mia, monkeypatch):
    monkeypatch.setattr(packing, "BYTES_AT_ONCE", 1)
    Export.objects.ask(mia, True)
    export = until(PICTURES)
    sizes = [export.size]
    while export.part == PICTURES:
        export = step()
        sizes.append(export.size)
    one = default_storage.size(posts[0].still.name)
    grown = [after - before for before, after in pairwise(sizes)]
    assert [size < 3 * one for size in grown] == [True] * 4, "one each, with the avatar in the first step"
    assert (export.part, export.state) == (LOGGED, "making")
    export = until(STEPS - 1)
    assert (export.state, step().state) == ("making", "ready")
    export = Export.objects.get()
    zipped = opened(export)
    assert (export.state, zipped.testzip(), len(pictures_in(zipped))) == ("ready", None, 4)
    for post in posts[:3]:
        with default_storage.open(post.still.name) as still:
            assert zlib.crc32(still.read()) == zipped.getinfo(packing.picture_name(post)).CRC


def test_however_many_steps_it_takes_the_same_is_in_it(posts, mia, monkeypatch):
    whole = opened(make_export(mia, with_pictures=True))
    Export.objects.all().discard()
    monkeypatch.setattr(packing, "BYTES_AT_ONCE", 1)
    monkeypatch.setattr(packing, "PICTURES_AT_ONCE", 2)
    monkeypatch.setattr(making, "PIECES_AT_ONCE", 1)
    export = make_export(mia, with_pictures=True)
    assert len(export.archive_names) > 4
    cut = opened(export)
    assert cut.namelist() == whole.namelist()
    differing = {name for name in cut.namelist() if cut.read(name) != whole.read(name)}
    assert differing <= {"reelive.json", "README.txt"}, "which say when it was made"


def test_packing_can_be_stopped_and_goes_on_where_it_was(posts, mia, monkeypatch):
    monkeypatch.setattr(packing, "BYTES_AT_ONCE", 1)
    Export.objects.ask(mia, True)
    until(PICTURES)
    step().stop()
    assert not make_due(timezone.now())
    before = Export.objects.get()
    before.go_on()
    export = step()
    assert export.archive_names[:-1] == before.archive_names
    while make_due(timezone.now()):
        pass
    zipped = opened(Export.objects.get())
    assert (zipped.testzip(), len(pictures_in(zipped))) == (None, 4)


def test_what_a_process_left_behind_that_died_is_written_over(posts, mia, monkeypatch):
    monkeypatch.setattr(packing, "BYTES_AT_ONCE", 1)
    Export.objects.ask(mia, True)
    until(PICTURES)
    export = step()
    for name in (export.next_segment, export.next_note):
        storages["private"].save(name, ContentFile(b"half a segm"))
    while make_due(timezone.now()):
        pass
    zipped = opened(Export.objects.get())
    assert (zipped.testzip(), len(pictures_in(zipped))) == (None, 4)


def test_only_its_segments_are_left_and_they_go_with_it(posts, mia, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        export = make_export(mia, with_pictures=True)
    assert files_of(export) == export.segments
    folder = storages["private"].listdir(f"exports/{export.token}")[1]
    assert len(folder) == len(export.segments)
    with django_capture_on_commit_callbacks(execute=True):
        Export.objects.all().discard()
    assert files_of(export) == []


def test_pictures_for_which_is_no_room_are_left_out_and_counted(posts, mia, monkeypatch):
    monkeypatch.setattr(packing, "BYTES_AT_ONCE", 1)
    room = default_storage.size(mia.avatar.name) + default_storage.size(posts[0].still.name)
    monkeypatch.setattr(making, "MOST_OF_PICTURES", room)
    zipped = opened(make_export(mia, with_pictures=True))
    assert len(pictures_in(zipped)) == 2
    assert "For 2 was no room." in zipped.read("README.txt").decode().replace("\n", " ")


def test_a_picture_that_is_gone_stops_nothing(posts, mia):
    default_storage.delete(posts[1].still.name)
    assert len(pictures_in(opened(make_export(mia, with_pictures=True)))) == 3


def test_the_number_of_rows_is_that_of_all_segments(posts, mia, monkeypatch):
    monkeypatch.setattr(making, "PIECES_AT_ONCE", 1)
    zipped = opened(make_export(mia))
    assert pictures_in(zipped) == []
    assert [len(rows_of(zipped, part.name)) for part in PARTS if part.name == "posts"] == [4]
    assert '"posts": 4' in zipped.read("reelive.json").decode()


def test_the_download_is_as_long_as_it_says(as_mia, posts, mia):
    export = make_export(mia, with_pictures=True)
    response = as_mia.get(reverse("export-file"))
    content = response.getvalue()
    assert int(response["Content-Length"]) == len(content) == export.size
    with ZipFile(io.BytesIO(content)) as zipped:
        assert (zipped.testzip(), len(pictures_in(zipped))) == (None, 4)


def test_what_an_earlier_release_made_as_one_file_can_be_downloaded(as_mia, posts, mia):
    export = make_export(mia)
    with joined(export.archive_names) as file:
        storages["private"].save(export.file_name, ContentFile(file.read()))
    Export.objects.update(pieces=[])
    with ZipFile(io.BytesIO(as_mia.get(reverse("export-file")).getvalue())) as zipped:
        assert len(rows_of(zipped, "posts")) == Post.objects.filter(author=mia).count()
