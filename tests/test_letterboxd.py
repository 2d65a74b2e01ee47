"""Letterboxd's export, and the table that it takes in."""

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest

from moments.archives.homecoming.refusals import Unknown, WhichList
from tests.support.homecoming import FORM, LETTERBOXD, brought, said, zipped
from tests.support.rows import for_each


@pytest.fixture(scope="module")
def letterboxd():
    return brought(LETTERBOXD)


def test_entries_keep_their_days_ratings_tags_and_addresses(letterboxd):
    asked = ("year", "day", "rating", "is_rewatch", "tags", "key")
    assert said(letterboxd[0], "diary", *asked) == [
        ("Ponyo", 2008, date(2024, 2, 29), 9, False, ("sea", "with mum"), "https://boxd.it/e1"),
        ("Crash", 1996, date(2024, 3, 2), 1, True, (), "https://boxd.it/e2"),
        ("Crash", 2004, date(2024, 3, 2), None, False, (), "https://boxd.it/e3"),
    ]


def test_a_review_has_its_paragraphs_and_the_address_of_its_entry(letterboxd):
    text = 'Ham!\n\n<i>Waves</i>, "waves" 🌊'
    assert said(letterboxd[0], "review", "text", "key", "day") == [
        ("Ponyo", text, "https://boxd.it/e1", date(2024, 2, 29))
    ]


def test_what_the_diary_says_was_seen_is_not_said_again(letterboxd):
    assert said(letterboxd[0], "seen", "day") == [("Heat", None)]


def test_only_an_old_address_says_which_film_it_is(letterboxd):
    assert said(letterboxd[0], "rating", "rating", "ids") == [
        ("Ponyo", 9, {}),
        ("Heat", 6, {"letterboxd": "heat-1995"}),
    ]
    assert letterboxd[1].left_out == 1


def test_a_list_is_two_tables(letterboxd):
    text = "One line.\n\nAnother."
    asked = ("list_name", "text", "tags", "raw", "key")
    assert said(letterboxd[0], "list", *asked) == [
        ("", "By the sea", text, ("blue", "wet"), "", "https://boxd.it/l1")
    ]
    assert said(letterboxd[0], "list entry", *asked) == [
        ("Ponyo", "By the sea", "", (), "1", "https://boxd.it/l1"),
        ("Jaws, again", "By the sea", "two\nlines", (), "2", "https://boxd.it/l1"),
    ]


def test_comments_on_own_entries_come_along_and_others_are_counted(letterboxd):
    records, found = letterboxd
    assert said(records, "comment", "text", "day", "key") == [
        ("Ponyo", "I mean the sea", date(2024, 3, 5), "https://boxd.it/e1")
    ]
    assert found.unkept == {"comments": 2}
    alone = brought(LETTERBOXD["comments.csv"], "comments.csv")
    assert (alone[0], alone[1].unkept) == ([], {"comments": 3})


def test_what_was_deleted_there_is_not_brought(letterboxd):
    records, found = letterboxd
    assert set(found.skipped) == {"deleted/diary.csv", "likes/lists.csv", "profile.csv"}
    assert "Gone" not in {record.work.title for record in records}
    assert found.counts == {
        "diary": 3, "review": 1, "rating": 2, "seen": 1, "like": 1, "watchlist": 1, "list": 1,
        "list entry": 2, "comment": 1,
    }  # fmt: skip


def test_folders_around_all_files_change_nothing(letterboxd):
    files = LETTERBOXD | {"__MACOSX/._diary.csv": "\0", ".DS_Store": "\0"}
    records, found = brought(zipped(files, folder="mine/letterboxd-nobody/"))
    assert (records, set(found.skipped)) == (letterboxd[0], set(letterboxd[1].skipped))


def test_a_file_beside_the_folder_changes_nothing(letterboxd):
    files = {f"mine/letterboxd-nobody/{name}": content for name, content in LETTERBOXD.items()}
    records, found = brought(files | {"note.txt": "mine", "mine/table.csv": "a,b\n"})
    assert records == letterboxd[0]
    assert set(found.skipped) == {*letterboxd[1].skipped, "note.txt", "mine/table.csv"}


def test_lists_alone_are_lists(letterboxd):
    name = "lists/by-the-sea.csv"
    for folder in ("", "mine/"):
        records, found = brought({folder + name: LETTERBOXD[name]})
        assert records == [record for record in letterboxd[0] if record.part.startswith("list")]
        assert found.opened == [name]


def with_separator(text, separator):
    """The table as a spreadsheet saves it anew where commas stand in numbers."""
    rows = list(csv.reader(io.StringIO(text)))
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows([saved(cell) for cell in row] for row in rows)
    return written.getvalue()


def saved(cell):
    if day := re.fullmatch(r"(\d{4})-0?(\d+)-0?(\d+)", cell):
        return f"{day[3]}.{day[2]}.{day[1]}"
    return cell.replace(".", ",") if cell in ("4.5", "0.5") else cell


@for_each("separator", ";\t")
def test_a_table_that_was_saved_anew_has_another_separator(separator, letterboxd):
    files = {
        name: with_separator(content, separator) if name.endswith(".csv") else content
        for name, content in LETTERBOXD.items()
    }
    records, found = brought(files)
    assert ([replace(record, raw="") for record in records], found) == (
        [replace(record, raw="") for record in letterboxd[0]],
        letterboxd[1],
    )
    with pytest.raises(Unknown):
        brought(with_separator("a,b\n1,2\n", separator), "diary.csv")


def test_one_file_alone_says_by_its_name_which_list_it_is():
    films = LETTERBOXD["watched.csv"]
    parts = {name: {record.part for record in brought(films, name)[0]}
             for name in ("my watchlist.csv", "watched(1).csv", "films.csv")}  # fmt: skip
    assert parts == {"my watchlist.csv": {"watchlist"}, "watched(1).csv": {"seen"}, "films.csv": {"like"}}
    with pytest.raises(WhichList):
        brought(films, "table.csv")


def test_the_form_that_letterboxd_takes_in_is_read_as_well():
    records, found = brought(FORM, "form.csv")
    assert found.source == "letterboxd-form"
    assert said(records, "diary", "ids", "rating", "is_rewatch", "text") == [
        ("Ponyo", {"imdb": "tt0876563", "tmdb": "12429"}, 9, True, "=cmd|' /C calc'!A0")
    ]
    assert said(records, "rating", "rating") == [("Heat", 6)]
