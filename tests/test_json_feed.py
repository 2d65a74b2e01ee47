"""Every list as a JSON Feed: the same entries as its Atom feed has, by the same rule."""

import pytest
from django.urls import reverse

from moments.models import FeelingTally, Post
from moments.models.kinds import POST_KINDS
from moments.urls import urlpatterns
from tests.support.atom import ATOM, entries, read
from tests.support.makers import (
    make_comment,
    make_credit,
    make_episode,
    make_film,
    make_list,
    make_moment,
    make_review,
    make_same_song,
    make_song,
    make_trivia,
)
from tests.support.pages import select

BASE = "http://localhost:8000"
JSON_LINK = 'link[rel=alternate][type="application/feed+json"]'
FEEDS = [pattern.name for pattern in urlpatterns if pattern.name.endswith("-feed")]
LISTS = sorted(name.removesuffix("-feed") for name in FEEDS)


@pytest.fixture
def world(film, mia, seb, moment):
    """One of everything; the arguments of each list's address."""
    song, claim = make_song(film, mia, "City of Stars"), make_trivia(film, mia, "One take")
    review = make_review(film, mia)
    for post in (moment, song, claim, review):
        make_comment(post, seb, f"About {post.title}.")
    make_comment(moment, mia, "My own words.")
    FeelingTally.objects.create(moment=moment, feeling="wonder", house=3, strength=0.4)
    moment.relive(mia, note="Again.", public=True)
    posts = {"moment": moment, "song": song, "trivia-post": claim, "review": review}
    posts = {name: [film.slug, post.slug] for name, post in posts.items()}
    posts |= {name: [film.slug] for name in ("film", "film-songs", "film-trivia", "film-reviews")}
    lists = {name: ["mia"] for name in ("member", "member-comments", "member-diary")}
    lists |= {"member-lists": ["mia"], "tags-together": ["stars,tap-dance"]}
    dances = make_list(mia, moment, title="Dances")
    make_comment(dances, seb, "All of them.")
    lists |= {name: ["mia", dances.slug] for name in ("member-list", "list-comments")}
    season, episode = make_episode(film, 2, 3, title="The Ferry")
    make_moment(film, mia, "On the ferry", season=2, episode=3)
    lists |= {"season-moments": [film.slug, season.number], "episode": [film.slug, 2, episode.number]}
    lists |= {"person": [make_credit(film, "Emma Stone", character="Mia").person.slug]}
    make_same_song(song, seb, make_film("Harbour Lights"))
    lists |= {"recording": [song.recording.slug]}
    return {"tag": ["stars"], "feeling": ["wonder"], "artist": [song.artist_slug], **lists, **posts}


def feed_of(name, world):
    return reverse(f"{name}-json", args=world.get(name, []))


def fetched(client, url):
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "application/feed+json; charset=utf-8")
    return response.json()


def test_every_list_says_the_same_in_json_as_in_atom(client, world):
    for name in LISTS:
        feed, page = fetched(client, feed_of(name, world)), reverse(name, args=world.get(name, []))
        atom = read(client, reverse(f"{name}-feed", args=world.get(name, [])))
        assert feed["version"] == "https://jsonfeed.org/version/1.1", name
        assert feed["title"] == atom.findtext(f"{ATOM}title"), name
        assert (feed["home_page_url"], feed["feed_url"]) == (f"{BASE}{page}", f"{BASE}{page}feed.json")
        for key, tag in (("title", "title"), ("id", "id"), ("date_published", "published")):
            assert [item[key] for item in feed["items"]] == entries(atom, tag), name
        assert {item["url"].startswith(f"{BASE}/") for item in feed["items"]} <= {True}, name


def test_the_page_names_its_feed(client, world):
    pages = {name: client.get(reverse(name, args=world.get(name, []))) for name in LISTS}
    named = {name: [link["href"] for link in select(page, JSON_LINK)] for name, page in pages.items()}
    assert named == {name: [f"{BASE}{feed_of(name, world)}"] for name in LISTS}


def test_an_item_says_who_wrote_what_and_when(client, film, mia):
    post = make_moment(film, mia, "The bench", body="They *sit*, says @mia.", tags=["dusk", "sea"])
    (item,) = fetched(client, "/feed.json")["items"]
    assert item == {
        "id": f"tag:localhost,{post.created:%Y-%m-%d}:post/{post.pk}",
        "url": f"{BASE}{post.get_absolute_url()}",
        "title": "The bench · La La Land",
        "content_html": item["content_html"],
        "date_published": post.created.isoformat(),
        "date_modified": post.created.isoformat(),
        "authors": [{"name": "mia", "url": f"{BASE}/members/mia/"}],
        "tags": ["dusk", "sea"],
    }
    assert [link["href"] for link in select(item["content_html"], "a")] == [f"{BASE}/members/mia/"]
    assert "<em>sit</em>" in item["content_html"]


def test_a_choice_is_part_of_the_feed(client, world):
    feed = fetched(client, "/top/feed.json?by=week&kind=song&utm=x")
    assert feed["feed_url"] == f"{BASE}/top/feed.json?by=week&kind=song"
    films = ("Harbour Lights", "La La Land")
    assert [item["title"] for item in feed["items"]] == [f"City of Stars · {film}" for film in films]
    assert client.get("/top/feed.json?by=never").status_code == 404


def test_spoilers_stay_veiled(client, film, mia):
    make_moment(film, mia, "He leaves her", body="The piano closes.", spoiler=True, tags=["ending"])
    text = client.get("/feed.json").text
    assert [secret for secret in ("leaves", "piano", "ending") if secret in text] == []
    assert str(POST_KINDS["moment"].veiled_title) in text


def test_hostile_texts_stay_texts(client, film, mia):
    post = make_moment(film, mia)
    Post.objects.filter(pk=post.pk).update(title='a\x08"}]<script>\u2028', body_html="<p>x\x0b\ufffe</p>")
    (item,) = fetched(client, "/feed.json")["items"]
    assert item["title"] == 'a"}]<script>\u2028 · La La Land'
    assert item["content_html"] == "<p>x</p>"


def test_what_has_not_changed_is_not_sent_again(client, moment):
    first = client.get("/feed.json")
    assert "public" in first["Cache-Control"]
    assert client.get("/feed.json", headers={"if-none-match": first["ETag"]}).status_code == 304
    moment.title = "The bench"
    moment.revise(["stars"])
    assert client.get("/feed.json", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_feed_of_nothing_is_not_found(client, film):
    urls = ("/films/nowhere/feed.json", "/tags/nowhere/feed.json", "/members/nobody/feed.json")
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]
