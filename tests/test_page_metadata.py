"""What pages say of themselves in their heads, to search engines and to sites that link to them."""

import json
import re
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from moments.models import Film, Post
from moments.syndication.link_pictures import picture_of_site
from moments.templatetags.page_metadata import json_ld
from tests.support.makers import make_comment, make_film, make_moment, make_more_posts, make_song, make_trivia
from tests.support.rows import for_each

BASE = "http://localhost:8000"


class Head:
    """The head of a page, read as a machine reads it."""

    def __init__(self, response):
        self.html = response.content.decode().partition("</head>")[0]
        self.meta = {
            name: unescape(content)
            for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', self.html)
        }
        self.links = {
            rel: unescape(href)
            for rel, href in re.findall(r'<link rel="(\w+)"[^>]* href="([^"]+)"', self.html)
        }
        scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', self.html, re.DOTALL)
        self.data = {data["@type"]: data for data in map(json.loads, scripts)}

    @property
    def canonical(self):
        return self.links.get("canonical")


@pytest.fixture
def head(client):
    def read(url, **options):
        return Head(client.get(url, **options))

    return read


# Addresses.


@for_each("asked, canonical", [
    ("/", "/"),
    ("/?utm_source=x", "/"),
    ("/?kind=song&utm_source=x", "/?kind=song"),
    ("/?kind=", "/"),
    ("/new/?kind=trivia", "/new/?kind=trivia"),
    ("/top/?kind=song&by=week", "/top/?by=week&kind=song"),
    ("/films/?sort=year&medium=film", "/films/?medium=film"),
    ("/films/la-la-land/?order=votes", "/films/la-la-land/"),
    ("/films/la-la-land/songs/", "/films/la-la-land/songs/"),
    ("/films/la-la-land/moments/a-lovely-night/?sort=new", "/films/la-la-land/moments/a-lovely-night/"),
    ("/tags/tap-dance/", "/tags/tap-dance/"),
    ("/feelings/wonder/", "/feelings/wonder/"),
    ("/members/mia/", "/members/mia/"),
    ("/members/mia/comments/", "/members/mia/comments/"),
])  # fmt: skip
def test_a_page_has_one_address(head, moment, asked, canonical):
    page = head(asked)
    assert page.canonical == page.meta["og:url"] == BASE + canonical
    assert "robots" not in page.meta


