"""What members bring stays theirs: what they changed here, what waits, and what happens meanwhile."""

import random
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moments.archives.bringing import making, reading, writing
from moments.archives.bringing.choices import Choices, Words
from moments.archives.homecoming import archive, columns, recognise
from moments.models import (
    BroughtRow,
    DiaryEntry,
    Episode,
    FeedEntry,
    Film,
    FilmTrait,
    Homecoming,
    Progress,
    Rating,
    Review,
    WaitingRecord,
    WaitingWork,
    homecoming,
    waiting_work,
)
from moments.models.episode import add_episodes
from moments.models.erasure import erase
from moments.models.homecoming import HomecomingRunning
from moments.views.films import FILM_ORDERS
from tests.support.bringing import bring, brought, held, join, undo, work
from tests.support.counters import differences
from tests.support.homecoming import DIARY, TV_TIME, diary, zipped
from tests.support.makers import make_film, make_member, make_title

pytestmark = pytest.mark.django_db
RATINGS = "Date,Name,Year,Letterboxd URI,Rating\n"
REVIEWS = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
DAY = date(2024, 2, 1)


def films(*titles):
    return [make_film(title, year=1999) for title in titles]


def stars(member):
    return dict(Rating.objects.filter(member=member).values_list("film__title", "stars"))


def test_what_the_member_wrote_or_changed_here_stays(mia):
    heat, ran, jaws = films("Heat", "Ran", "Jaws")
    Rating.objects.say(mia, heat, 3)
    ran.log(mia, DAY, note="My own.")
    files = {
        "diary.csv": diary(("Heat", 5, DAY), ("Ran", 4, DAY), ("Jaws", 2, DAY), ("Jaws", 3, "2024-02-09"))
    }
    row = bring(mia, files | {"ratings.csv": f"{RATINGS}2024-05-01,Heat,1999,https://boxd.it/f,1\n"})
    assert stars(mia) == {"Heat": 3, "Ran": None, "Jaws": 6}
    changed = jaws.diary_entries.get(date=DAY)
    jaws.revise_entry(changed, date=DAY, feelings=["joy"], rating=10)
    heat.forget(heat.diary_entries.get())
    assert bring(mia, files).outcome["seen"] == {"known": 4}, "also the one that was deleted here"
    assert undo(row) == {"gone": 1, "stay": 1}
    assert [entry.date for entry in jaws.diary_entries.all()] == [DAY]
    assert (stars(mia), differences()) == ({"Heat": 3, "Ran": None, "Jaws": 10}, {})
    assert ran.diary_entries.get().note == "My own."


def test_a_later_export_brings_what_is_new_and_its_undo_leaves_the_rest(mia):
    films("Heat", "Ran")
    first = bring(mia, {"diary.csv": diary(("Heat", 4, DAY))})
    review = f"{REVIEWS}2024-03-01,Heat,1999,https://boxd.it/Heat,4,,<b>Ham</b>,,{DAY}\n"
    more = {"diary.csv": diary(("Heat", 4, DAY), ("Ran", "", DAY)), "reviews.csv": review}
    more["ratings.csv"] = f"{RATINGS}2024-06-01,Heat,1999,https://boxd.it/f1,5\n"
    later = bring(mia, more)
    entry = DiaryEntry.objects.get(whole_film__title="Heat")
    assert (entry.note, entry.note_html, entry.rating) == ("**Ham**", "<p><strong>Ham</strong></p>", 8)
    assert stars(mia) == {"Heat": 10, "Ran": None}
    assert undo(later)["stay"] == 0
    entry.refresh_from_db()
    assert (entry.note, entry.note_html, stars(mia), differences()) == ("", "", {"Heat": 8}, {})
    assert undo(first) == {"gone": 1, "stay": 0}
    assert (brought(mia), differences()) == ({}, {})


def test_two_places_tell_of_one_evening(mia):
    films("Heat")
    bring(mia, {"diary.csv": diary(("Heat", 4, DAY))})
    movary = f"title,year,tmdbId,imdbId,watchedAt,comment,location\nHeat,1999,,,{DAY},,\nHeat,1999,,,,,\n"
    assert bring(mia, movary, "history.csv").outcome == {"seen": {"known": 2}}
    assert DiaryEntry.objects.count() == 1


