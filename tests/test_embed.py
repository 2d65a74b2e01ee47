"""Cards for the pages of other sites, and oEmbed: what they show, to whom, and what they never do."""

import json
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from moments.models import Post
from moments.models.kinds import POST_KINDS
from tests.support.link_pictures import named_picture, painted
from tests.support.makers import make_film, make_moment, make_song, make_trivia, moderator
from tests.support.pages import select
from tests.support.rows import for_each

BASE = "http://localhost:8000"
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def card_of(post):
    return reverse("embed-post", args=[post.pk])


def ask(client, url, **more):
    return client.get("/oembed/", {"url": url, **more})


# The card.


@pytest.mark.parametrize("make", [make_moment, make_song, make_trivia])
def test_a_card_shows_a_post_and_leads_to_it_by_one_link(make, client, film, mia):
    post = make(film, mia, "The bench", body="They *sit* >!apart!<.")
    page = client.get(card_of(post))
    (link,) = select(page, "a")
    assert (link["href"], link["target"], link["rel"]) == (
        f"{BASE}{post.get_absolute_url()}",
        "_top",
        "noopener",
    )
    text = unescape(page.text)
    words = ("The bench", "La La Land (2016)", "@mia", "They sit ▒▒▒.")
    assert [word for word in words if word not in text] == []
    # The policy of a card allows no manifest, so naming one would be an error in the browser's console.
    assert select(page, "script, form, iframe, [style], [rel=manifest]") == []


def test_the_card_of_a_film_leads_to_it(client, film, moment):
    page = client.get(reverse("embed-film", args=[film.slug]))
    assert [link["href"] for link in select(page, "a")] == [f"{BASE}/films/la-la-land/"]
    assert [heading.text for heading in select(page, "h1")] == ["La La Land (2016)"]


@pytest.mark.parametrize("name", ["post", "film"])
def test_a_card_may_be_framed_by_anybody_and_runs_nothing(name, client, film, moment):
    args = {"post": [moment.pk], "film": [film.slug]}[name]
    response = client.get(reverse(f"embed-{name}", args=args))
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert [policy[name] for name in ("frame-ancestors", "default-src", "form-action")] == [
        "*",
        "'none'",
        "'none'",
    ]
    assert "script-src" not in policy
    assert not response.has_header("X-Frame-Options")
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_no_other_page_may_be_framed(client, moment):
    for url in ("/", moment.get_absolute_url(), moment.send_url, "/embed/posts/999/"):
        response = client.get(url)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_a_card_is_the_same_whoever_asks_and_sets_no_cookie(film, mia, moment):
    client = Client()
    plain = client.get(card_of(moment))
    client.force_login(mia)
    client.cookies["theme"] = "dark"
    own = client.get(card_of(moment))
    assert own.content == plain.content
    assert (dict(own.cookies), "Cookie" in own.get("Vary", "")) == ({}, False)


def test_what_somebody_revealed_stays_veiled_in_the_card(client, film, mia):
    post = make_moment(film, mia, "He leaves her", body="The piano closes.", spoiler=True)
    client.get(f"{post.get_absolute_url()}?show=1", follow=True)
    text = client.get(card_of(post)).text
    assert [secret for secret in ("leaves", "piano", post.slug, post.art_url) if secret in text] == []
    assert str(POST_KINDS["moment"].veiled_title) in unescape(text)
    assert f"{BASE}/posts/{post.pk}/" in text


def test_a_hostile_title_is_text(client, film, mia):
    post = make_moment(film, mia)
    Post.objects.filter(pk=post.pk).update(title=HOSTILE, excerpt=HOSTILE)
    page = client.get(card_of(post))
    assert select(page, "script, [onerror]") == []
    assert [heading.text for heading in select(page, "h1")] == [HOSTILE]
    answer = ask(client, f"{BASE}{post.get_absolute_url()}").json()
    assert answer["title"].startswith(HOSTILE)
    (frame,) = select(answer["html"], "*")
    assert (frame.name, frame["title"]) == ("iframe", f"{HOSTILE} on Reelive")


def test_a_still_is_the_picture_of_the_card(client, moment):
    moment.still.save("a.webp", ContentFile(b"x"), save=False)
    moment.still_alt = 'Two "dancers"'
    moment.save()
    (picture,) = select(client.get(card_of(moment)), "img")
    assert (picture["src"], picture["alt"]) == (moment.still_url, 'Two "dancers"')


