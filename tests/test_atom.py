"""Every list as an Atom feed: its entries, its addresses, and what it keeps to itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moments.models import Comment, FeelingTally, Post
from moments.models.kinds import POST_KINDS
from tests.support.atom import ATOM, BASE, entries, links, read
from tests.support.makers import (
    make_comment,
    make_film,
    make_moment,
    make_more_posts,
    make_review,
    make_song,
    make_trivia,
    moderator,
)
from tests.support.pages import select
from tests.support.rows import for_each

ATOM_LINK = 'link[rel=alternate][type="application/atom+xml"]'
LISTS = [
    "home",
    "new",
    "top",
    "films",
    "tags",
    "songs",
    "trivia",
    "film",
    "film-songs",
    "film-trivia",
    "film-reviews",
    "tag",
    "feeling",
    "member",
    "member-comments",
    "member-diary",
    "moment",
    "song",
    "trivia-post",
    "review",
]


@pytest.fixture
def world(film, mia, seb, moment):
    """One of everything; the arguments of each list's address."""
    song, claim = make_song(film, mia, "City of Stars"), make_trivia(film, mia, "One take")
    review = make_review(film, mia)
    for post in (moment, song, claim, review):
        make_comment(post, seb, f"About {post.title}.")
    FeelingTally.objects.create(moment=moment, feeling="wonder", house=3, strength=0.4)
    posts = {"moment": moment, "song": song, "trivia-post": claim, "review": review}
    posts = {name: [film.slug, post.slug] for name, post in posts.items()}
    posts |= {name: [film.slug] for name in ("film", "film-songs", "film-trivia", "film-reviews")}
    make_comment(song, mia, "My own words.")
    moment.relive(mia, note="Again.", public=True)
    lists = {name: ["mia"] for name in ("member", "member-comments", "member-diary")}
    return {"tag": ["stars"], "feeling": ["wonder"], **lists, **posts}


def feed_of(name, world):
    return reverse(f"{name}-feed", args=world.get(name, []))


def test_every_list_has_a_feed_at_its_own_address(client, world):
    for name in LISTS:
        feed = read(client, feed_of(name, world))
        page = reverse(name, args=world.get(name, []))
        assert links(feed) == {"alternate": f"{BASE}{page}", "self": f"{BASE}{page}feed/"}
        assert feed.findtext(f"{ATOM}id") == f"tag:localhost,2020:{page}"
        assert len(entries(feed)) > 0, name


def test_the_page_names_its_feed(client, world):
    pages = {name: client.get(reverse(name, args=world.get(name, []))) for name in LISTS}
    named = {name: [link["href"] for link in select(page, ATOM_LINK)] for name, page in pages.items()}
    assert [name for name in LISTS if f"{BASE}{feed_of(name, world)}" not in named[name]] == []


def test_a_feed_holds_what_its_list_shows(client, world, film, mia):
    moment = make_moment(make_film("Ponyo"), mia, "Running on the waves", tags=["sea"])
    assert entries(read(client, "/new/feed/"))[0] == "Running on the waves · Ponyo"
    assert entries(read(client, "/songs/feed/")) == ["City of Stars · La La Land"]
    assert entries(read(client, "/feed/?kind=trivia")) == ["One take · La La Land"]
    assert entries(read(client, "/films/ponyo/feed/")) == ["Running on the waves · Ponyo"]
    assert entries(read(client, "/tags/sea/feed/")) == ["Running on the waves · Ponyo"]
    assert entries(read(client, "/feelings/wonder/feed/")) == ["A Lovely Night · La La Land"]
    assert entries(read(client, feed_of("moment", world))) == ["seb on A Lovely Night"]
    assert entries(read(client, f"{moment.get_absolute_url()}feed/")) == []


