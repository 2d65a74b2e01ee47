"""The drill: what it calls lost or doubled, and a short one of a real site."""

from bench.drill.__main__ import left_out, try_out
from bench.drill.blows import PARTS, Blow, Part, kill_web, lock_database
from bench.drill.members import Acknowledged, encoded
from bench.drill.site import Site
from bench.drill.verdict import is_at_rest, verdicts
from tests.support.rows import for_each
from tests.support.template import lay_out_site

SAID = Acknowledged(
    comments={"one": "kill", "two": "kill", "three": "crash"},
    moments={"The bench": "kill"},
    upvotes={"mia": True, "seb": False},
)
HELD = {
    "comments": ["one", "two", "three"],
    "moments": ["The bench"],
    "told": ["The bench"],
    "pictured": [],
    "upvotes": ["mia"],
    "events": 0,
    "work": {"SUCCESSFUL": 4},
}


def faults(**held):
    """By kind, how many are lost and how many are doubled, where any are."""
    return {one.kind: (one.lost, one.doubled) for one in verdicts(SAID, HELD | held) if not one.is_good}


def test_what_is_there_once_as_acknowledged_is_neither_lost_nor_doubled():
    assert faults() == {}
    assert faults(comments=[*HELD["comments"], "whose answer never came"]) == {}


@for_each(
    "held, expected",
    [
        ({"comments": ["one", "two"]}, {"comments": (1, 0)}),
        ({"comments": ["one", "two", "two", "two", "three"]}, {"comments": (0, 2)}),
        ({"moments": [], "told": []}, {"moments": (1, 0), "moments told to a follower": (1, 0)}),
        ({"told": ["The bench"] * 2}, {"moments told to a follower": (0, 1)}),
        ({"upvotes": []}, {"votes as they were left": (1, 0)}),
        ({"upvotes": ["mia", "seb"]}, {"votes as they were left": (0, 1)}),
        ({"work": {"SUCCESSFUL": 2, "FAILED": 1, "READY": 1}}, {"background work": (2, 0)}),
        ({"events": 3}, {"background work": (3, 0)}),
    ],
)
def test_a_difference_is_named(held, expected):
    assert faults(**held) == expected


def test_of_what_is_lost_it_is_said_when_it_was_acknowledged():
    (comments, *_others) = verdicts(SAID, HELD | {"comments": ["two"]})
    assert comments.during == ("crash", "kill")


def test_work_is_at_rest_when_nothing_waits():
    assert is_at_rest(HELD)
    assert not is_at_rest(HELD | {"events": 1})
    assert not is_at_rest(HELD | {"work": {"SUCCESSFUL": 1, "RUNNING": 1}})


def test_each_database_is_killed_a_hundred_times():
    for parts in PARTS.values():
        kills = [blow.times for part in parts[:1] for blow in part.blows if blow.name.startswith("kill -9")]
        assert sum(kills) == 100


def test_a_part_is_left_out_where_its_program_is_missing(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert left_out(Part("clock", (), needs="clock")) == "there is no cc"
    assert left_out(Part("processes", ())) == ""


def test_a_form_with_a_picture_is_of_several_parts():
    body, kind = encoded({"title": "The bench"}, b"\xff\xd8")
    end = kind.partition("boundary=")[2].encode()
    assert body.count(b"--" + end) == 4
    assert (b'name="title"\r\n\r\nThe bench\r\n' in body, b"\r\n\r\n\xff\xd8\r\n" in body) == (True, True)


def test_what_a_site_confirmed_is_there_after_a_short_drill(tmp_path):
    site = Site(tmp_path / "site", tmp_path / "site.log")
    site.folder.mkdir()
    lay_out_site(site.environment)
    blows = (Blow("lock", 1, 1, lock_database, 0.1), Blow("kill", 1, 1, kill_web, 0.1))
    assert try_out(site, [Part("short", blows)], is_quick=True)
    assert site.process is None
