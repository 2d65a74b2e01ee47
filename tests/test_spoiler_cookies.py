"""What a browser keeps of its visitor's progress: small enough to be sent along with every request."""

from moments.spoilers.cookies import FILMS_KEPT, REVEALED_KEPT, SpoilerCookies
from moments.spoilers.rules import ProgressPoint, end_of
from reelive.cookies import REVEALED


def test_the_progress_in_as_many_series_as_are_kept_takes_a_kilobyte():
    cookies = SpoilerCookies()
    for number in range(FILMS_KEPT):
        progress = ProgressPoint(number * 1024.5, end_of(number % 9 + 1, number % 20))
        cookies = cookies.with_progress(1_000 + number * 37, progress)
    sent = cookies.cookies()["horizons"]
    assert 500 < len(sent) < 1_024
    assert SpoilerCookies.read({"horizons": sent}) == cookies


def test_what_was_revealed_comes_back_and_the_oldest_is_forgotten():
    cookies = SpoilerCookies().with_progress(7, ProgressPoint(2.5))
    for post in (*range(1, REVEALED_KEPT + 2), 3):
        cookies = cookies.with_revealed(post)
    assert cookies.revealed == (2, *range(4, REVEALED_KEPT + 2), 3)
    assert SpoilerCookies.read(cookies.cookies()) == cookies
    assert cookies.with_progress(7, None).cookies() == {"horizons": "", REVEALED: cookies.cookies()[REVEALED]}


def test_what_is_garbled_or_missing_counts_as_unset():
    signed = SpoilerCookies().with_progress(7, ProgressPoint(2.5)).cookies()
    assert signed[REVEALED] == ""
    for sent in ({}, {"horizons": signed["horizons"][:-1]}, {"horizons": "7", REVEALED: "!"}):
        assert SpoilerCookies.read(sent) == SpoilerCookies()
    assert SpoilerCookies().cookies() == {"horizons": "", REVEALED: ""}
