"""What one filters is left out of feeds, search, suggestions, relive mode, notifications and letters too."""

import pytest
from django.urls import reverse

from moments.models import Filter, Follow, Notification, SongUse
from moments.search.indexed_words import WORD_COLUMNS
from moments.search.schema import INDEXES
from tests.support.filters import make_dance, what_of
from tests.support.makers import make_comment, make_moment, make_song
from tests.support.notifications import choose_mail, inbox_of, news_of, send_all, tell_all, unread_of
from tests.support.rows import for_each
from tests.support.search import found
from tests.support.viewers import viewing

COLUMNS = ("tag", "film", "post", "word")


def test_the_columns_of_the_index_are_those_that_hold_words():
    assert {index.table: len(index.texts) for index in INDEXES if index.table in WORD_COLUMNS} == WORD_COLUMNS


@pytest.fixture
def dance(film, mia):
    return make_dance(film, mia)


def begin(member, column, dance):
    Filter.objects.add(member, column, what_of(dance)[column])


@for_each("column", COLUMNS)
def test_the_feed_of_what_one_follows_leaves_it_out(column, as_seb, seb, mia, dance):
    Follow.objects.follow(seb, person=mia)
    tell_all()
    titles = [[post.title for post in as_seb.get("/following/").context["posts"]]]
    begin(seb, column, dance)
    titles.append([post.title for post in as_seb.get("/following/").context["posts"]])
    assert titles == [["The Dänce", "Quiet"], ["Quiet"]]


@for_each("column", COLUMNS)
def test_search_finds_neither_the_post_nor_what_is_said_about_it(column, seb, keith, dance):
    make_comment(dance, keith, "Whiskers.")
    before = [found(text, viewer=viewing(seb)) for text in ("dance", "whiskers")]
    begin(seb, column, dance)
    after = [found(text, viewer=viewing(seb)) for text in ("dance", "whiskers")]
    assert [list(kinds) for kinds in before] == [["posts", "tags"], ["comments"]]
    assert [kind for kinds in after for kind in kinds if kind != "tags"] == []


@for_each("column", COLUMNS)
def test_nothing_is_offered_below_the_search_field(column, as_seb, seb, dance):
    assert "The Dänce" in as_seb.get("/search/suggest/?q=danc").text
    begin(seb, column, dance)
    assert "The Dänce" not in as_seb.get("/search/suggest/?q=danc").text


def test_a_muted_film_and_a_muted_tag_are_not_found_by_name(seb, dance):
    assert (found("cats", viewer=viewing(seb)), found("tap", viewer=viewing(seb))["tags"]) == (
        {"films": ["Cats"]},
        ["tap dance"],
    )
    begin(seb, "film", dance), begin(seb, "tag", dance)
    assert [found(text, viewer=viewing(seb)) for text in ("cats", "tap")] == [{}, {}]


@for_each("column", ["tag", "post", "word"])
def test_relive_mode_goes_on_as_if_it_had_not_been_shared(column, as_seb, seb, mia, dance):
    last = make_moment(dance.film, mia, "The End", position=2.0)
    song = make_song(dance.film, mia, "The tune", tags=["tap dance"], body="A dance.")
    SongUse.objects.create(song_id=song.pk, moment_id=last.pk)
    cover = reverse("film-relive", args=[dance.film.slug])
    assert len(as_seb.get(cover).context["walkthrough"]) == 2
    begin(seb, column, dance)
    assert len(as_seb.get(cover).context["walkthrough"]) == 1
    heard = as_seb.get(reverse("relive-moment", args=[dance.film.slug, last.pk])).context["heard"]
    assert len(heard) == (1 if column == "post" else 0)


def test_relive_mode_of_a_muted_film_can_be_opened(as_seb, seb, dance):
    begin(seb, "film", dance)
    page = as_seb.get(reverse("film-relive", args=[dance.film.slug]))
    assert len(page.context["walkthrough"]) == 1


# Notifications.


@for_each("column", COLUMNS)
def test_nobody_is_told_of_what_they_filter(column, seb, keith, mia, dance):
    mine = make_comment(dance, seb, "I was there.")
    tell_all()
    begin(seb, column, dance)
    make_comment(dance, keith, "So was I.", parent=mine)
    assert news_of(seb) == []
    assert news_of(mia)[0] == ("comment", "keith")


@for_each("column", COLUMNS)
def test_what_was_told_before_is_listed_no_more_and_comes_back(column, seb, keith, dance):
    make_comment(dance, keith, "So was I.", parent=make_comment(dance, seb, "I was there."))
    assert (news_of(seb), unread_of(seb)) == ([("reply", "keith")], 1)
    begin(seb, column, dance)
    assert (news_of(seb), unread_of(seb)) == ([], 0)
    Filter.objects.remove(seb, column, what_of(dance)[column])
    assert (news_of(seb), unread_of(seb)) == ([("reply", "keith")], 1)


@for_each("column", COLUMNS)
def test_authors_hear_of_their_own_posts_whatever_they_filter(column, mia, keith, dance):
    begin(mia, column, dance)
    make_comment(dance, keith, "So was I.")
    assert (news_of(mia), unread_of(mia)) == ([("comment", "keith")], 1)


def test_a_comment_with_a_muted_word_tells_nobody_who_muted_it(mia, keith, dance):
    Filter.objects.add(mia, "word", "jellicle")
    make_comment(dance, keith, "Jellicle cats."), make_comment(dance, keith, "Other cats.")
    tell_all()
    assert [row.said.body for row in inbox_of(mia)] == ["Other cats."]


def test_what_staff_did_is_told_in_any_case(seb, mia, keith, dance):
    comment = make_comment(dance, seb, "I was there.")
    begin(seb, "film", dance)
    comment.remove(keith, "spam")
    assert news_of(seb) == [("removal", None)]


@pytest.mark.parametrize("column", COLUMNS)
def test_letters_leave_it_out(column, seb, keith, dance, mailoutbox):
    choose_mail(seb, reply="at-once")
    make_comment(dance, keith, "So was I.", parent=make_comment(dance, seb, "I was there."))
    tell_all()
    begin(seb, column, dance)
    send_all()
    assert (Notification.objects.filter(member=seb).count(), mailoutbox) == (1, [])