def test_progress_only_moves_forward_and_back_as_far_as_it_was_moved(mia):
    heat, ran, jaws = films("Heat", "Ran", "Jaws")
    Progress.objects.advance(mia, heat)
    Progress.objects.move_forward(mia, ran, 600)
    row = bring(mia, {"diary.csv": diary(*((title, "", DAY) for title in ("Heat", "Ran", "Jaws")))})
    assert [Progress.objects.of(mia, film).is_all for film in (heat, ran, jaws)] == [True] * 3
    undo(row)
    points = [Progress.objects.of(mia, film) for film in (heat, ran, jaws)]
    assert (points[0].is_all, points[1].story_time, points[2]) == (True, 600, None)


def test_titles_of_the_catalogue_become_films_that_are_no_news(mia, film):
    for title in ("Heat", "Ran", "La La Land"):
        make_title(title, year=1999, genres=["crime", "drama"])
    row = bring(mia, {"diary.csv": diary(("Heat", 4, DAY), ("Ran", 3, DAY), ("La La Land", 2, DAY))})
    assert row.outcome["seen"] == {"made": 3}
    newest = Film.objects.order_by(*FILM_ORDERS["newest"][1]).values_list("slug", "added_by")
    assert list(newest) == [
        ("la-la-land", film.added_by_id), ("la-la-land-1999", None), ("ran", None), ("heat", None)
    ]  # fmt: skip
    assert FilmTrait.objects.filter(value__in=["crime", "drama"]).count() == 6
    assert undo(row)["gone"] == 3
    assert (Film.objects.count(), differences()) == (4, {})


def test_what_has_no_film_waits_until_it_appears_is_called_so_or_is_chosen(mia):
    rows = [
        ("Heat", 4, DAY),
        ("Heat", 5, "2024-02-05"),
        ("Ran", 3, DAY),
        ("Jaws", "", DAY),
        ("Crash", 1, DAY),
    ]
    row = bring(mia, {"diary.csv": diary(*rows)})
    assert row.outcome["seen"] == {"waits": 5}
    most = WaitingWork.objects.of(mia).waiting().first()
    assert (most.title, most.records) == ("Heat", 2)
    join()
    assert WaitingRecord.objects.count() == 5
    heat, other = films("Heat", "Another")
    join()
    other.title = "Ran"
    other.revise(mia)
    join()
    jaws, crash = (WaitingWork.objects.get(name=name) for name in ("jaws", "crash"))
    assert [jaws.choose(heat), crash.leave()] == [1, 1]
    films("Crash")
    join()
    assert [(work.title, work.is_left) for work in WaitingWork.objects.all()] == [("Crash", True)]
    assert sorted(DiaryEntry.objects.values_list("whole_film__title", "date__day", "rating")) == [
        ("Heat", 1, 8), ("Heat", 5, 10), ("Ran", 1, 6)
    ]  # fmt: skip
    row.refresh_from_db()
    assert row.outcome["seen"] == {"waits": 1, "made": 3, "known": 1}
    assert bring(mia, {"diary.csv": diary(*rows)}).outcome["seen"] == {"known": 4, "waits": 1}
    assert undo(row)["stay"] == 0
    assert (brought(mia), WaitingWork.objects.count(), differences()) == ({}, 0, {})


def test_episodes_without_numbers_wait_for_them(mia):
    lost = make_film("Lost", year=2004, medium="series")
    rows = 'Title,Date\n"Lost: Season 1: Pilot","1/15/24"\n"Lost: Season 1: Walkabout","1/16/24"\n'
    assert bring(mia, rows, "NetflixViewingHistory.csv").outcome["seen"] == {"waits": 2}
    (waiting,) = WaitingWork.objects.of(mia).without_numbers()
    assert (waiting.film, waiting.records) == (lost, 2)
    add_episodes(lost, [Episode(film=lost, season=1, number=1, title="Pilot")], mia)
    join()
    assert list(lost.diary_entries.values_list("season", "episode")) == [(1, 1)]
    assert (WaitingWork.objects.get().records, Progress.objects.of(mia, lost).is_all) == (1, False)


