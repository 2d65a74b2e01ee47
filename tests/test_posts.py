"""Posts: addresses, edits, tombstones."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moments.models import Film, Post, SongUse, State, Tag
from moments.models.kinds import POST_KINDS
from moments.models.refusals import Refused
from moments.ranking import hot
from tests.support.counters import differences
from tests.support.makers import make_comment, make_film, make_moment, make_song, make_trivia, moderator
from tests.support.pages import select


def test_a_new_post_gets_html_an_excerpt_a_rank_and_is_counted(moment, film):
    moment.refresh_from_db()
    assert moment.body_html.startswith("<p>What happens in scene")
    assert moment.excerpt.startswith("What happens in scene")
    assert moment.hot == pytest.approx(hot(0, moment.created))
    assert Film.objects.get(pk=film.pk).moment_count == 1
    assert dict(Tag.objects.values_list("name", "post_count")) == {"stars": 1, "tap dance": 1}


def test_two_posts_of_one_title_get_two_addresses(moment, film, seb):
    twin = make_moment(film, seb, "A Lovely Night")
    song = make_song(film, seb, "A Lovely Night")
    assert [moment.slug, twin.slug, song.slug] == ["a-lovely-night", "a-lovely-night-2", "a-lovely-night"]


def test_addresses_made_by_hand_are_those_of_the_urlconf(mia):
    film = make_film("Amélie – 東京?")
    posts = [
        make_moment(film, mia, "Un œuf & more"),
        make_song(film, mia, "日本"),
        make_trivia(film, mia, "C'est ça"),
    ]
    names = ["moment", "song", "trivia-post"]
    assert film.get_absolute_url() == reverse("film", args=[film.slug])
    expected = [reverse(name, args=[film.slug, post.slug]) for name, post in zip(names, posts, strict=True)]
    assert [post.get_absolute_url() for post in posts] == expected


def test_a_renamed_post_redirects_from_its_old_address(client, moment):
    old = moment.get_absolute_url()
    moment.title = "The Tap Dance"
    moment.revise(["stars"])
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, "/films/la-la-land/moments/the-tap-dance/")


def test_an_address_leads_to_the_post_that_had_it_last(client, film, mia, moment):
    def rename(post, title):
        post.title = title
        post.revise()

    former = moment.get_absolute_url()
    rename(moment, "The Tap Dance")
    second = make_moment(film, mia, "A Lovely Night")
    rename(second, "Above the City")
    assert client.get(former)["Location"] == second.get_absolute_url()
    third = make_moment(film, mia, "A Lovely Night")
    assert third.delete_by_author() is True
    assert client.get(former)["Location"] == third.get_absolute_url()


def test_a_title_that_makes_the_same_address_leaves_it(moment, film, seb):
    twin = make_moment(film, seb, "A Lovely Night")
    twin.title = "A lovely night!"
    twin.revise()
    stored = Post.objects.get(pk=twin.pk)
    assert (stored.title, stored.slug) == ("A lovely night!", "a-lovely-night-2")
    assert not stored.former_slugs.exists()


def test_an_address_from_when_they_were_made_otherwise_stays_with_its_title(moment, film, seb):
    make_moment(film, seb, "The Tap Dance")
    Post.objects.filter(pk=moment.pk).update(slug="lovely_night")
    slugs = []
    for title in (moment.title, "The Tap Dance"):
        post = Post.objects.get(pk=moment.pk)
        post.title, post.body = title, "They dance."
        post.revise()
        slugs.append(Post.objects.values_list("slug", "body").get(pk=moment.pk))
    assert slugs == [("lovely_night", "They dance."), ("the-tap-dance-2", "They dance.")]


def test_the_old_address_of_what_is_withheld_does_not_tell_the_new_one(client, moment):
    old = moment.get_absolute_url()
    moment.title = "The Address of the Author"
    moment.revise(["stars"])
    Post.objects.filter(pk=moment.pk).update(state=State.WITHHELD)
    assert client.get(old).status_code == 404
    assert client.get(f"{old}feed/").status_code == 404


def test_a_renamed_film_redirects_with_all_below_it(client, moment, film):
    film.title = "City of Stars"
    film.revise()
    response = client.get("/films/la-la-land/moments/a-lovely-night/")
    assert response["Location"] == "/films/city-of-stars/moments/a-lovely-night/"


def test_an_edit_is_silent_for_five_minutes_and_marked_after(moment):
    moment.revise(["stars"])
    assert moment.edited is None
    moment.created = timezone.now() - timedelta(minutes=6)
    moment.revise(["stars"])
    assert moment.edited is not None


def test_an_edit_undoes_no_vote_that_came_in_meanwhile(moment, seb):
    being_edited = Post.objects.get(pk=moment.pk)
    moment.upvote(seb)
    being_edited.title = "Another title altogether"
    being_edited.revise(["stars"])
    stored = Post.objects.get(pk=moment.pk)
    assert (stored.title, stored.votes, stored.hot) == ("Another title altogether", 1, moment.hot)


def test_retagging_moves_the_counts(moment):
    moment.revise(["stars", "dusk"])
    assert dict(Tag.objects.values_list("name", "post_count")) == {"stars": 1, "tap dance": 0, "dusk": 1}


def test_a_deleted_post_loses_its_words_and_keeps_its_place(client, moment, film):
    old = moment.get_absolute_url()
    assert moment.delete_by_author()
    assert not moment.delete_by_author()
    post = Post.objects.get(pk=moment.pk)
    assert (post.state, post.title, post.body, post.excerpt) == (State.DELETED, "Deleted", "", "")
    response = client.get(old)
    assert response["Location"] == f"/films/la-la-land/moments/deleted-{moment.pk}/"
    assert "Lovely" not in client.get(response["Location"]).content.decode()
    assert Film.objects.get(pk=film.pk).moment_count == 0


def test_remove_and_restore_are_counted_once(moment, film):
    assert [moment.remove(moderator(), "spam"), moment.remove(moderator(), "spam")] == [True, False]
    assert Film.objects.get(pk=film.pk).moment_count == 0
    assert [moment.restore(moderator()), moment.restore(moderator())] == [True, False]
    assert Film.objects.get(pk=film.pk).moment_count == 1


def test_a_hidden_film_takes_its_posts_along_and_brings_back_just_these(moment, film, seb):
    removed = make_moment(film, seb)
    removed.remove(moderator(), "spam")
    film.remove(moderator(), "spam")
    assert Post.objects.get(pk=moment.pk).state == State.WITHHELD
    film.restore(moderator())
    states = dict(Post.objects.values_list("pk", "state"))
    assert states == {moment.pk: State.VISIBLE, removed.pk: State.REMOVED}


def test_nothing_is_posted_about_a_film_that_is_taken_away_meanwhile(film, mia):
    Film.objects.get(pk=film.pk).remove(moderator(), "copyright")
    with pytest.raises(Refused, match="removed this film"):
        make_moment(film, mia)
    assert not Post.objects.exists()
    assert not any(differences().values())


def test_what_was_typed_about_it_is_kept(as_mia, film, monkeypatch):
    def just_before_it_went(request, slug):
        found = Film.objects.get(slug=slug)
        Film.objects.get(slug=slug).remove(moderator(), "copyright")
        return found

    monkeypatch.setattr("moments.views.posts.find_film", just_before_it_went)
    typed = {"title": "A Lovely Night", "body": "They dance.", "tags": "stars", "nonce": uuid.uuid4()}
    response = as_mia.post(f"{film.get_absolute_url()}moments/new/", typed)
    assert response.status_code == 422
    for words in ("removed this film", "A Lovely Night", "They dance."):
        assert words in response.content.decode()


def test_a_removed_post_shows_nothing_of_itself_but_to_its_author(client, film, mia, seb):
    song = make_song(
        film, seb, "Buy this", artist="Pill Seller", listen_url="https://pills.example/", body="Cheap!"
    )
    song.remove(moderator(), "spam")
    shown = []
    for viewer in (None, mia, seb):
        client.logout() if viewer is None else client.force_login(viewer)
        page = client.get(song.get_absolute_url(), follow=True).content.decode()
        shown.append([text in page for text in ("Buy this", "Pill Seller", "pills.example", "Cheap!")])
    assert shown == [[False] * 4, [False] * 4, [True] * 4]


def test_the_address_of_a_removed_post_has_no_words_of_it(client, film, mia, seb):
    post = make_moment(film, mia, "Call me on 0301234567")
    comment, former = make_comment(post, seb), post.get_absolute_url()
    post.remove(moderator(), "private")
    for address in (former, f"/posts/{post.pk}/", "/ledger/1/", f"/comments/{comment.pk}/"):
        response = client.get(address, follow=True)
        assert response.status_code == 200
        assert "0301234567" not in response.content.decode()
        assert "0301234567" not in response.request["PATH_INFO"]
    post.restore(moderator())
    assert client.get(f"/posts/{post.pk}/")["Location"] == former


def test_pages_around_a_comment_do_not_spell_out_what_a_spoiler_is_called(as_seb, film, mia):
    post = make_moment(film, mia, "She leaves for good", spoiler=True)
    comment = make_comment(post, mia, "Goodbye, then")
    pages = [as_seb.get(comment.get_absolute_url() + more).content.decode() for more in ("", "reply/")]
    assert select(pages[0], ".veiled")
    assert POST_KINDS["moment"].described % {"film": film.title} in pages[1]
    for page in pages:
        assert "leaves" not in page
        assert "Goodbye" not in page


def test_what_is_restored_under_a_hidden_film_stays_out_of_sight(client, film, moment, mia):
    moment.remove(moderator(), "spam")
    film.remove(moderator(), "spam")
    moment.restore(moderator())
    assert client.get(moment.get_absolute_url()).status_code == 404
    assert moment not in Post.objects.listed()
    film.restore(moderator())
    assert client.get(moment.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("end", [lambda post: post.remove(moderator(), "spam"), Post.delete_by_author])
def test_a_tombstone_under_a_hidden_film_is_not_found(client, as_mia, film, moment, seb, end):
    comment = make_comment(moment, seb)
    end(moment)
    film.remove(moderator(), "spam")
    for viewer in (client, as_mia):
        assert viewer.get(moment.get_absolute_url()).status_code == 404
        assert viewer.get(comment.get_absolute_url()).status_code == 404


def test_a_spoiler_is_not_named_in_the_lists_beside_others(client, film, mia):
    moment, song = make_moment(film, mia, "They part"), make_song(film, mia, "Epilogue")
    SongUse.objects.create(song=song, moment=moment)
    Post.objects.update(spoiler=True)
    pages = [song.get_absolute_url(), film.get_absolute_url(), moment.get_absolute_url()]
    song_page, film_page, moment_page = (client.get(page).content.decode() for page in pages)
    assert "They part" not in song_page
    assert "<b>Epilogue</b>" not in film_page
    assert "Epilogue" not in moment_page