def test_no_address_comes_from_the_request(client, head, moment, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for url in ("/", moment.get_absolute_url(), moment.film.get_absolute_url()):
        page = client.get(url, headers={"host": "evil.example"}).content.decode()
        assert "evil.example" not in page
        assert "testserver" not in page
    assert client.get("//evil.example/x").status_code == 404


def test_an_address_with_letters_of_any_script_is_escaped_once(head, film, mia):
    moment = make_moment(film, mia, "夜の「踊り」")
    assert head(moment.get_absolute_url()).canonical == BASE + moment.get_absolute_url()
    assert "%25" not in moment.get_absolute_url()


@for_each("url", ["/search/", "/search/?q=stars", "/share/", "/accounts/login/", "/comments/{}/"])
def test_what_is_no_page_of_its_own_is_not_to_be_found(head, moment, seb, url):
    page = head(url.format(make_comment(moment, seb).pk))
    assert page.meta["robots"] == "noindex"
    assert page.canonical is None


def test_forms_and_refusals_are_not_to_be_found(as_mia, moment):
    for url in (
        reverse("moment-add", args=[moment.film.slug]),
        reverse("post-edit", args=[moment.pk]),
        "/nowhere/",
    ):
        page = Head(as_mia.get(url))
        assert page.meta["robots"] == "noindex"
        assert (page.canonical, page.data) == (None, {})


def test_deleted_posts_and_later_pages_are_not_to_be_found(head, client, moment, film, mia):
    make_more_posts(moment, 25)
    cursor = client.get("/new/").context["next_cursor"]
    assert head(f"/new/?after={cursor}").meta["robots"] == "noindex"
    moment.delete_by_author()
    page = head(moment.get_absolute_url())
    assert (page.meta["robots"], page.data) == ("noindex", {})


# Cards.


def test_a_film_introduces_itself(head, film):
    Film.objects.filter(pk=film.pk).update(summary="Two people. " * 60)
    page = head(film.get_absolute_url())
    assert page.meta["og:title"] == "La La Land (2016)"
    assert page.meta["og:type"] == "video.movie"
    assert page.meta["description"] == page.meta["og:description"]
    assert page.meta["description"].startswith("Two people. Two people.")
    assert len(page.meta["description"]) <= 200
    assert page.meta["twitter:card"] == "summary_large_image"
    assert re.fullmatch(r"\w.+La La Land \(2016\)", head("/films/la-la-land/songs/").meta["og:title"])
    assert head(make_film("Severance", medium="series").get_absolute_url()).meta["og:type"] == "video.tv_show"


def test_a_post_introduces_itself(head, film, mia):
    post = make_moment(film, mia, 'The "bench" & <b>', body="They *sit* >!apart!<.")
    page = head(post.get_absolute_url())
    assert page.meta["og:title"] == 'The "bench" & <b> – La La Land (2016)'
    assert page.meta["og:type"] == "article"
    assert page.meta["description"] == "They sit ▒▒▒."


@pytest.mark.parametrize("make", [make_song, make_trivia])
def test_a_post_without_a_text_introduces_itself_by_its_title_and_film(head, film, mia, make):
    post = make(film, mia, "City of Stars")
    description = head(post.get_absolute_url()).meta["description"]
    assert [name for name in ("City of Stars", film.title) if name not in description] == []


def test_a_still_is_the_picture_of_its_post(head, moment, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    moment.still.save("a.webp", ContentFile(b"x"), save=False)
    moment.still_alt = 'Two "dancers"'
    moment.save()
    page = head(moment.get_absolute_url())
    assert page.meta["og:image"] == f"{BASE}{moment.still_url}"
    assert page.meta["og:image:alt"] == 'Two "dancers"'
    assert page.meta["twitter:card"] == "summary_large_image"
    Post.objects.filter(pk=moment.pk).update(spoiler=True)
    veiled = head(moment.get_absolute_url()).meta
    assert veiled["og:image"] == f"{BASE}/static/img/link.png"
    assert veiled["og:image:alt"] == picture_of_site().alt


@for_each("url, title", [
    ("/", "Reelive"), ("/top/", "Top on Reelive"), ("/tags/stars/", "#stars on Reelive"),
    ("/feelings/wonder/", "Wonder on Reelive"), ("/members/mia/", "@mia on Reelive"),
])  # fmt: skip
def test_a_list_introduces_itself(head, moment, url, title):
    page = head(url)
    assert page.meta["og:title"] == title
    assert page.meta["description"]


@for_each("make", [make_moment, make_song, make_trivia])
def test_a_spoiler_says_nothing_of_itself(client, film, mia, make):
    post = make(film, mia, "He leaves her", body="The piano closes.", spoiler=True, tags=["farewell"])
    client.force_login(mia)
    page = Head(client.get(post.get_absolute_url()))
    told = json.dumps([page.meta, list(page.data.values())]).replace(post.slug, "")
    for secret in ("leaves", "piano", "farewell"):
        assert secret not in told
    assert page.meta["og:title"].endswith("La La Land")


# JSON-LD.


def test_a_film_is_a_movie_with_its_facts(head, film):
    facts = {
        "director": "Damien Chazelle",
        "runtime": 128,
        "imdb": "tt3783958",
        "tmdb": "313369",
        "language": "en",
    }
    Film.objects.filter(pk=film.pk).update(**facts)
    page = head(film.get_absolute_url())
    url = f"{BASE}/films/la-la-land/"
    assert page.data["Movie"] == {
        "@context": "https://schema.org",
        "@type": "Movie",
        "@id": url,
        "url": url,
        "name": "La La Land",
        "datePublished": "2016",
        "director": {"@type": "Person", "name": "Damien Chazelle"},
        "duration": "PT128M",
        "inLanguage": "en",
        "sameAs": ["https://www.imdb.com/title/tt3783958/", "https://www.themoviedb.org/movie/313369/"],
    }
    crumbs = [(item["name"], item["item"]) for item in page.data["BreadcrumbList"]["itemListElement"]]
    assert crumbs == [("Reelive", f"{BASE}/"), ("Films", f"{BASE}/films/"), ("La La Land", url)]


def test_a_series_is_a_series(head, db):
    series = make_film("Severance", medium="series", tmdb="95396", year=2022)
    data = head(series.get_absolute_url()).data["TVSeries"]
    assert data["sameAs"] == ["https://www.themoviedb.org/tv/95396/"]


@for_each("make", [make_moment, make_song, make_trivia])
def test_a_post_is_a_posting_about_its_film(head, film, mia, seb, make):
    post = make(film, mia, "The bench", body="They sit.", tags=["dusk"])
    post.upvote(seb)
    make_comment(post, seb)
    data = head(post.get_absolute_url()).data["DiscussionForumPosting"]
    url = f"{BASE}{post.get_absolute_url()}"
    assert (data["@id"], data["url"], data["headline"], data["text"]) == (url, url, "The bench", "They sit.")
    assert data["author"] == {"@type": "Person", "name": "mia", "url": f"{BASE}/members/mia/"}
    assert data["datePublished"] == post.created.isoformat()
    assert (data["about"]["@type"], data["about"]["name"]) == ("Movie", "La La Land")
    assert (data["commentCount"], data["keywords"]) == (1, ["dusk"])
    counts = {
        row["interactionType"].rsplit("/")[-1]: row["userInteractionCount"]
        for row in data["interactionStatistic"]
    }
    assert counts == {"LikeAction": 1, "CommentAction": 1}


def test_a_post_outlives_its_author(head, moment):
    Post.objects.update(author=None)
    author = head(moment.get_absolute_url()).data["DiscussionForumPosting"]["author"]
    assert author["name"]
    assert set(author) == {"@type", "name"}


HOSTILE = "</script><script>alert(1)</script> <!-- & \u2028 \u2029 \" ' ]]>"


def test_no_title_ends_the_element_that_it_stands_in(client, film, mia):
    Film.objects.filter(pk=film.pk).update(title=HOSTILE, summary=HOSTILE)
    post = make_moment(Film.objects.get(), mia, body=HOSTILE)
    Post.objects.update(title=HOSTILE)
    for url in (post.get_absolute_url(), film.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "\u2028" not in "".join(re.findall(r"<script.*?</script>", page, re.DOTALL))
        names = json.dumps(list(Head(client.get(url)).data.values()), ensure_ascii=False)
        assert "</script><script>alert(1)" in names


def test_data_says_the_same_after_its_escaping():
    data = {"name": HOSTILE, "list": ["<", ">", "&"]}
    text = json_ld(data)
    assert json.loads(text) == data
    assert not set("<>&\u2028\u2029") & set(text)


@pytest.mark.parametrize(("name", "queries"), [("film", 10), ("moment", 9)])
def test_a_head_costs_one_query(client, moment, film, name, queries, django_assert_max_num_queries):
    url = {"film": film, "moment": moment}[name].get_absolute_url()
    client.get(url)
    with django_assert_max_num_queries(queries):
        client.get(url)
