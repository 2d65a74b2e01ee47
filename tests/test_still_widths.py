"""The widths of a still are made in the background, once, whatever happens meanwhile."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from moments.models import Moment
from moments.tasks import make_still_widths
from reelive.images import read
from reelive.models import Work
from reelive.retries import PAUSES
from tests.support.makers import make_moment


def picture(width=2_000):
    file = io.BytesIO()
    Image.new("RGB", (width, 800), "#6a3fa0").save(file, "PNG")
    return read(file)


@pytest.fixture
def with_still(film, mia):
    moment = make_moment(film, mia)
    moment.attach_still(picture())
    moment.save()
    return moment


def files():
    return sorted(default_storage.listdir("stills")[1])


def test_widths_made_twice_are_made_once(with_still, queued, worker):
    make_still_widths.enqueue(with_still.pk), make_still_widths.enqueue(with_still.pk)
    assert worker.work()
    before = files()
    assert worker.work()
    assert files() == before
    assert Moment.objects.get().still_widths == [480, 960]
    assert set(Work.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_width_that_was_left_half_written_is_made_anew(with_still, queued, worker):
    name = with_still.still_name(480)
    default_storage.save(name, ContentFile(b"half a pic"))
    make_still_widths.enqueue(with_still.pk)
    worker.work()
    with default_storage.open(name) as file:
        assert read(file).image.width == 480


def test_widths_of_a_still_that_was_replaced_meanwhile_go_again(with_still, monkeypatch):
    replaced = Moment.objects.get(pk=with_still.pk)
    before = files()
    Moment.objects.filter(pk=with_still.pk).update(still="stills/another.webp")
    assert replaced.make_widths() is False
    assert files() == before
    assert Moment.objects.get(pk=with_still.pk).still_widths == []


def test_still_that_moved_meanwhile_is_tried_again(with_still, queued, worker, clock, monkeypatch):
    def moved(moment):
        Moment.objects.filter(pk=moment.pk).update(still="")
        raise FileNotFoundError

    make_still_widths.enqueue(with_still.pk)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Moment, "make_widths", moved)
        worker.work()
    assert Work.objects.get().exception_class_path == "reelive.retries.TryAgain"
    clock.forward(PAUSES[0])
    worker.work()
    assert Work.objects.get().status == "SUCCESSFUL"


def test_picture_that_cannot_be_read_is_given_up_at_once(with_still, queued, worker):
    default_storage.delete(with_still.still.name)
    default_storage.save(with_still.still.name, ContentFile(b"no picture"))
    make_still_widths.enqueue(with_still.pk)
    worker.work()
    work = Work.objects.get()
    assert (work.status, work.attempts) == ("FAILED", 1)
    assert work.exception_class_path == "reelive.images.ImageError"


def test_disk_that_is_full_for_a_while_costs_no_width(with_still, queued, worker, clock, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    make_still_widths.enqueue(with_still.pk)
    with monkeypatch.context() as today:
        today.setattr(default_storage, "save", full)
        worker.work()
    clock.forward(PAUSES[0])
    worker.work()
    assert Moment.objects.get().still_widths == [480, 960]
