"""The veil over what lies beyond the viewer's progress: what it says, and how it is lifted."""

import re

import pytest
from django.urls import reverse

from moments.models import Progress, SongUse, Trivia
from moments.spoilers.rules import NOT_SEEN, ProgressPoint
from tests.support.makers import make_comment, make_member, make_moment, make_song, make_trivia
from tests.support.pages import links, select, the
from tests.support.progress import LATER, make_story, progress, say


@pytest.fixture
def story(film, mia):
    return make_story(film, mia)


# The veil.


def test_a_veiled_card_says_no_more_than_that_it_is_later(client, story):
    film, last = story[0].film, story[2]
    say(client, film, seen="part", moment=story[1].pk)
    response = client.get("/new/?kind=moment")
    page = response.content.decode()
    assert f"/posts/{last.pk}/" in links(response)
    for word in ("Montage", "montage", last.body, "goodbyes"):
        assert word not in page


def test_a_veiled_page_says_no_more_and_offers_to_show(client, story):
    film, last = story[0].film, story[2]
    make_comment(last, make_member("tracy"), "I wept at the piano.")
    say(client, film, seen="part", moment=story[1].pk)
    response = client.get(f"/posts/{last.pk}/")
    page = response.content.decode()
    for word in ("Montage", "montage", last.body, "goodbyes", "piano"):
        assert word not in page
    assert f"/posts/{last.pk}/?show=1" in links(response)


def test_the_old_address_of_what_is_veiled_does_not_tell_its_title(client, story):
    last, old = story[2], story[2].get_absolute_url()
    last.title = "She Leaves With Another"
    last.revise()
    say(client, last.film, seen="none")
    assert client.get(old)["Location"] == f"/posts/{last.pk}/"


def test_lifting_a_veil_shows_all_of_it_and_lasts(client, story):
    last = story[2]
    make_comment(last, make_member("tracy"), "I wept at the piano.")
    say(client, last.film, seen="part", moment=story[1].pk)
    page = client.get(f"/posts/{last.pk}/?show=1", follow=True).content.decode()
    for word in ("The Ending Montage", last.body, "goodbyes", "piano"):
        assert word in page
    assert client.get(f"/posts/{last.pk}/")["Location"] == last.get_absolute_url()
    assert "The Ending Montage" in client.get("/new/").content.decode()


def test_the_address_of_what_was_unveiled_lifts_no_veil_for_others(as_seb, story, mia):
    last = story[2]
    remark = make_comment(last, mia)
    say(as_seb, last.film, seen="none")
    of_remark, of_post = f"/comments/{remark.pk}/", last.get_absolute_url()
    for asked, shown, text in (
        (of_remark, of_remark, remark.body),
        (f"/posts/{last.pk}/", of_post, last.body),
    ):
        as_seb.cookies.pop("revealed", None)
        lifted = as_seb.get(f"{asked}?show=1", follow=True)
        assert lifted.redirect_chain == [(shown, 302)]
        assert text in lifted.content.decode()


def test_htmx_lifts_the_veil_of_a_card_in_place(client, story):
    last = story[2]
    say(client, last.film, seen="none")
    card = client.get(f"/posts/{last.pk}/?show=1", headers={"HX-Request": "true"})
    assert "The Ending Montage" in the(card, "article.card.is-moment").text
    assert select(card, "main") == []
    assert "HX-Request" in card["Vary"]


def test_htmx_gets_the_card_of_a_veil_that_was_lifted_before(client, story):
    last = story[2]
    say(client, last.film, seen="none")
    for _page_still_open in range(2):
        card = client.get(f"/posts/{last.pk}/?show=1", headers={"HX-Request": "true"})
        assert "The Ending Montage" in the(card, "article.card.is-moment").text
        assert select(card, "main") == []


def test_the_number_of_an_open_post_leads_to_its_address(client, story):
    assert client.get(f"/posts/{story[0].pk}/")["Location"] == story[0].get_absolute_url()
    assert client.get("/posts/999999/").status_code == 404


