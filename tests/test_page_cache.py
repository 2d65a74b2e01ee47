"""Pages kept whole for visitors: who gets them, for how long, and that nobody's own is among them."""

import html
import re
from urllib.parse import parse_qs

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from reelive import page_cache, wsgi
from reelive.cookies import UNREADABLE
from reelive.page_cache import PageCache
from tests.support.makers import make_comment, make_moment, make_more_posts
from tests.support.page_cache import Site, ask

# An answer that ends looks at the connection, which may be left over from a test before.
pytestmark = pytest.mark.django_db

SECRETS = {"HTTP_COOKIE": "sessionid=abc"}


@pytest.fixture
def around(tmp_path):
    """Pages kept for a minute before a site."""
    return lambda site, mark="changed": PageCache(site, 60, tmp_path / mark)


def test_a_page_is_made_once_for_all_visitors(around):
    pages = around(site := Site())
    assert [ask(pages)[2] for _ in range(3)] == [b"answer 1"] * 3
    assert site.asked == 1
    assert site.response.closed


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/?kind=song"},
        {"path": "/new/"},
        {"HTTP_HOST": "127.0.0.1"},
        {"HTTP_COOKIE": "theme=dark"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
    ],
)
def test_what_differs_is_kept_apart(around, other):
    pages = around(site := Site())
    for _again in range(2):
        assert ask(pages)[2] == b"answer 1"
        assert ask(pages, **other)[2] == b"answer 2"
    assert site.asked == 2


@pytest.mark.parametrize(
    "personal",
    [
        SECRETS,
        {"HTTP_COOKIE": "theme=dark; sessionid=abc"},
        {"HTTP_COOKIE": "theme=sepia"},
        {"HTTP_COOKIE": "", UNREADABLE: True},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"method": "HEAD"},
    ],
)
def test_whoever_brings_something_of_their_own_is_answered_anew(around, personal):
    pages = around(Site())
    assert [ask(pages)[2], ask(pages, **personal)[2], ask(pages, **personal)[2]] == [
        b"answer 1",
        b"answer 2",
        b"answer 3",
    ]
    assert ask(pages)[2] == b"answer 1"


@pytest.mark.parametrize(
    "headers",
    [
        {"Set-Cookie": "csrftoken=abc"},
        {"Cache-Control": "private"},
        {"Cache-Control": "no-cache, no-store"},
    ],
)
def test_what_is_somebodys_own_is_not_kept(around, headers):
    pages = around(site := Site(**headers))
    assert [ask(pages)[2], ask(pages)[2]] == [b"answer 1", b"answer 2"]
    assert not site.response.closed  # that is the server's to do


@pytest.mark.parametrize("status", [206, 301, 404, 429, 503])
def test_only_plain_success_is_kept(around, status):
    pages = around(site := Site())
    site.status = status
    assert [ask(pages)[2], ask(pages)[2]] == [b"answer 1", b"answer 2"]


def test_streams_and_huge_pages_are_passed_on(around, monkeypatch):
    site = Site()
    site.answer = lambda: StreamingHttpResponse(["a", "b"])
    pages = around(site)
    assert [ask(pages)[2], ask(pages)[2], site.asked] == [b"ab", b"ab", 2]
    monkeypatch.setattr(page_cache, "LARGEST", 7)
    pages = around(Site())
    assert [ask(pages)[2], ask(pages)[2]] == [b"answer 1", b"answer 2"]


def test_a_kept_page_waits_for_no_other_request(around, monkeypatch):
    turns = []
    monkeypatch.setattr(wsgi, "_site", around(Site()))
    monkeypatch.setattr(
        wsgi, "in_turn", lambda work, *args: turns.append(args[0]["PATH_INFO"]) or work(*args)
    )
    asked = ["/", "/", "/new/", "/"]
    bodies = [ask(wsgi.kept_or_in_turn, path)[2] for path in asked]
    assert bodies == [b"answer 1", b"answer 1", b"answer 2", b"answer 1"]
    assert turns == ["/", "/new/"]


def test_a_page_grows_old(around, monkeypatch):
    pages = around(Site())
    now = page_cache.monotonic()
    for seconds, body in ((0, b"answer 1"), (59, b"answer 1"), (61, b"answer 2"), (120, b"answer 2")):
        monkeypatch.setattr(page_cache, "monotonic", lambda: now + seconds)  # noqa: B023
        assert ask(pages)[2] == body


def test_zero_seconds_keep_nothing_and_need_no_mark(tmp_path):
    pages = PageCache(site := Site(), 0, tmp_path / "changed")
    ask(pages)
    ask(pages)
    ask(pages, method="POST")
    assert site.asked == 3
    assert list(tmp_path.iterdir()) == []


def test_a_sent_form_ends_all_pages_in_every_process(around):
    site = Site()
    one, other = around(site), around(site)
    assert [ask(one)[2], ask(other)[2], ask(one)[2]] == [b"answer 1", b"answer 2", b"answer 1"]
    ask(other, method="POST", **SECRETS)
    assert [ask(one)[2], ask(other)[2], ask(one)[2]] == [b"answer 4", b"answer 5", b"answer 4"]


def test_a_form_that_breaks_the_site_ends_them_too(around):
    pages = around(site := Site())
    ask(pages)
    site.answer = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError):
        ask(pages, method="POST")
    del site.answer
    assert ask(pages)[2] == b"answer 3"


def test_what_was_made_before_a_change_is_not_given_after_it(around):
    pages = around(site := Site())
    plain = site.answer

    def overtaken():
        pages.note_change()
        return plain()

    site.answer = overtaken
    assert ask(pages)[2] == b"answer 1"
    del site.answer
    assert ask(pages)[2] == b"answer 2"


