"""What a viewer mutes beside members: tags, films, words and single posts, for a time or for good."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.deletion import delete_account
from accounts.models import User
from moments.models import Event, Filter, Mute, Post, Tag
from moments.models.filter import MOST_FILTERS, Filters, TooManyFilters, without_filtered
from moments.tasks import tidy
from tests.support.filters import TOMORROW, YESTERDAY, make_dance, shown, verb, what_of
from tests.support.makers import make_comment, make_copies, make_film, make_member, make_moment
from tests.support.pages import select, texts, the
from tests.support.rows import for_each


@pytest.fixture
def dance(film, mia):
    return make_dance(film, mia)


@for_each("column", ["tag", "film", "post", "word"])
def test_a_member_filters_something_once_and_undoes_that(column, as_seb, seb, dance):
    value = what_of(dance)[column]
    assert shown(as_seb) == ["The Dänce", "Quiet"]
    for _twice in range(2):
        as_seb.post(verb("add", column, value))
        assert (Filter.objects.filter(member=seb).count(), shown(as_seb)) == (1, ["Quiet"])
    for _twice in range(2):
        as_seb.post(verb("remove", column, value))
        assert (Filter.objects.count(), shown(as_seb)) == (0, ["The Dänce", "Quiet"])


@for_each("column", ["tag", "film", "post", "word"])
def test_what_belongs_to_the_viewer_is_never_left_out(column, as_mia, mia, dance):
    Filter.objects.add(mia, column, what_of(dance)[column])
    dance.relive(mia)
    assert shown(as_mia) == ["The Dänce", "Quiet"]
    assert "The Dänce" in as_mia.get("/members/mia/diary/").text


@for_each("column", ["tag", "film", "post", "word"])
def test_a_post_opened_by_its_address_is_shown_and_says_why_it_is_left_out(column, as_seb, seb, dance):
    page = as_seb.get(dance.get_absolute_url())
    assert select(page, ".filtered") == []
    value = what_of(dance)[column]
    Filter.objects.add(seb, column, value)
    page = as_seb.get(dance.get_absolute_url())
    assert the(page, "h1").text == "The Dänce"
    assert [form["action"] for form in select(page, ".filtered form")] == [verb("remove", column, value)]


def test_the_page_of_a_muted_tag_or_film_shows_what_is_on_it(as_seb, seb, dance):
    tag = dance.tag_list[0]
    Filter.objects.add(seb, "film", dance.film_id)
    assert shown(as_seb, dance.film.get_absolute_url()) == ["The Dänce"]
    assert texts(as_seb.get(dance.film.get_absolute_url()), ".mute-sign") == ["Muted"]
    assert shown(as_seb, tag.get_absolute_url()) == []  # it is still of a muted film
    Filter.objects.remove(seb, "film", dance.film_id)
    Filter.objects.add(seb, "tag", tag.pk)
    assert shown(as_seb, tag.get_absolute_url()) == ["The Dänce"]
    assert texts(as_seb.get(tag.get_absolute_url()), ".mute-sign") == ["Muted"]


def test_a_hidden_post_is_on_no_page_of_its_film_or_author(as_seb, seb, dance):
    Filter.objects.add(seb, "post", dance.pk)
    assert [shown(as_seb, url) for url in (dance.film.get_absolute_url(), "/members/mia/")] == [[], ["Quiet"]]


def test_only_a_member_hides_posts_and_never_their_own(as_mia, client, dance):
    hide = verb("add", "post", dance.pk)
    assert hide not in as_mia.get(dance.labels_url).text
    client.logout()
    assert hide not in client.get(dance.labels_url).text
    assert client.post(hide)["Location"] == f"/accounts/login/?next={quote(f'/posts/{dance.pk}/', '')}"


def test_the_menu_of_a_veiled_post_tells_no_tag(as_seb, seb, dance):
    Post.objects.filter(pk=dance.pk).update(spoiler=True)
    menu = as_seb.get(dance.labels_url).text
    assert (verb("add", "film", dance.film_id) in menu, "tap dance" in menu) == (True, False)


WORDS = {
    "dance": True,
    "DÄNCE": True,
    "waltz": True,
    "tap": True,
    "tap dance": True,
    "danc": False,
    "waltzed": False,
    "dance waltz": False,
    "alt": False,
}


@for_each("typed", WORDS)
def test_a_word_is_found_whole_in_title_text_and_tags(typed, as_seb, seb, dance):
    response = as_seb.post("/mutes/", {"kind": "word", "name": typed})
    assert response["Location"] == "/mutes/"
    assert ("The Dänce" not in shown(as_seb)) == WORDS[typed]


def test_a_word_that_a_spoiler_hides_filters_nothing(as_seb, seb, film, mia):
    make_moment(film, mia, "Open", body="He >!drowns!< there.")
    Filter.objects.add(seb, "word", "drowns")
    assert shown(as_seb) == ["Open"]


def test_an_edit_decides_anew(as_seb, seb, dance, mia):
    Filter.objects.add(seb, "word", "waltz")
    assert shown(as_seb) == ["Quiet"]
    dance.body = "They tango."
    dance.revise()
    assert shown(as_seb) == ["The Dänce", "Quiet"]


def test_a_comment_with_a_muted_word_is_a_line_in_its_thread(as_seb, seb, dance, keith):
    loud, own = make_comment(dance, keith, "Jellicle words."), make_comment(dance, seb, "My jellicle words.")
    Filter.objects.add(seb, "word", "jellicle")
    page = as_seb.get(dance.get_absolute_url())
    hidden = the(page, f"#c{loud.pk} .hidden-for-you")
    assert "a word in it" in hidden.select_one("summary").text
    assert select(page, f"#c{own.pk} .hidden-for-you") == []
    feed = as_seb.get(f"{dance.get_absolute_url()}feed/").text
    assert ("Jellicle words" in feed, "My jellicle words" in feed) == (False, True)


# Until when.


def test_what_ended_filters_nothing_and_is_tidied_away(as_seb, seb, mia, dance):
    Filter.objects.add(seb, "post", dance.pk, YESTERDAY)
    Filter.objects.add(seb, "word", "quiet", TOMORROW)
    Mute.objects.add(seb, make_member("ryan"), YESTERDAY)
    assert shown(as_seb) == ["The Dänce"]
    assert Mute.objects.in_force().count() == 0
    Event.objects.all().delete()
    tidy(timezone.now())
    assert list(Filter.objects.values_list("word", flat=True)) == ["quiet"]
    assert Mute.objects.count() == 0
    assert set(Event.objects.values_list("kind", "actor")) == {("sight", seb.pk)}


def test_a_mute_that_ended_does_not_count(as_seb, seb, mia, dance):
    Mute.objects.add(seb, mia, TOMORROW)
    assert shown(as_seb) == []
    Mute.objects.filter(member=seb).update(until=YESTERDAY)
    assert shown(as_seb) == ["The Dänce", "Quiet"]
    assert Mute.objects.add(seb, mia) is True
    assert shown(as_seb) == []


LENGTHS = {"": None, "day": 1, "week": 7, "month": 30}


@for_each("lasts", LENGTHS)
def test_one_chooses_for_how_long(lasts, as_seb, seb, mia, dance):
    before = timezone.now()
    as_seb.post(verb("add", "tag", dance.tag_list[0].pk), {"lasts": lasts})
    as_seb.post(reverse("member-mute", args=["mia"]), {"lasts": lasts})
    for row in (Filter.objects.get(), Mute.objects.get()):
        if LENGTHS[lasts] is None:
            assert row.until is None
        else:
            assert (row.until - before).days == LENGTHS[lasts]
    assert as_seb.post(verb("add", "word", "waltz"), {"lasts": "century"}).status_code == 404


def test_until_a_day_is_until_it_begins(as_seb, seb, dance):
    day = timezone.localdate() + timedelta(days=9)
    as_seb.post("/mutes/", {"kind": "film", "name": "cats", "lasts": "until", "day": day.isoformat()})
    until = timezone.localtime(Filter.objects.get(film=dance.film).until)
    assert (until.date(), until.hour, until.minute) == (day, 0, 0)


def test_undoing_brings_the_time_back(as_seb, seb, dance):
    Filter.objects.add(seb, "post", dance.pk, TOMORROW)
    as_seb.post(verb("remove", "post", dance.pk))
    undo = the(as_seb.get("/new/"), ".toast form")["action"]
    assert undo.startswith(verb("add", "post", dance.pk))
    as_seb.post(undo)
    assert Filter.objects.get().until == TOMORROW


@for_each("until", ["soon", "2027-01-01T00:00:00", "9999-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_no_undo_names_is_not_found(until, as_seb, dance):
    assert as_seb.post(f"{verb('add', 'post', dance.pk)}?until={quote(until)}").status_code == 404
    assert Filter.objects.count() == 0


# Bounds.


def test_there_is_a_bound(seb, dance):
    Filter.objects.add(seb, "post", dance.pk)
    row = Filter.objects.get()
    Filter.objects.bulk_create(
        [Filter(member=seb, word=f"word{number}") for number in range(MOST_FILTERS - 1)]
    )
    with pytest.raises(TooManyFilters):
        Filter.objects.add(seb, "word", "one more")
    assert Filter.objects.add(seb, "post", dance.pk, TOMORROW) is False
    row.refresh_from_db()
    assert (row.until, Filter.objects.count()) == (TOMORROW, MOST_FILTERS)


@for_each("key", ["0", "999999999", "x", "-1", "1" * 30, "٣"])
@for_each("column", ["tag", "film", "post", "colour"])
def test_what_is_not_there_is_not_found(column, key, as_seb):
    assert as_seb.post(verb("add", column, key)).status_code == 404


def test_a_word_in_an_address_is_folded_already(as_seb):
    assert [as_seb.post(verb("add", "word", word)).status_code for word in ("Waltz", "a-b", "!")] == [404] * 3


# Merges, and members who leave.


def test_who_muted_what_was_merged_mutes_what_it_was_merged_into(seb, mia, keith, dance):
    tag, target = dance.tag_list[0], Tag.objects.get(name="stars")
    other = make_film("Kittens")
    for member in (seb, mia):
        Filter.objects.add(member, "tag", tag.pk)
    Filter.objects.add(mia, "tag", target.pk)
    Filter.objects.add(seb, "film", dance.film_id)
    tag.merge_into(keith, target)
    dance.film.merge_into(keith, other)
    rows = Filter.objects.order_by("member", "-tag")
    assert {(row.member, row.tag, row.film) for row in rows} == {
        (seb, target, None),
        (mia, target, None),
        (seb, None, other),
    }


def test_who_leaves_takes_their_filters_along(seb, mia, dance):
    Filter.objects.add(seb, "post", dance.pk)
    Filter.objects.add(mia, "word", "waltz")
    delete_account(seb, take_texts=False)
    assert [row.member for row in Filter.objects.all()] == [mia]


def test_a_hundred_filters_cost_one_question(as_seb, seb, dance, django_assert_num_queries):
    Filter.objects.add(seb, "word", "waltz")
    make_copies(Filter.objects.get(), 99, word=lambda place: f"word {place}")
    with django_assert_num_queries(1):
        filters, _is_behind = Filter.objects.chosen_by(seb)
    assert (len(filters.word), filters.but_for(dance.film)) == (100, filters)


def test_what_a_member_filters_is_read_with_their_row(seb, mia, dance, django_assert_num_queries):
    for column, value in what_of(dance).items():
        Filter.objects.add(seb, column, value)
    Filter.objects.add(seb, "word", "long ago", until=YESTERDAY)
    chosen = Filter.objects.chosen_by(seb)
    with django_assert_num_queries(1):
        found = SimpleLazyObject(lambda: User.objects.get(pk=seb.pk))  # as a request has its user
        assert (Filter.objects.chosen_by(found), found.mutes_anybody) == (chosen, False)
    Mute.objects.add(seb, mia)
    assert User.objects.get(pk=seb.pk).mutes_anybody
    Filter.objects.add(found, "word", "waltz")
    Filter.objects.remove(found, "film", dance.film_id)
    assert Filter.objects.chosen_by(found) == Filter.objects.chosen_by(seb) != chosen


def test_no_filter_changes_no_query(seb):
    assert (bool(Filters()), Filters().hits(), Filters().hits_in_comment()) == (False, None, None)
    assert without_filtered(Post.objects.all(), AnonymousUser()).query.where.children == []
