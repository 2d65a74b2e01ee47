"""The sitemap and robots.txt: all that may be found, and nothing else."""

import xml.etree.ElementTree as ElementTree

from django.urls import reverse

from moments.syndication import sitemaps
from tests.support.makers import make_film, make_moment, make_more_posts, make_song, make_trivia, moderator
from tests.support.rows import for_each

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "http://localhost:8000"


def read(client, url):
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(response.content)


def locations(client, url):
    return [node.text.removeprefix(BASE) for node in read(client, url).iter(f"{SITEMAP}loc")]


def everything(client):
    return [path for part in locations(client, "/sitemap.xml") for path in locations(client, part)]


def test_the_index_names_parts_that_are_there(client, moment):
    parts = locations(client, "/sitemap.xml")
    assert {part.rsplit("-", 1)[0] for part in parts} == {
        "/sitemap-pages", "/sitemap-films", "/sitemap-posts", "/sitemap-tags", "/sitemap-artists",
    }  # fmt: skip
    assert all(client.get(part).status_code == 200 for part in parts)


def test_every_film_post_and_tag_is_in_it(client, moment, film, mia):
    song, claim = make_song(film, mia), make_trivia(film, mia)
    paths = everything(client)
    for target in (film, moment, song, claim, *moment.tag_list):
        assert target.get_absolute_url() in paths
    assert song.artist_url in paths
    for path in ("/", "/new/", "/films/", "/feelings/wonder/"):
        assert path in paths
    assert len(paths) == len(set(paths))
    assert all(client.get(path).status_code == 200 for path in paths)


def test_what_is_gone_is_not_in_it(client, moment, film, mia):
    other = make_moment(make_film("Ponyo"), mia, tags=["sea"])
    moment.delete_by_author()
    other.film.remove(moderator(), "spam")
    paths = everything(client)
    for target in (moment, other, other.film, *other.tag_list[:0]):
        assert target.get_absolute_url() not in paths
    assert "/tags/stars/" not in paths


def test_a_post_says_when_it_last_changed(client, moment):
    moment.created = moment.created.replace(year=2020)
    moment.save()
    place = read(client, f"/sitemap-posts-{moment.pk // sitemaps.PART + 1}.xml").find(f"{SITEMAP}url")
    assert place.findtext(f"{SITEMAP}lastmod") == f"{moment.created:%Y-%m-%d}"
    moment.title = "The bench"
    moment.revise(["stars"])
    place = read(client, f"/sitemap-posts-{moment.pk // sitemaps.PART + 1}.xml").find(f"{SITEMAP}url")
    assert place.findtext(f"{SITEMAP}lastmod") == f"{moment.edited:%Y-%m-%d}"


def test_the_address_of_a_part_is_the_one_of_its_route():
    assert sitemaps.address_of("posts", 7) == reverse("sitemap-section", args=("posts", 7))


def test_the_parts_hold_ranges_of_ids(client, film, mia, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 2)
    posts = [make_moment(film, mia) for _ in range(5)]
    parts = [part for part in locations(client, "/sitemap.xml") if "posts" in part]
    assert len(parts) == posts[-1].pk // 2 + 1
    paths = [path for part in parts for path in locations(client, part)]
    assert paths == [post.get_absolute_url() for post in posts]


@for_each("part", ["poems-1", "posts-0", "pages-2", "posts-99999999999999999999", "posts-x", "-1"])
def test_a_part_that_never_was_is_not_found(client, db, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_the_sitemap_of_an_empty_site_has_its_pages_alone(client, db):
    assert locations(client, "/sitemap.xml") == ["/sitemap-pages-1.xml"]


def test_a_part_costs_one_query(client, film, mia, django_assert_num_queries):
    make_more_posts(make_moment(film, mia), 19)
    for section in sitemaps.SECTIONS:
        with django_assert_num_queries(1):
            client.get(f"/sitemap-{section}-1.xml")
    with django_assert_num_queries(len(sitemaps.SECTIONS)):
        client.get("/sitemap.xml")


def test_no_address_comes_from_the_request(client, moment, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for url in ("/sitemap.xml", "/sitemap-pages-1.xml", "/sitemap-posts-1.xml", "/robots.txt"):
        assert "evil.example" not in client.get(url, headers={"host": "evil.example"}).content.decode()


def test_robots_are_led_to_the_sitemap_and_kept_from_doors_and_verbs(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {BASE}/sitemap.xml" in lines
    for path in ("/accounts/", "/admin/", "/search/", "/posts/", "/comments/*/reply/", "/*?*after="):
        assert f"Disallow: {path}" in lines
    for page in ("/", "/films/", "/tags/", "/members/", "/comments/"):
        assert f"Disallow: {page}" not in lines