def test_what_is_gone_has_no_card(client, film, mia):
    removed, deleted, withheld = (make_moment(film, mia) for _ in range(3))
    removed.remove(moderator(), "spam")
    deleted.delete_by_author()
    for post in (removed, deleted):
        answers = client.get(card_of(post)), ask(client, f"{BASE}/posts/{post.pk}/")
        assert [answer.status_code for answer in answers] == [404, 404]
    film.remove(moderator(), "spam")
    urls = [card_of(withheld), reverse("embed-film", args=[film.slug])]
    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert ask(client, f"{BASE}/films/la-la-land/").status_code == 404


# oEmbed.


def test_oembed_says_how_to_show_a_post(client, moment):
    painted(client, moment.get_absolute_url())
    picture = named_picture(client, moment.get_absolute_url())
    response = ask(client, f"{BASE}{moment.get_absolute_url()}", format="json")
    answer = response.json()
    (frame,) = select(answer.pop("html"), "iframe")
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Reelive",
        "provider_url": f"{BASE}/",
        "cache_age": 86400,
        "title": "A Lovely Night – La La Land (2016)",
        "author_name": "@mia",
        "author_url": f"{BASE}/members/mia/",
        "thumbnail_url": f"{BASE}{picture}",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "width": 600,
        "height": 420,
    }
    assert (frame["src"], frame["width"], frame["height"]) == (f"{BASE}{card_of(moment)}", "600", "420")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=300"


@for_each("asked, size", [
    ({"maxwidth": "320"}, (320, 420)), ({"maxheight": "200"}, (600, 200)), ({"maxwidth": "9000"}, (600, 420)),
    ({"maxwidth": "-1"}, (600, 420)), ({"maxwidth": "x"}, (600, 420)), ({"maxwidth": "٣٢٠"}, (600, 420)),
    ({"maxwidth": "0"}, (600, 420)), ({"maxwidth": "9" * 5000}, (600, 420)),
])  # fmt: skip
def test_a_card_is_no_larger_than_there_is_room(asked, size, client, moment):
    answer = ask(client, f"{BASE}{moment.get_absolute_url()}", **asked).json()
    assert (answer["width"], answer["height"]) == size


def test_pages_name_where_they_are_asked_about(client, moment, film):
    for target in (moment, film):
        page = client.get(target.get_absolute_url())
        (link,) = select(page, 'link[type="application/json+oembed"]')
        answer = client.get(link["href"].removeprefix(BASE)).json()
        assert answer["title"].endswith("La La Land (2016)")
    assert select(client.get("/new/"), 'link[type="application/json+oembed"]') == []


def test_a_former_address_is_known(client, moment, film):
    old = f"{BASE}{moment.get_absolute_url()}"
    moment.title = "The tap dance"
    moment.revise(["stars"])
    film.former_slugs.create(slug="la-la")
    assert ask(client, old).json()["title"] == "The tap dance – La La Land (2016)"
    assert ask(client, f"{BASE}/films/la-la/").json()["title"] == "La La Land (2016)"


@for_each("url", [
    "", "x", "/films/la-la-land/", "https://evil.example/films/la-la-land/",
    "http://localhost:8000.evil.example/",
    "http://localhost:8000@evil.example/films/la-la-land/", "javascript:alert(1)", "http://[", f"{BASE}/",
    f"{BASE}/films/nowhere/", f"{BASE}/members/mia/", f"{BASE}/notifications/",
    f"{BASE}/films/la-la-land/edit/",
    f"{BASE}/posts/99999999999999999999999/", f"{BASE}/%00/", f"{BASE}/" + "a" * 9000, "\x00",
])  # fmt: skip
def test_nothing_else_is_answered(url, client, film, mia):
    assert ask(client, url).status_code == 404


@for_each("form", ["xml", "html", "", "\x00"])
def test_another_format_is_not_implemented(form, client, film):
    expected = 501 if form else 200
    assert ask(client, f"{BASE}/films/la-la-land/", format=form).status_code == expected


def test_oembed_of_a_spoiler_says_nothing_of_it(client, film, mia):
    make_film("Ponyo")
    post = make_moment(film, mia, "He leaves her", body="The piano closes.", spoiler=True)
    told = json.dumps(ask(client, f"{BASE}/posts/{post.pk}/").json())
    assert [secret for secret in ("leaves", "piano") if secret in told] == []
    assert "A spoiler for La La Land" in told
