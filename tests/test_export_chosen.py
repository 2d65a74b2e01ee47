"""What an export holds of what members put together and chose: lists, drafts, filters."""

import pytest
from django.utils import timezone

from moments.models import Filter, ListEntry, ListWriter
from tests.support.exports import make_export, opened, rows_of
from tests.support.makers import make_draft, make_list

pytestmark = pytest.mark.django_db


def test_of_a_list_there_are_all_entries_and_no_note_of_another(film, moment, mia, seb):
    shared, theirs = make_list(mia, moment, title="Dances", note="Mine."), make_list(seb, title="Theirs")
    ListWriter.objects.create(member_list=shared, member=seb, accepted=timezone.now())
    ListWriter.objects.create(member_list=theirs, member=mia, accepted=timezone.now())
    ListEntry.objects.add(shared, seb, film, "A secret of seb.")
    ListEntry.objects.add(theirs, mia, film, "Mine, too.")
    theirs.upvote(mia)
    archive = opened(make_export(mia))
    assert [(row["title"], row["address"]) for row in rows_of(archive, "lists")] == [("Dances", shared.link)]
    entries = [(row["list"], row["film"], row["note"]) for row in rows_of(archive, "list-entries")]
    assert entries == [
        (shared.link, "", "Mine."),
        (shared.link, film.slug, ""),
        (theirs.link, film.slug, "Mine, too."),
    ]
    assert [row["list"] for row in rows_of(archive, "list-writers")] == [theirs.link]
    assert [row["list"] for row in rows_of(archive, "list-upvotes")] == [theirs.link]


def test_what_one_began_to_write_and_does_not_want_to_meet_is_in_it(film, moment, mia):
    make_draft(mia, film)
    Filter.objects.add(mia, "word", "blood")
    Filter.objects.add(mia, "film", film.pk)
    archive = opened(make_export(mia))
    assert [row["film"] for row in rows_of(archive, "drafts")] == [film.slug]
    filters = [(row["word"], row["film"]) for row in rows_of(archive, "filters")]
    assert filters == [("blood", ""), ("", film.slug)]
