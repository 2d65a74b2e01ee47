"""What becomes of the entries of a whole film: said again, given back, brought back, and merged."""

from datetime import date

import pytest

from moments.models import DiaryEntry, Film, Progress, Wanted
from moments.models.diary_entry import DayTaken
from moments.models.refusals import FilmGone, Suspended
from moments.spoilers.rules import NOT_SEEN, ProgressPoint, end_of
from tests.support.makers import MARCH, make_film, moderator

pytestmark = pytest.mark.django_db
NEXT_DAY = date(2024, 3, 15)


@pytest.fixture
def series():
    return make_film("Severance", medium="series", year=2022)


def told(entry):
    return (entry.is_new, entry.was_wanted, entry.progress_before, entry.progress_after)


def test_an_entry_tells_what_it_changed(series, mia):
    Wanted.objects.add(mia, series)
    Progress.objects.set_progress(mia, series, ProgressPoint(NOT_SEEN, end_of(1, 1)))
    first_over, second_over = (ProgressPoint(NOT_SEEN, end_of(1, episode)) for episode in (1, 2))
    first, again = (series.log(mia, MARCH, 1, 2) for _time in (1, 2))
    assert told(first) == (True, True, first_over, second_over)
    assert (told(again), again.pk) == ((False, False, second_over, second_over), first.pk)
    assert not Wanted.objects.exists()


def test_what_is_said_again_of_a_day_replaces_what_it_names_and_leaves_the_rest(film, mia, seb):
    others = [film.log(seb, MARCH, rating=1, note="Mine."), film.log(mia, NEXT_DAY, rating=1, note="Mine.")]
    film.log(mia, MARCH, feelings=["joy"], tags=["cinema"], rating=6, note="One.", public=True)
    film.log(mia, MARCH, feelings=[], tags=[], rating=None, liked=True)
    entry = DiaryEntry.objects.get(member=mia, date=MARCH)
    assert (entry.feelings, entry.tags, entry.rating, entry.liked) == (["joy"], ["cinema"], 6, True)
    assert (entry.note, entry.public, entry.audience) == ("One.", True, "")
    film.log(mia, MARCH, feelings=["fear"], tags=["rain"], rating=8, note="Two.", public=True, audience="me")
    entry.refresh_from_db()
    assert (entry.feelings, entry.tags, entry.rating, entry.liked) == (["fear"], ["rain"], 8, True)
    assert (entry.note, entry.public, entry.audience) == ("One.\n\nTwo.", True, "me")
    for other in others:
        other.refresh_from_db()
        assert (other.rating, other.note, other.public) == (1, "Mine.", False)


def test_who_was_suspended_meanwhile_writes_no_entry(film, mia):
    mia.suspend(moderator(), "Pills")
    with pytest.raises(Suspended):
        film.log(mia, MARCH)
    assert not DiaryEntry.objects.exists()


def test_of_one_day_there_is_one_entry_of_each_part_and_one_more_of_each_seen_again(series, mia, seb):
    parts = [(None, None), (1, None), (1, 2), (2, 2)]
    entries = {
        (part, again): series.log(mia, MARCH, *part, rewatch=again)
        for part in parts
        for again in (False, True)
    }
    assert len({entry.pk for entry in entries.values()}) == 2 * len(parts)
    for (part, again), entry in entries.items():
        assert series.log(mia, MARCH, *part, rewatch=again).pk == entry.pk
        assert series.forget(entry)
        newer = series.log(mia, MARCH, *part, rewatch=again)
        with pytest.raises(DayTaken):
            series.undelete_entry(entry.pk, mia)
        series.forget(newer)
        assert (series.undelete_entry(entry.pk, seb), series.undelete_entry(entry.pk, mia)) == (False, True)
    assert Film.objects.get(pk=series.pk).log_count == 2 * len(parts)


def test_nobody_revises_an_entry_of_a_film_that_is_out_of_sight(film, mia):
    entry = film.log(mia, MARCH, rating=4)
    said = {"date": MARCH, "feelings": [], "rating": 9, "liked": False, "rewatch": False, "tags": []}
    film.remove(moderator(), "spam")
    with pytest.raises(FilmGone):
        film.revise_entry(entry, **said)
    film.restore(moderator())
    assert (film.ratings.get().stars, film.revise_entry(entry, **said), film.ratings.get().stars) == (
        4,
        True,
        9,
    )
    film.forget(entry)
    assert (film.revise_entry(entry, **said), film.ratings.count()) == (False, 0)


def test_of_two_films_that_are_one_a_second_entry_of_a_day_was_seen_again_and_a_third_goes(series, mia, seb):
    twin = make_film("Severance again", medium="series")
    for part in ((None, None), (1, 2)):
        series.log(mia, MARCH, *part)
        for again in (False, True):
            twin.log(mia, MARCH, *part, rewatch=again)
    for entry in ((mia, NEXT_DAY, 1, 2), (mia, MARCH, 1, 3), (mia, MARCH, 2, 2), (seb, MARCH, 1, 2)):
        twin.log(*entry, rewatch=True)
    twin.log(mia, NEXT_DAY, 1, 2)
    twin.merge_into(moderator(), series)
    columns = ("member__username", "date__day", "season", "episode", "rewatch")
    assert sorted(series.diary_entries.values_list(*columns), key=str) == sorted(
        [
            *(("mia", 14, *part, again) for part in ((None, None), (1, 2)) for again in (False, True)),
            *(("mia", 15, 1, 2, again) for again in (False, True)),
            ("mia", 14, 1, 3, True),
            ("mia", 14, 2, 2, True),
            ("seb", 14, 1, 2, True),
        ],
        key=str,
    )
    counts = Film._base_manager.filter(pk__in=(series.pk, twin.pk)).order_by("pk")
    assert list(counts.values_list("pk", "log_count")) == [(series.pk, 9), (twin.pk, 0)]


def test_what_was_seen_again_in_both_films_is_for_once_said_to_be_seen_first(film, mia):
    twin = make_film("La La Land again")
    for one in (film, twin):
        one.log(mia, MARCH, rewatch=True)
    twin.merge_into(moderator(), film)
    assert sorted(film.diary_entries.values_list("rewatch", flat=True)) == [False, True]
