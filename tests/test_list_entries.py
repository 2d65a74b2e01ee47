"""What is in a list: how it gets there, its order and notes, and what a viewer may see of it."""

import pytest
from django.utils import timezone

from accounts.models import User
from moments.models import ListEntry, MemberList, Mute, Post, Progress
from moments.models import list_entry as bounds
from moments.models.list_entry import IN_ORDER, ListIsFull
from moments.models.refusals import Gone
from moments.spoilers.rules import ProgressPoint
from tests.support.makers import make_copies, make_film, make_list, make_member, make_moment, make_song
from tests.support.pages import select, texts
from tests.support.rows import for_each
from tests.support.walk import HTMX


@pytest.fixture
def scenes(film, mia):
    return [
        make_moment(film, mia, f"Scene {letter}", position=place) for place, letter in enumerate("ABCD", 1)
    ]


@pytest.fixture
def ranked(scenes, seb):
    """A ranked list of seb's with four scenes of mia's."""
    return make_list(seb, *scenes, title="Best", is_ranked=True)


def order(member_list):
    return [
        (entry.position, entry.post.title[-1])
        for entry in member_list.entries.select_related("post").order_by(*IN_ORDER)
    ]


def shown(response):
    """The states of the entries on a page, in its order."""
    return [entry["data-state"] for entry in select(response, "[data-state]")]


def names(response):
    return texts(response, ".list-entry h2")


def entry(member_list, place):
    return member_list.entries.get(position=place)


# Adding.


def test_a_post_is_added_to_a_list_once(as_seb, seb, moment):
    row = make_list(seb)
    for note in ("Look", "Again"):
        sent = as_seb.post(f"/posts/{moment.pk}/lists/", {"member_list": row.pk, "note": note})
        assert sent.url == moment.get_absolute_url()
    assert list(row.entries.values_list("post", "note_html", "writer")) == [
        (moment.pk, "<p>Look</p>", seb.pk)
    ]
    row.refresh_from_db()
    assert row.entry_count == 1


def test_a_film_is_added_to_a_new_private_list(as_seb, film):
    as_seb.post(f"/films/{film.slug}/lists/", {"title": "Musicals", "note": ""})
    row = MemberList.objects.get()
    assert (row.title, row.visibility, row.entry_count) == ("Musicals", "private", 1)
    assert row.entries.get().film == film


def test_what_leads_there_stands_in_the_menu_of_a_post_and_on_the_page_of_a_film(as_seb, moment, film):
    assert f"/posts/{moment.pk}/lists/" in as_seb.get(moment.labels_url, headers=HTMX).text
    assert f"/films/{film.slug}/lists/" in as_seb.get(film.get_absolute_url()).text


def test_the_form_offers_one_s_own_lists_and_says_in_which_it_is(as_seb, mia, seb, moment):
    theirs, own = make_list(mia, title="Hers"), make_list(seb, moment, title="Mine")
    theirs.writers.create(member=seb, accepted=timezone.now())
    make_list(make_member("other"), title="Other")
    offered = texts(as_seb.get(f"/posts/{moment.pk}/lists/"), "select option")
    assert offered == ["—", f"{own.title} (it is there)", "Hers"]


def test_a_form_without_a_choice_or_with_a_foreign_one_adds_nothing(as_seb, mia, moment):
    foreign = make_list(mia)
    for typed in ({"note": ""}, {"member_list": foreign.pk}, {"member_list": "x"}):
        assert as_seb.post(f"/posts/{moment.pk}/lists/", typed).status_code == 422
    assert ListEntry.objects.count() == 0


def test_what_is_out_of_sight_is_not_added(seb, moment, keith):
    row = make_list(seb)
    moment.remove(keith, "spam")
    with pytest.raises(Gone):
        ListEntry.objects.add(row, seb, moment)