def test_songs_and_trivia_of_a_film_have_feeds_of_their_own(client, world, film, mia):
    make_song(make_film("Ponyo"), mia)
    make_trivia(film, mia, "Shot at dusk").cite([("https://example.org/", "A source")])
    assert entries(read(client, "/films/la-la-land/songs/feed/")) == ["City of Stars · La La Land"]
    assert len(entries(read(client, "/films/la-la-land/trivia/feed/"))) == 2
    sourced = read(client, "/films/la-la-land/trivia/feed/?status=sourced")
    assert entries(sourced) == ["Shot at dusk · La La Land"]
    assert links(sourced)["alternate"] == f"{BASE}/films/la-la-land/trivia/?status=sourced"
    assert client.get("/films/la-la-land/trivia/feed/?status=true").status_code == 404
    page = client.get("/films/la-la-land/trivia/?status=sourced")
    named = [link["href"] for link in select(page, ATOM_LINK)]
    assert f"{BASE}/films/la-la-land/trivia/feed/?status=sourced" in named


def test_the_top_of_a_window_has_its_own_feed(client, world):
    feed = read(client, "/top/feed/?by=week&kind=song&utm=x")
    assert links(feed)["self"] == f"{BASE}/top/feed/?by=week&kind=song"
    assert entries(feed) == ["City of Stars · La La Land"]
    for query in ("by=never", "kind=poem"):
        assert client.get(f"/top/feed/?{query}").status_code == 404


def test_an_entry_says_who_wrote_what_and_when(client, film, mia):
    post = make_moment(
        film, mia, "The bench", body="They *sit*, says @mia.", context="Later.", tags=["dusk", "sea"]
    )
    entry = read(client, "/feed/").find(f"{ATOM}entry")
    assert links(entry) == {"alternate": f"{BASE}{post.get_absolute_url()}"}
    assert entry.findtext(f"{ATOM}id") == f"tag:localhost,{post.created:%Y-%m-%d}:post/{post.pk}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "mia"
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == f"{BASE}/members/mia/"
    assert {category.get("term") for category in entry.findall(f"{ATOM}category")} == {"dusk", "sea"}
    assert entry.findtext(f"{ATOM}published") == post.created.isoformat()
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "html"
    assert "<em>sit</em>" in content.text
    assert [link["href"] for link in select(content.text, "a")] == ["/members/mia/"]
    assert "<p>Later.</p>" in content.text


def test_the_id_of_an_entry_outlives_a_renaming(client, moment):
    before = entries(read(client, "/feed/"), "id")
    moment.title = "The tap dance"
    moment.revise(["stars"])
    after = read(client, "/feed/")
    assert entries(after) == ["The tap dance · La La Land"]
    assert entries(after, "id") == before