def test_without_a_place_for_the_mark_pages_grow_old_by_themselves(around):
    pages = around(Site(), mark="no/such/folder/changed")
    ask(pages)
    ask(pages, method="POST")
    assert ask(pages)[2] == b"answer 1"


def test_a_browser_that_has_the_page_gets_no_body(around):
    pages = around(Site(Vary="Cookie"))
    tag = ask(pages)[1]["ETag"]
    status, headers, body = ask(pages, HTTP_IF_NONE_MATCH=f'"older", W/{tag}')
    assert (status, body) == ("304 Not Modified", b"")
    assert headers == {"Vary": "Cookie", "ETag": tag}
    assert ask(pages, HTTP_IF_NONE_MATCH='"another"')[2] == b"answer 1"


def test_a_tag_of_the_sites_own_stays(around):
    pages = around(Site(ETag='"own"'))
    assert ask(pages)[1]["ETag"] == '"own"'
    assert ask(pages, HTTP_IF_NONE_MATCH='"own"')[0] == "304 Not Modified"


def test_the_oldest_make_room(around, monkeypatch):
    pages = around(site := Site())
    ask(pages, "/1/")
    monkeypatch.setattr(page_cache, "MOST_BYTES", 3 * pages.size)
    for number in (2, 3, 4):
        ask(pages, f"/{number}/")
    assert pages.size == page_cache.MOST_BYTES
    assert [ask(pages, f"/{number}/")[2] for number in (2, 3, 4)] == [b"answer 2", b"answer 3", b"answer 4"]
    assert ask(pages, "/1/")[2] == b"answer 5"
    assert site.asked == 5


def test_addresses_and_headers_count_and_not_the_bodies_alone(around, monkeypatch):
    site = Site(**{"X-Long": "x" * 1_000})
    site.answer = lambda: HttpResponse(headers=site.headers)
    pages = around(site)
    ask(pages, f"/{'a' * 400}/")
    assert pages.size > 1_400
    monkeypatch.setattr(page_cache, "MOST_BYTES", 10 * pages.size)
    for number in range(30):
        ask(pages, f"/{'a' * 400}{number}")
    assert len(pages.pages) < 11
    assert pages.size <= page_cache.MOST_BYTES
    for key in list(pages.pages):
        pages.drop(key)
    assert pages.size == 0


def test_a_flood_of_pages_has_a_number(around, monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_PAGES", 20)
    pages = around(Site())
    for number in range(100):
        ask(pages, f"/ledger/?after={number}")
    assert len(pages.pages) == 20
    assert ask(pages, "/ledger/?after=99")[2] == b"answer 100"


def test_one_page_beyond_the_bound_is_not_kept(around, monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_BYTES", 10)
    pages = around(Site())
    assert [ask(pages)[2], ask(pages)[2], pages.size, len(pages.pages)] == [b"answer 1", b"answer 2", 0, 0]


def test_what_is_past_its_time_is_forgotten(around, monkeypatch):
    pages, now = around(Site()), page_cache.monotonic()
    for number in range(10):
        ask(pages, f"/{number}/")
    monkeypatch.setattr(page_cache, "monotonic", lambda: now + 61)
    ask(pages, "/new/")
    assert [key[-2] for key in pages.pages] == ["/new/"]


@pytest.mark.parametrize(
    "address",
    [
        "/ledger/export.jsonl?from=99999999&x=1",
        "/?x=1",
        "/?",
        "/?&",
        "/?AFTER=1",
        "/?kind=song&%61fter=1",
        "/search/?q=stars",
        "/?after=" + "a" * 512,
        "/" + "a" * 512,
    ],
)
def test_addresses_that_the_site_never_gave_out_are_not_kept(around, address):
    """But for the bare question mark, which is the page without one."""
    pages = around(Site())
    is_kept = address == "/?"
    ask(pages, address)
    assert ask(pages, address)[2] == (b"answer 1" if is_kept else b"answer 2")
    assert len(pages.pages) == is_kept


def test_the_parameters_of_lists_are_known(around):
    pages = around(site := Site())
    for query in (
        "after=WzFd&kind=song",
        "by=week",
        "sort=year&decade=1990&medium=film",
        "film=ponyo&with=joy",
    ):
        ask(pages, f"/?{query}")
        ask(pages, f"/?{query}")
    assert site.asked == 4


def test_every_list_that_is_linked_can_be_kept(client, film, mia, seb):
    """But for searches, what leads to joining or to how far one has seen a film, and questions by oEmbed."""
    moment = make_moment(film, mia)
    make_more_posts(moment, 30)
    for number in range(30):
        make_comment(moment, seb if number % 2 else mia)
    pages = ["/", "/new/", "/top/", "/films/", "/songs/", "/trivia/", "/tags/", "/feelings/", "/ledger/"]
    pages += [film.get_absolute_url(), moment.get_absolute_url(), "/films/la-la-land/trivia/", "/tags/stars/"]
    pages += ["/members/mia/", "/feelings/joy/", "/sitemap.xml"]
    links = {
        html.unescape(link) for page in pages for link in re.findall(r'[?][^"#<]+', client.get(page).text)
    }
    names = {name for link in links for name in parse_qs(link[1:])}
    assert {"after", "kind", "sort", "order", "by"} <= names & page_cache.PARAMETERS
    assert names - page_cache.PARAMETERS <= {"deed", "feeling", "moment", "next", "q", "show", "url"}


@pytest.mark.parametrize("scheme", ["spdy", "https,http", "x" * 9_000])
def test_a_made_up_scheme_makes_no_page(around, scheme):
    pages = around(Site())
    ask(pages, HTTP_X_FORWARDED_PROTO=scheme)
    assert pages.pages == {}