def test_a_list_has_a_limit(ranked, seb, moment, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_ENTRIES", 4)
    with pytest.raises(ListIsFull):
        ListEntry.objects.add(ranked, seb, moment)


# Order and notes.


@for_each(
    "before, after, wanted",
    [
        (4, 1, "DABC"),
        (1, 4, "BCDA"),
        (2, 3, "ACBD"),
        (3, 2, "ACBD"),
        (2, 2, "ABCD"),
        (1, 99, "BCDA"),
        (3, 0, "CABD"),
    ],
)
def test_an_entry_moves_to_a_place_and_the_others_make_room(before, after, wanted, ranked, seb):
    moved = entry(ranked, before)
    assert moved.move_to(seb, after) == (wanted != "ABCD")
    assert order(ranked) == list(enumerate(wanted, 1))


def test_an_entry_goes_up_and_down_without_script(as_seb, ranked):
    fourth = entry(ranked, 4)
    place = ranked.get_absolute_url()
    moved = as_seb.post(f"/lists/entries/{fourth.pk}/up/", {"next": place})
    assert moved.url == f"{place}#e{fourth.pk}"
    assert order(ranked) == list(enumerate("ABDC", 1))
    for _twice in range(2):
        as_seb.post(f"/lists/entries/{fourth.pk}/down/")
    assert order(ranked) == list(enumerate("ABCD", 1))


def test_a_form_changes_the_note_and_the_place(as_seb, ranked):
    third = entry(ranked, 3)
    as_seb.post(f"/lists/entries/{third.pk}/edit/", {"note": "The *best*", "place": 1})
    assert order(ranked) == list(enumerate("CABD", 1))
    assert entry(ranked, 1).note_html == "<p>The <em>best</em></p>"


@for_each("place", ["0", "5", "x", ""])
def test_a_place_that_there_is_not_is_refused(place, as_seb, ranked):
    refused = as_seb.post(f"/lists/entries/{entry(ranked, 3).pk}/edit/", {"note": "", "place": place})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"place"})


def test_what_is_taken_out_leaves_no_gap(as_seb, ranked):
    as_seb.post(f"/lists/entries/{entry(ranked, 2).pk}/remove/")
    ranked.refresh_from_db()
    assert (order(ranked), ranked.entry_count) == (list(enumerate("ACD", 1)), 3)


def test_an_entry_that_is_gone_by_now_is_not_moved(ranked, seb):
    second = entry(ranked, 2)
    entry(ranked, 2).take_out(seb)
    with pytest.raises(Gone):
        second.move_to(seb, 1)


def test_numbers_stand_on_ranked_lists_alone(client, ranked):
    assert texts(client.get(ranked.get_absolute_url()), ".list-place") == [
        "Place 1",
        "Place 2",
        "Place 3",
        "Place 4",
    ]
    MemberList.objects.update(is_ranked=False)
    assert texts(client.get(ranked.get_absolute_url()), ".list-place") == []


def test_the_cover_follows_the_first_entries(client, ranked, seb):
    other = make_film("Snatch", palette=["#111111"] * 5)
    added, _is_new = ListEntry.objects.add(ranked, seb, other)
    ranked.refresh_from_db()
    assert "#111111" not in ranked.colours
    added.move_to(seb, 1)
    ranked.refresh_from_db()
    assert (ranked.colours[:5], len(ranked.colours)) == (["#111111"] * 5, 20)
    assert "#111111" in client.get(ranked.cover_url).text


# Who may.


@for_each("verb", ["up", "down", "remove", "edit"])
def test_others_change_nothing_in_a_list(verb, client, ranked, mia):
    second = entry(ranked, 2)
    for member in (None, mia):
        if member:
            client.force_login(member)
        answer = client.post(f"/lists/entries/{second.pk}/{verb}/", {"note": "Mine", "place": 1})
        assert answer.status_code == (302 if member is None and verb == "edit" else 404)
    assert order(ranked) == list(enumerate("ABCD", 1))
    with pytest.raises(Gone):
        second.move_to(mia, 1)


# What a viewer sees of it.


