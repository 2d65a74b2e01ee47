"""Pages kept whole for visitors: who gets them, for how long, and that nobody's own is among them."""

import pytest
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client, RequestFactory

from reelive import kept
from reelive.kept import KeptPages
from tests.conftest import make_film, make_moment

# An answer that ends looks at the connection, which may be left over from a test before.
pytestmark = pytest.mark.django_db

SECRETS = {"HTTP_COOKIE": "sessionid=abc"}


class Site:
    """A site that counts how often it was asked."""

    def __init__(self, **headers):
        self.asked, self.status, self.headers = 0, 200, headers

    def __call__(self, environ, start_response):
        self.asked += 1
        self.response = self.answer()
        start_response(f"{self.status} Some", list(self.response.items()))
        return self.response

    def answer(self):
        return HttpResponse(f"answer {self.asked}", headers=self.headers)


@pytest.fixture
def around(tmp_path):
    """Pages kept for a minute before a site."""
    return lambda site, mark="changed": KeptPages(site, 60, tmp_path / mark)


def ask(pages, path="/", method="GET", **environ):
    """Status, headers and body of the answer."""
    said = []
    environ = RequestFactory().generic(method, path).environ | {"HTTP_HOST": "localhost"} | environ
    body = b"".join(pages(environ, lambda status, headers, *_: said.append((status, dict(headers)))))
    return said[0][0], said[0][1], body


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
    monkeypatch.setattr(kept, "LARGEST", 7)
    pages = around(Site())
    assert [ask(pages)[2], ask(pages)[2]] == [b"answer 1", b"answer 2"]


def test_a_page_grows_old(around, monkeypatch):
    pages = around(Site())
    now = kept.monotonic()
    for seconds, body in ((0, b"answer 1"), (59, b"answer 1"), (61, b"answer 2"), (120, b"answer 2")):
        monkeypatch.setattr(kept, "monotonic", lambda: now + seconds)  # noqa: B023
        assert ask(pages)[2] == body


def test_zero_seconds_keep_nothing_and_need_no_mark(tmp_path):
    pages = KeptPages(site := Site(), 0, tmp_path / "changed")
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
    monkeypatch.setattr(kept, "MOST_BYTES", 3 * len(b"answer 1"))
    pages = around(site := Site())
    for number in (1, 2, 3, 4):
        ask(pages, f"/{number}/")
    assert pages.size == 3 * len(b"answer 1")
    assert [ask(pages, f"/{number}/")[2] for number in (2, 3, 4)] == [b"answer 2", b"answer 3", b"answer 4"]
    assert ask(pages, "/1/")[2] == b"answer 5"
    assert site.asked == 5


def test_visitors_see_each_change_at_once(around, transactional_db, mia, keith):
    """The whole site: a member's vote shows on the very next page that a visitor asks for."""
    moment = make_moment(make_film(), mia)
    pages = around(get_wsgi_application())
    before = ask(pages, moment.get_absolute_url())
    assert ask(pages, moment.get_absolute_url()) == before
    member = Client()
    member.force_login(keith)
    token = "t" * CSRF_SECRET_LENGTH
    vote = RequestFactory().post(f"/posts/{moment.pk}/upvote/", {"csrfmiddlewaretoken": token}).environ
    cookies = f"csrftoken={token}; sessionid={member.cookies['sessionid'].value}"
    assert ask(pages, **vote | {"HTTP_COOKIE": cookies})[0] == "302 Found"
    assert b'aria-label="1: sign in to upvote"' in ask(pages, moment.get_absolute_url())[2]


def test_private_pages_are_never_kept(around, db):
    pages = around(get_wsgi_application())
    for address in ("/accounts/login/", "/accounts/signup/", "/healthz", "/share/", "/static/none.css"):
        ask(pages, address)
    assert pages.pages == {}
