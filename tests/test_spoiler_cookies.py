"""What a browser keeps of its visitor's progress: small enough to be sent along with every request."""

from moments.spoilers.cookies import FILMS_KEPT, SpoilerCookies
from moments.spoilers.rules import ProgressPoint, end_of


def test_the_progress_in_as_many_series_as_are_kept_takes_a_kilobyte():
    cookies = SpoilerCookies()
    for number in range(FILMS_KEPT):
        progress = ProgressPoint(number * 1024.5, end_of(number % 9 + 1, number % 20))
        cookies = cookies.with_progress(1_000 + number * 37, progress)
    sent = cookies.cookies()["horizons"]
    assert 500 < len(sent) < 1_024
    assert SpoilerCookies.read({"horizons": sent}) == cookies
