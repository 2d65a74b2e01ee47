"""Taking in what is sent: how long it may take, and how much of it at a time."""

import io

import pytest

from reelive import request_bodies
from reelive.request_bodies import BODY_SECONDS, BYTES_A_SECOND, IN_MEMORY, BodyRefused, Intake, length_of
from tests.support.rows import for_each

LATE, FULL = 408, 503


class Sender:
    """Sends pieces of a size, and between two of them so many seconds pass."""

    def __init__(self, monkeypatch, pause, size=request_bodies.BYTES_BETWEEN_LOOKS, breaks_off_after=2**40):
        self.now, self.pause, self.size, self.left = 0.0, pause, size, breaks_off_after
        monkeypatch.setattr(request_bodies, "monotonic", lambda: self.now)

    def read(self, most):
        self.now += self.pause
        piece = b"x" * min(most, self.size, self.left)
        self.left -= len(piece)
        return piece


def taken_in(sender, length, intake=None):
    body = io.BytesIO()
    (intake or Intake()).take_in(sender, body, length)
    return body.read()


def test_a_body_is_there_from_its_beginning(monkeypatch):
    assert taken_in(io.BytesIO(b"title=The+Bench&more"), 15) == b"title=The+Bench"
    assert taken_in(Sender(monkeypatch, 0), 5_000) == b"x" * 5_000


@pytest.mark.parametrize("pause, size, length", [(1, 1, 5_000), (31, 1, 2), (7, 1_024, 9_000_000)])
def test_a_slow_body_is_given_up(monkeypatch, pause, size, length):
    sender = Sender(monkeypatch, pause, size)
    with pytest.raises(BodyRefused) as refusal:
        taken_in(sender, length)
    assert refusal.value.status == LATE
    assert BODY_SECONDS < sender.now <= 2 * BODY_SECONDS


def test_a_large_picture_from_a_telephone_gets_the_time_that_it_takes(monkeypatch):
    sender = Sender(monkeypatch, request_bodies.BYTES_BETWEEN_LOOKS / BYTES_A_SECOND)
    assert len(taken_in(sender, 8_000_000)) == 8_000_000
    assert sender.now > 4 * BODY_SECONDS


def test_a_body_that_breaks_off_is_no_body(monkeypatch):
    with pytest.raises(BodyRefused) as refusal:
        taken_in(Sender(monkeypatch, 0, breaks_off_after=3_000), 5_000)
    assert refusal.value.status == LATE


def test_long_bodies_have_so_much_room_together(monkeypatch):
    monkeypatch.setattr(request_bodies, "ON_DISK", 300_000)
    intake, half = Intake(), IN_MEMORY * 2

    class Another:
        """Halfway through, somebody else sends as well."""

        def __init__(self, depth):
            self.depth, self.asked, self.refused = depth, 0, None

        def read(self, most):
            self.asked += most
            if self.asked == half and self.depth:
                try:
                    taken_in(Another(self.depth - 1), 2 * half, intake)
                except BodyRefused as refusal:
                    self.refused = refusal.status
                    assert intake.on_disk <= 300_000
            return b"x" * most

    sender = Another(3)
    taken_in(sender, 2 * half, intake)
    assert intake.on_disk == 0
    with pytest.raises(BodyRefused) as refusal:
        taken_in(Sender(monkeypatch, 0), 400_000, intake)
    assert refusal.value.status == FULL
    assert intake.on_disk == 0


def test_short_bodies_are_taken_in_beside_a_flood_of_long_ones(monkeypatch):
    monkeypatch.setattr(request_bodies, "ON_DISK", 0)
    assert len(taken_in(Sender(monkeypatch, 0), IN_MEMORY)) == IN_MEMORY


@for_each(
    "said, length",
    [
        ({}, 0),
        ({"CONTENT_LENGTH": ""}, 0),
        ({"CONTENT_LENGTH": "5"}, 5),
        ({"CONTENT_LENGTH": "-5"}, 0),
        ({"CONTENT_LENGTH": "five"}, 0),
        ({"CONTENT_LENGTH": "9" * 21}, 0),
        ({"CONTENT_LENGTH": "99999999"}, 0),
    ],
)
def test_only_a_length_that_is_allowed_is_waited_for(said, length):
    assert length_of(said) == length