def test_comments_below_a_veil_are_behind_it_too(as_seb, seb, story, mia):
    comment = make_comment(story[2], mia, "I wept at the piano.")
    Progress.objects.set_progress(seb, story[0].film, ProgressPoint(2.0))
    url = comment.get_absolute_url()
    assert "piano" not in as_seb.get(url).content.decode()
    assert "piano" not in as_seb.get(f"{url}reply/").content.decode()
    assert "piano" not in as_seb.get("/members/mia/comments/").content.decode()
    assert "piano" in as_seb.get(f"{url}?show=1", follow=True).content.decode()
    assert "piano" in as_seb.get("/members/mia/comments/").content.decode(), "the veil of the post is lifted"


def test_where_a_song_is_heard_names_no_later_moment(as_seb, seb, story, mia):
    song = make_song(story[0].film, mia, "City of Stars")
    for moment in story:
        SongUse.objects.create(song_id=song.pk, moment_id=moment.pk, note=f"Note on {moment.title}")
    Progress.objects.set_progress(seb, story[0].film, ProgressPoint(2.0))
    page = as_seb.get(song.get_absolute_url()).content.decode()
    assert ["Note on A Lovely Night" in page, "Montage" in page, LATER in page] == [True, False, True]


def test_a_song_belongs_to_the_first_moment_that_it_is_heard_in(as_mia, mia, story):
    film = story[0].film
    typed = {"title": "Epilogue", "artist": "Cast", "body": "It ends where it began.", "tags": "piano"}
    as_mia.post(f"{film.get_absolute_url()}songs/new/", typed | {"heard_in": [story[2].pk, story[1].pk]})
    song = film.posts.get(kind="song")
    assert song.reveals_at == 2.0
    as_mia.post(reverse("post-edit", args=[song.pk]), typed | {"heard_in": [story[2].pk]})
    song.refresh_from_db()
    assert song.reveals_at == 3.0


def test_a_claim_belongs_to_the_moment_that_it_is_about(as_mia, mia, story):
    film = story[0].film
    typed = {"title": "One take", "body": "It was filmed in one take.", "tags": "set"}
    as_mia.post(f"{film.get_absolute_url()}trivia/new/", typed | {"about": story[1].pk})
    claim = film.posts.get(kind="trivia")
    assert claim.reveals_at == 2.0
    assert as_mia.get(reverse("post-edit", args=[claim.pk])).context["form"].initial["about"] == story[1]
    as_mia.post(reverse("post-edit", args=[claim.pk]), typed | {"about": ""})
    claim.refresh_from_db()
    assert claim.reveals_at is None


def test_an_edit_leaves_a_place_that_no_moment_has(as_mia, mia, film):
    claim = make_trivia(film, mia, reveals_at=9.5, body="It was filmed in one take.")
    typed = {"title": claim.title, "body": "It was filmed in one single take.", "tags": "set"}
    as_mia.post(reverse("post-edit", args=[claim.pk]), typed)
    assert Trivia.objects.get().reveals_at == 9.5


def test_progress_before_the_first_moment_with_a_time_is_the_start(as_seb, seb, story):
    say(as_seb, story[0].film, seen="part", time="0:01")
    assert progress(seb, story[0].film) == ProgressPoint(NOT_SEEN, 60.0)


# Links into a page.


@pytest.fixture
def veiled_world(film, mia):
    """A moment, a song and a claim that all give something away, each with a comment."""
    make = {make_moment: {"position": 9.0}, make_song: {}, make_trivia: {}}
    posts = [maker(film, mia, spoiler=True, **fields) for maker, fields in make.items()]
    return [make_comment(post, mia) for post in posts]


PLACES = re.compile(r'<a [^>]*href="([^"#]+)#([^"]+)"')


def test_a_link_to_the_comments_of_a_veiled_post_leads_somewhere(client, veiled_world):
    links = {(f"/posts/{Trivia.objects.get().pk}/", "verdicts")}
    for url in ("/", "/films/la-la-land/", "/films/la-la-land/trivia/", "/members/mia/"):
        links |= set(PLACES.findall(client.get(url).text))
    assert len({url for url, place in links if place == "comments"}) == 3
    lost = [(url, place) for url, place in links if f'id="{place}"' not in client.get(url, follow=True).text]
    assert lost == []