def test_what_lies_beyond_one_s_progress_is_veiled_with_its_note(client, scenes, seb, film):
    row = make_list(seb, *scenes, film, note="They *part*.")
    reader = make_member("reader")
    Progress.objects.set_progress(reader, film, ProgressPoint(2.0))
    client.force_login(reader)
    page = client.get(row.get_absolute_url())
    assert shown(page) == ["shown", "shown", "veiled", "veiled", "shown"]
    assert names(page)[:2] == ["Scene A", "Scene B"]
    assert "Scene C" not in page.text
    assert texts(page, ".entry-note") == ["They part."] * 3


def test_who_hides_spoilers_in_lists_gets_none(client, ranked, film):
    reader = make_member("reader", spoiler_stance=User.SpoilerStance.HIDE)
    Progress.objects.set_progress(reader, film, ProgressPoint(2.0))
    client.force_login(reader)
    assert names(client.get(ranked.get_absolute_url())) == ["Scene A", "Scene B"]


def test_a_copy_has_nothing_of_what_is_veiled(ranked, film, client):
    reader = make_member("reader")
    Progress.objects.set_progress(reader, film, ProgressPoint(2.0))
    client.force_login(reader)
    client.post(ranked.copy_url)
    assert order(MemberList.objects.get(author=reader)) == [(1, "A"), (2, "B")]


@for_each("end", ["removed", "withheld", "deleted"])
def test_what_is_gone_is_a_place_for_those_who_write_alone(end, client, ranked, scenes, keith, seb, film):
    other = make_film("Snatch")
    ListEntry.objects.add(ranked, seb, other)
    if end == "removed":
        scenes[1].remove(keith, "spam")
    elif end == "deleted":
        scenes[1].delete_by_author()
    else:
        film.remove(keith, "spam")
    left = {"withheld": 1}.get(end, 4)
    assert len(shown(client.get(ranked.get_absolute_url()))) == left
    client.force_login(seb)
    page = client.get(ranked.get_absolute_url())
    assert shown(page).count("gone") == 5 - left
    assert "Scene B" not in page.text


def test_a_removed_film_is_left_out(client, ranked, seb, keith):
    other = make_film("Snatch")
    ListEntry.objects.add(ranked, seb, other)
    other.remove(keith, "spam")
    assert "Snatch" not in client.get(ranked.get_absolute_url()).text


def test_what_muted_members_shared_is_left_out_of_lists_of_others(client, ranked, mia, seb):
    reader = make_member("reader")
    Mute.objects.add(reader, mia), Mute.objects.add(seb, mia)
    client.force_login(reader)
    assert names(client.get(ranked.get_absolute_url())) == []
    client.force_login(seb)
    assert len(names(client.get(ranked.get_absolute_url()))) == 4


def test_a_film_that_was_merged_is_the_other_one_in_lists(seb, film, keith):
    twin, third = make_film("La La Lands"), make_film("Snatch")
    row, both = make_list(seb, twin, third), make_list(seb, twin, film)
    twin.merge_into(keith, film)
    assert list(row.entries.order_by("position").values_list("film", flat=True)) == [film.pk, third.pk]
    assert list(both.entries.order_by("position").values_list("film", flat=True)) == [twin.pk, film.pk]


def test_the_feed_tells_nothing_of_what_is_veiled(client, seb, film, mia):
    secret = make_song(film, mia, "The Ending", spoiler=True)
    row = make_list(seb, secret, note="They part.")
    feed = client.get(f"{row.get_absolute_url()}feed/").text
    assert ("The Ending" in feed, "They part" in feed, feed.count("<entry>")) == (False, False, 1)


def test_a_long_list_comes_in_pages_that_cost_the_same(client, ranked, django_assert_max_num_queries):
    first, scene = entry(ranked, 1), Post.objects.get(title="Scene A")
    posts = make_copies(scene, 30, slug=lambda number: f"scene-{number}", nonce=lambda number: None)
    make_copies(first, 30, position=lambda number: 5 + number, post_id=lambda number: posts[number].pk)
    with django_assert_max_num_queries(8):
        page = client.get(ranked.get_absolute_url())
    assert len(names(page)) == 25
    (more,) = select(page, "a[rel=next]")
    assert len(names(client.get(ranked.get_absolute_url() + more["href"]))) == 9