def test_feelings_are_for_their_member_alone_and_keep_their_number(mia, seb):
    series = make_film("Severance", year=2022, medium="series", tvdb="371980")
    bring(mia, TV_TIME)
    (felt,) = BroughtRow.objects.felt(mia, series)
    said = (felt.season, felt.episode, felt.feelings, felt.audience, felt.raw)
    assert said == (1, 1, ["laughter"], "me", "33")
    assert DiaryEntry.objects.visible_to(mia).filter(pk=felt.pk).exists()
    assert not DiaryEntry.objects.visible_to(seb).filter(pk=felt.pk).exists()
    assert list(BroughtRow.objects.felt(seb, series)) == []


def test_reviews_become_posts_of_then_where_that_is_wanted(mia, seb):
    (heat,) = films("Heat")
    text = f'{REVIEWS}2024-03-01,Heat,1999,https://boxd.it/Heat,4,,"A *film*.\nOf its time.",sea,{DAY}\n'
    row = bring(mia, {"reviews.csv": text}, reviews=Words.POSTS)
    review = Review.objects.get()
    said = (review.title, review.rating, review.created.date(), review.author, review.film)
    assert said == ("A *film*.", 8, DAY, mia, heat)
    assert (FeedEntry.objects.count(), DiaryEntry.objects.count(), differences()) == (0, 0, {})
    assert undo(row) == {"gone": 1, "stay": 0}
    assert (Review.objects.listed().count(), differences()) == (0, {})


def of(member):
    """What follows from a diary."""
    ratings = Rating.objects.filter(member=member).order_by("film").values_list("film", "stars", "date")
    return list(ratings), DiaryEntry.objects.filter(member=member).count(), stars(member)


def test_many_at_once_come_to_what_each_by_itself_would(mia):
    titles = {film.title: film for film in films("Heat", "Ran", "Jaws")}
    for seed in range(12):
        dice, ann, bob = random.Random(seed), make_member(f"ann{seed}"), make_member(f"bob{seed}")
        days = [f"2024-02-0{dice.randint(1, 4)}" for _row in range(9)]
        rows = {
            (dice.choice([*titles]), day, dice.choice(["", "Yes"])): dice.choice(["", 1, 3, 5])
            for day in days
        }
        line = "2024-03-01,{0},1999,https://boxd.it/x,{3},{2},,{1}\n".format
        bring(ann, {"diary.csv": DIARY + "".join(line(*row, given) for row, given in rows.items())})
        for (title, day, again), given in rows.items():
            said = {"rewatch": bool(again), "rating": given * 2 if given else None}
            titles[title].log(bob, date.fromisoformat(day), **said)
        assert of(ann) == of(bob), seed
    assert differences() == {}


def statements(member, numbers):
    row = held(member, {"diary.csv": diary(*((f"F{number:03}", 4, DAY) for number in numbers))})
    row.begin(Choices().as_json())
    with CaptureQueriesContext(connection) as asked:
        making.make_due(timezone.now())
    row.refresh_from_db()
    assert (row.outcome["seen"], row.state) == ({"made": len(numbers)}, "done")
    undo(row)
    return len(asked)


def test_five_hundred_records_take_as_many_statements_as_fifty(mia, seb):
    for number in range(250):
        make_film(f"F{number:03}", year=1999)
    for number in range(250, 500):
        make_title(f"F{number:03}", year=1999)
    assert statements(mia, range(240, 290)) == statements(seb, [*range(200), *range(290, 500)])
    assert statements(make_member("ann"), range(50)) == statements(make_member("bob"), range(500))
    assert differences() == {}


def test_one_is_written_at_a_time_and_can_be_stopped_and_continued(mia, monkeypatch):
    monkeypatch.setattr(reading, "RECORDS_AT_ONCE", 1)
    films("Heat", "Ran")
    row = held(mia, {"diary.csv": diary(("Heat", 4, DAY), ("Ran", 3, DAY))})
    row.begin(Choices().as_json())
    making.make_due(timezone.now())
    with pytest.raises(HomecomingRunning):
        held(mia, {"diary.csv": diary(("Heat", 4, DAY))})
    assert (row.stop(), row.stop(), making.make_due(timezone.now())) == (True, False, False)
    with pytest.raises(HomecomingRunning):
        held(mia, {"diary.csv": diary(("Heat", 4, DAY))})
    assert DiaryEntry.objects.count() == 1
    assert row.go_on()
    work()
    row.refresh_from_db()
    assert (DiaryEntry.objects.count(), row.state, row.passed) == (2, "done", 2)