def test_no_address_comes_from_the_request(client, world, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for name in LISTS:
        text = client.get(feed_of(name, world), headers={"host": "evil.example"}).content.decode()
        assert "evil.example" not in text
        assert "testserver" not in text


def test_spoilers_stay_veiled(client, film, mia, seb):
    hidden = make_moment(film, mia, "He leaves her", body="The piano closes.", spoiler=True, tags=["ending"])
    make_moment(film, mia, "The end", body="Then >!she smiles!< and ||he nods||.")
    make_comment(hidden, seb, "I cried at the piano.")
    texts = [client.get(url).content.decode() for url in ("/feed/", f"{hidden.get_absolute_url()}feed/")]
    for text in texts:
        for secret in ("He leaves", "piano", "smiles", "nods", "cried"):
            assert secret not in text
        assert str(POST_KINDS["moment"].veiled_title) in text
    assert "Then ▒▒▒ and ▒▒▒." in texts[0]


def test_what_no_xml_can_hold_is_left_out(client, film, mia, seb):
    moment = make_moment(film, mia)
    Post.objects.filter(pk=moment.pk).update(title="a\x08b\x0c]]>&<", body_html="<p>x\x0b\ufffey]]&gt;</p>")
    comment = make_comment(moment, seb)
    Comment.objects.filter(pk=comment.pk).update(body_html="<p>\x01z</p>")
    film.title = "La\x1fLa"
    film.save()
    feed = read(client, "/feed/")
    assert entries(feed) == ["ab]]>&< · LaLa"]
    assert entries(feed, "content") == ["<p>xy]]&gt;</p>"]
    assert entries(read(client, f"{moment.get_absolute_url()}feed/"), "content") == ["<p>z</p>"]
    assert read(client, "/films/la-la-land/feed/").findtext(f"{ATOM}title") == "Reelive: LaLa"


def test_no_markup_of_a_member_reaches_a_reader_as_markup(client, film, mia):
    make_moment(
        film, mia, "<script>alert(1)</script>", body="<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    )
    content = entries(read(client, "/feed/"), "content")[0]
    assert "<img" not in content
    assert "<script" not in content
    assert [link for link in select(content, "a") if link["href"].startswith("javascript")] == []


def test_a_feed_holds_25_entries(client, film, mia):
    make_more_posts(make_moment(film, mia), 26)
    for url in ("/feed/", "/tags/stars/feed/", "/members/mia/feed/", f"{film.get_absolute_url()}feed/"):
        assert len(entries(read(client, url))) == 25


def test_what_is_gone_leaves_the_feeds(client, world, moment):
    urls = ("/feed/", "/tags/stars/feed/", "/feelings/wonder/feed/", "/films/la-la-land/feed/")
    for url in urls:
        assert "A Lovely Night · La La Land" in entries(read(client, url))
    moment.delete_by_author()
    for url in urls:
        assert "A Lovely Night · La La Land" not in entries(read(client, url))
    assert client.get(feed_of("moment", world), follow=True).status_code == 404


def test_a_deleted_comment_leaves_its_feed(client, world, moment):
    Comment.objects.get(post=moment).delete_by_author()
    assert entries(read(client, feed_of("moment", world))) == []


@for_each("url", [
    "/films/nowhere/feed/", "/tags/nowhere/feed/", "/feelings/bored/feed/", "/members/nobody/feed/",
    "/members/nobody/comments/feed/", "/members/nobody/diary/feed/", "/films/feed/?decade=1",
    "/films/feed/?medium=poem",
    "/films/la-la-land/moments/nowhere/feed/", "/films/la-la-land/songs/a-lovely-night/feed/",
])  # fmt: skip
def test_a_feed_of_nothing_is_not_found(client, moment, url):
    assert client.get(url).status_code == 404


def test_a_closed_account_has_no_feed(client, moment, mia):
    mia.suspend(moderator(), "Spam.")
    assert client.get("/members/mia/feed/").status_code == 404


def test_a_renamed_thing_leads_to_its_feed(client, moment, film):
    old = f"{moment.get_absolute_url()}feed/"
    moment.title = "The tap dance"
    moment.revise(["stars"])
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, f"{moment.get_absolute_url()}feed/")
    film.former_slugs.create(slug="la-la")
    assert client.get("/films/la-la/feed/")["Location"] == "/films/la-la-land/feed/"


def test_a_merged_tag_leads_to_the_feed_of_the_other(client, film, mia):
    tags = make_moment(film, mia, tags=["dance", "tap"]).tag_list
    one, other = sorted(tags, key=lambda tag: tag.name)
    other.merge_into(moderator(), one)
    assert client.get("/tags/tap/feed/")["Location"] == "/tags/dance/feed/"


def test_what_has_not_changed_is_not_sent_again(client, moment, seb):
    first = client.get("/feed/")
    assert "public" in first["Cache-Control"]
    assert "Set-Cookie" not in first
    assert client.get("/feed/", headers={"if-none-match": first["ETag"]}).status_code == 304
    make_comment(moment, seb)
    moment.title = "The bench"
    moment.revise(["stars"])
    assert client.get("/feed/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_empty_feed_stays_the_same(client, film):
    assert client.get("/feed/")["ETag"] == client.get("/feed/")["ETag"]
    assert read(client, "/feed/").findtext(f"{ATOM}updated") == "2020-01-01T00:00:00+00:00"


def test_a_feed_costs_the_same_for_one_row_and_for_many(client, world, film, mia, seb, moment):
    few = {name: queries(client, feed_of(name, world)) for name in LISTS}
    for _ in range(20):
        FeelingTally.objects.create(moment=make_moment(film, mia), feeling="wonder", strength=0.1)
        make_song(film, mia, tags=["stars"])
        make_trivia(film, mia, tags=["stars"])
        make_comment(moment, seb)
    many = {name: queries(client, feed_of(name, world)) for name in LISTS}
    assert {name: cost for name, cost in few.items() if cost > 6} == {}
    assert {name: cost for name, cost in many.items() if cost > 6} == {}


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
