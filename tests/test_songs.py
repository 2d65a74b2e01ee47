"""Songs in lists: their orders, and the page of an artist."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from moments.models import Mute, Post, Progress
from moments.spoilers.rules import SEEN
from tests.support.makers import make_film, make_more_posts, make_song, make_trivia, moderator
from tests.support.pages import links, select, texts
from tests.support.rows import for_each

DUET = "Ryan Gosling & Emma Stone"
DUET_PAGE = "/songs/by/ryan-gosling-emma-stone/"


def shown(response):
    return [post.title for post in response.context["posts"]]


@pytest.fixture
def songs(film, mia, seb, keith):
    """Three songs: the oldest has the votes of two, the middle one comes first in the alphabet."""
    ago = [timezone.now() - timedelta(days=days) for days in (9, 2, 1)]
    names = (
        ("Mia and Sebastian", "Justin Hurwitz"),
        ("City of Stars", DUET),
        ("epilogue", "JUSTIN  HURWITZ"),
    )
    made = [
        make_song(film, mia, title, artist=artist, created=created)
        for (title, artist), created in zip(names, ago, strict=True)
    ]
    for member in (seb, keith):
        made[0].upvote(member)
    return made


@for_each(
    "query, titles",
    [
        ("", ["epilogue", "City of Stars", "Mia and Sebastian"]),
        ("?order=new", ["epilogue", "City of Stars", "Mia and Sebastian"]),
        ("?order=votes", ["Mia and Sebastian", "epilogue", "City of Stars"]),
        ("?order=title", ["City of Stars", "epilogue", "Mia and Sebastian"]),
    ],
)
def test_songs_come_in_the_order_that_was_chosen(query, titles, client, songs):
    response = client.get(f"/songs/{query}")
    assert shown(response) == titles
    chosen = [tab["href"] for tab in select(response, "main .tabs a[aria-current]")]
    assert chosen == [f"/songs/{query}"]


def test_an_order_that_is_none_is_not_found(client, songs):
    assert client.get("/songs/?order=loud").status_code == 404


@for_each("order", ["new", "votes", "title"])
def test_each_order_goes_on_by_cursor_without_a_gap_or_a_double(order, client, film, mia):
    song = make_song(film, mia, "Song 0")
    more = make_more_posts(song, 59, title=lambda number: f"Song {(number + 1) % 7}")
    made = [one.slug for one in (song, *more)]
    seen, after = [], {}
    while after is not None:
        response = client.get("/songs/", {"order": order} | after)
        seen += [post.slug for post in response.context["posts"]]
        cursor = response.context["next_cursor"]
        after = {"after": cursor} if cursor else None
    assert (len(seen), sorted(seen)) == (60, sorted(made))


def test_an_artist_has_a_page_whatever_the_case_of_the_credit(client, songs):
    response = client.get("/songs/by/justin-hurwitz/")
    assert shown(response) == ["epilogue", "Mia and Sebastian"]
    assert texts(response, "main h1") == ["Songs by JUSTIN HURWITZ"]
    assert shown(client.get(DUET_PAGE)) == ["City of Stars"]


def test_the_song_and_its_card_lead_to_the_artist(client, songs):
    assert songs[1].artist_url == reverse("artist", args=[songs[1].artist_slug]) == DUET_PAGE
    assert DUET_PAGE in links(client.get(songs[1].get_absolute_url()))
    assert DUET_PAGE in links(client.get("/songs/"), ".card-artist")


def test_an_artist_has_a_feed(client, songs):
    feed = client.get(f"{DUET_PAGE}feed/")
    assert feed.status_code == 200
    assert "City of Stars" in feed.content.decode()
    assert "epilogue" not in feed.content.decode()


def test_whom_nobody_named_has_no_page(client, songs, film, mia):
    make_trivia(film, mia)
    assert client.get("/songs/by/nobody/").status_code == 404
    songs[1].remove(moderator(), "spam")
    assert client.get(DUET_PAGE).status_code == 404


def test_an_edit_of_the_credit_moves_the_song(client, songs):
    songs[1].artist = "Ryan Gosling"
    songs[1].revise()
    assert client.get(DUET_PAGE).status_code == 404
    assert shown(client.get("/songs/by/ryan-gosling/")) == ["City of Stars"]


def test_a_deleted_song_keeps_no_artist_and_gets_the_same_back(client, songs, mia):
    songs[1].delete_by_author()
    assert Post.objects.get(pk=songs[1].pk).artist_slug == ""
    assert client.get(DUET_PAGE).status_code == 404
    assert Post.objects.get(pk=songs[1].pk).undelete(mia)
    assert shown(client.get(DUET_PAGE)) == ["City of Stars"]


def test_a_veiled_song_is_on_the_page_of_its_artist_for_those_who_have_seen_it(client, film, mia, seb):
    make_song(film, mia, "The End", artist="Quux", spoiler=True)
    assert client.get("/songs/by/quux/").status_code == 404
    client.force_login(seb)
    assert client.get("/songs/by/quux/").status_code == 404
    Progress.objects.set_progress(seb, film, SEEN)
    assert shown(client.get("/songs/by/quux/")) == ["The End"]


def test_songs_of_muted_members_are_not_on_the_page(client, songs, seb, mia):
    make_song(make_film("Ponyo", year=2008), seb, "Ponyo", artist=DUET.upper())
    Mute.objects.add(mia, seb)
    client.force_login(mia)
    assert shown(client.get(DUET_PAGE)) == ["City of Stars"]


def test_the_sitemap_has_each_artist_once_and_none_that_gives_away(client, songs, film, mia, whole_sitemap):
    make_song(film, mia, "The End", artist="Quux", spoiler=True)
    body = client.get("/sitemap-artists-1.xml").content.decode()
    assert [body.count(f"{path}</loc>") for path in ("/songs/by/justin-hurwitz/", DUET_PAGE)] == [1, 1]
    assert body.count("<loc>") == 2


def test_the_migration_names_the_artists_of_the_songs_that_are_there(songs):
    Post.objects.update(artist_slug="")
    migration = import_module("moments.migrations.0030_song_artists")
    migration.fill(apps, SimpleNamespace(connection=connection))
    kept = Post.objects.order_by("pk").values_list("artist_slug", flat=True)
    assert list(kept) == ["justin-hurwitz", "ryan-gosling-emma-stone", "justin-hurwitz"]


def test_the_migration_gives_the_songs_that_are_there_their_places(songs):
    places = list(Post.objects.order_by("pk").values_list("sort_title", flat=True))
    Post.objects.update(sort_title="")
    migration = import_module("moments.migrations.0032_song_sort_title")
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert list(Post.objects.order_by("pk").values_list("sort_title", flat=True)) == places