def test_a_step_that_was_killed_is_taken_again(mia, monkeypatch):
    films("Heat")
    row = held(mia, {"diary.csv": diary(("Heat", 4, DAY))})
    row.begin(Choices().as_json())

    def killed(*_of):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_note", killed)
        with pytest.raises(KeyboardInterrupt):
            making.make_due(timezone.now())
    assert (DiaryEntry.objects.count(), making.make_due(timezone.now())) == (0, False)
    assert making.make_due(timezone.now() + timedelta(minutes=11))
    assert (DiaryEntry.objects.count(), differences()) == (1, {})


def test_who_leaves_and_films_that_go_meanwhile_do_no_harm(mia, seb, keith):
    heat, ran = films("Heat", "Ran")
    Film.objects.filter(pk=ran.pk).update(letterboxd="ran")
    rows = diary(("Heat", 4, DAY), ("Ran", 4, DAY), ("Jaws", 4, DAY))
    rows = {"diary.csv": rows.replace("https://boxd.it/Ran", "https://letterboxd.com/film/ran/")}
    ours, theirs = held(mia, rows), held(seb, rows)
    ours.begin(Choices().as_json()), theirs.begin(Choices().as_json())
    heat.remove(keith, "copyright")
    ran.merge_into(keith, films("Ran again")[0])
    erase(seb, take_texts=True)
    seb.delete()
    work()
    assert [entry.whole_film.title for entry in DiaryEntry.objects.all()] == ["Ran again"]
    assert sorted(work.title for work in WaitingWork.objects.all()) == ["Heat", "Jaws"]
    erase(mia, take_texts=True)
    mia.delete()
    rows = [model.objects.count() for model in (Homecoming, BroughtRow, WaitingWork, WaitingRecord)]
    assert (rows, differences()) == ([0, 0, 0, 0], {})


def test_files_go_as_soon_as_they_are_read_or_written(mia, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        broken = held(mia, {"diary.csv": DIARY + '2024-03-01,"Heat'})
        row = held(mia, {"diary.csv": diary(("Heat", 4, DAY))})
    assert (broken.state, broken.problem, broken.segments) == ("failed", "Unreadable", [])
    names = [row.file_name, row.segment_name(0)]
    assert [storages["private"].exists(name) for name in (broken.file_name, *names)] == [False, False, True]
    row.begin(Choices().as_json())
    with django_capture_on_commit_callbacks(execute=True):
        work()
    assert not storages["private"].exists(row.segment_name(0))


def test_after_thirty_days_it_is_forgotten_and_brings_nothing_twice(mia):
    films("Heat")
    row = bring(mia, {"diary.csv": diary(("Heat", 4, DAY))})
    later = timezone.now() + timedelta(days=30, minutes=1)
    Homecoming.objects.filter(pk=row.pk).update(begun=row.begun - timedelta(days=30))
    row.refresh_from_db()
    assert (row.can_be_undone, row.undo()) == (False, False)
    Homecoming.objects.expire(later)
    assert Homecoming.objects.count() == 0
    Film.objects.get().diary_entries.all().delete()
    assert bring(mia, {"diary.csv": diary(("Heat", 4, DAY))}).outcome["seen"] == {"known": 1}


def test_the_limits_are_those_that_are_written_down():
    text = (settings.BASE_DIR / "docs" / "limits.md").read_text(encoding="utf-8")
    (files,) = re.findall(r"\| files that members bring.*", text)
    (waits,) = re.findall(r"\| what waits for its film.*", text)
    for said in (
        f"{homecoming.MOST_HOMECOMINGS} in {homecoming.UNDONE_FOR.days} days",
        f"{recognise.MOST_RECORDS:,} records",
        f"{archive.MOST_FILES:,} files | {archive.LARGEST_ARCHIVE // archive.MIB} MiB",
        f"unpacked {archive.MOST_UNPACKED // archive.MIB} MiB, ",
        f" a row {columns.LONGEST_ROW // archive.MIB} MiB",
        f"{homecoming.OF_ALL // 1024**3} GiB of all",
    ):
        assert said in files
    assert f"{waiting_work.MOST_WAITING:,} records" in waits


def test_only_named_members_of_a_zip_are_opened(mia):
    row = held(mia, zipped(TV_TIME))
    assert "access_token.csv" not in row.found["opened"]
    assert ["access_token.csv", False] in row.found["skipped"]
