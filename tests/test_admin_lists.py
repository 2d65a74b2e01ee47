"""The lists of the staff: what they show first, what is found, and what they cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from moments.models import (
    Comment,
    Film,
    FilmArc,
    Moment,
    Song,
    SongUse,
    Source,
    Tag,
    Tagging,
    Trivia,
    Verdict,
)
from reelive import staff
from tests.support.admin import OURS, listed, one_of_each, page, shown
from tests.support.makers import (
    make_comment,
    make_copies,
    make_film,
    make_member,
    make_moment,
    make_trivia,
    moderator,
)
from tests.support.pages import select, text_of, texts, the, words_of


@pytest.fixture
def world(moment, seb):
    return one_of_each(moment, seb)


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_take_as_many_queries_for_a_hundred_rows(as_keith, world):
    addresses = [
        *(listed(model) for model in OURS),
        "/admin/",
        listed(Moment, q="scene"),
        listed(Comment, q="remark"),
    ]
    few = {address: queries(as_keith, address) for address in addresses}
    moment, song, claim, comment, film, tag, entry, member_list, seb = world
    names = {"username": "m{}".format, "email": "m{}@example.org".format}
    members = make_copies(seb, 100, date_joined=lambda _number: timezone.now(), **names)
    films = make_copies(film, 100, title="Film {}".format, slug="film-{}".format)
    of_members = {"author": members.__getitem__, "slug": "copy-{}".format}
    moments = make_copies(moment, 100, film=films.__getitem__, title="Scene {}".format, **of_members)
    tags = make_copies(tag, 100, name="tag {}".format, slug="tag-{}".format)
    tagging = Tagging.objects.filter(content_object=moment.pk).first()
    make_copies(tagging, 100, tag=tags.__getitem__, content_object=moments.__getitem__)
    make_copies(comment, 100, post=moments.__getitem__, author=members.__getitem__)
    make_copies(member_list, 100, **of_members)
    make_copies(song, 100, **of_members)
    make_copies(claim, 100, **of_members)
    make_copies(entry, 100, moment=moments.__getitem__, member=members.__getitem__)
    assert {address: queries(as_keith, address) for address in addresses} == few


def test_pages_with_rows_of_others_take_as_many_queries_for_twenty(as_keith, world):
    moment, song, claim = world[:3]
    few = [queries(as_keith, page(one)) for one in (moment, song, claim)]
    moments = make_copies(moment, 20, slug="copy-{}".format)
    songs = make_copies(song, 20, slug="copy-{}".format)
    for number in range(20):
        SongUse.objects.create(song=song, moment=moments[number])
        SongUse.objects.create(song=songs[number], moment=moment)
        Source.objects.create(trivia=claim, url=f"https://example.org/{number}", title="B")
        Verdict.objects.create(trivia=claim, member=make_member(f"v{number}"), stance="confirm")
    assert [queries(as_keith, page(one)) for one in (moment, song, claim)] == few


def test_a_list_counts_no_further_than_it_goes(as_keith, film, mia, monkeypatch):
    monkeypatch.setattr(staff, "COUNTED_AT_MOST", 3)
    monkeypatch.setattr(staff.StaffAdmin, "list_per_page", 2)
    for _ in range(5):
        make_moment(film, mia)
    response = as_keith.get(listed(Moment, show="latest"))
    paginator = response.context["cl"].paginator
    assert (paginator.num_pages, paginator.is_cut) == (2, True)
    assert re.findall(r"\d+", words_of(the(response, ".paginator")))[-1] == "3"


def test_a_list_opens_on_what_needs_work(as_keith, film, mia):
    old = make_moment(film, mia)
    assert shown(as_keith.get(listed(Moment))) == [old]
    fresh = make_moment(film, make_member("fresh", date_joined=timezone.now()))
    assert shown(as_keith.get(listed(Moment))) == [fresh]
    assert shown(as_keith.get(listed(Moment, show="latest"))) == [fresh, old]
    assert shown(as_keith.get(listed(Moment, show="nonsense"))) == [fresh]


def test_lists_show_what_is_hidden_withheld_and_deleted(as_keith, film, mia):
    hidden, deleted, withheld = (make_moment(film, mia) for _ in range(3))
    hidden.remove(moderator(), "spam")
    deleted.delete_by_author()
    film.remove(moderator(), "spam")
    assert [shown(as_keith.get(listed(Moment, show=show))) for show in ("hidden", "deleted", "withheld")] == [
        [hidden],
        [deleted],
        [withheld],
    ]
    assert shown(as_keith.get(listed(Film, show="hidden"))) == [film]


def test_films_without_a_summary_and_claims_without_a_source_come_first(as_keith, film, mia):
    make_film("ShareCard", summary="All of it.")
    sourced, bare = make_trivia(film, mia), make_trivia(film, mia)
    sourced.cite([("https://example.org/a", "A")])
    assert shown(as_keith.get(listed(Film))) == [film]
    assert shown(as_keith.get(listed(Trivia))) == [bare]


def test_staff_finds_by_words_and_hidden_rows_by_title(as_keith, film, mia, seb):
    lantern, other = make_moment(film, mia, "The amber lantern"), make_moment(film, mia, "The kite")
    hidden = make_moment(film, mia, "A lantern gone")
    hidden.remove(moderator(), "spam")
    remark = make_comment(other, seb, "Nobody saw the lantern.")
    assert shown(as_keith.get(listed(Moment, q="lanter"))) == [hidden, lantern]
    assert shown(as_keith.get(listed(Moment, q="lantern", show="hidden"))) == [hidden]
    assert shown(as_keith.get(listed(Comment, q="lantern"))) == [remark]
    assert shown(as_keith.get(listed(Moment, q="!!!"))) == []
    assert shown(as_keith.get(listed(Song, q="lantern"))) == []


def test_members_and_tags_are_found_by_their_beginning(as_keith, moment, seb):
    assert shown(as_keith.get(listed(User, q="SE"))) == [seb]
    assert shown(as_keith.get(listed(User, q="seb@example.org"))) == [seb]
    assert shown(as_keith.get(listed(Tag, q="tap"))) == list(Tag.objects.filter(name="tap dance"))


def test_moderators_do_not_see_addresses(as_anna, seb):
    assert shown(as_anna.get(listed(User, q="seb@example.org"))) == []
    assert "seb@example.org" not in text_of(as_anna.get(page(seb))) + text_of(as_anna.get(listed(User)))


def test_staff_read_a_stored_arc_and_change_none(as_keith, film):
    runs = [[number, number, number, None, None, [40, 0, 0, 0, {}], [2, 0, 0, 0, {}]] for number in (1, 43)]
    arc = FilmArc.objects.create(film=film, runs=runs, outdated=timezone.now())
    assert film.title in words_of(the(as_keith.get(listed(FilmArc)), "#result_list tr:has(.state.is-open)"))
    of_arc = as_keith.get(page(arc))
    told = texts(of_arc, ".field-dots .readonly, .field-moments .readonly")
    assert (told, select(of_arc, "#content input:not([type=hidden])")) == (["2", "84"], [])
    refused = [as_keith.post(page(arc, verb), {"post": "yes"}).status_code for verb in ("change", "delete")]
    assert refused == [403, 403]
    assert FilmArc.objects.get().runs == runs
