"""Kept pages are not sent to who has them, and end with each change of the site."""

import pytest
from django.core.wsgi import get_wsgi_application
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client, RequestFactory

from accounts.models import User
from reelive.page_cache import PageCache
from tests.support.makers import make_film, make_moment
from tests.support.page_cache import Site, ask

# An answer that ends looks at the connection, which may be left over from a test before.
pytestmark = pytest.mark.django_db


@pytest.fixture
def around(tmp_path):
    """Pages kept for a minute before a site."""
    return lambda site, mark="changed": PageCache(site, 60, tmp_path / mark)


# Who has the page already


MONDAY, TUESDAY = "Mon, 02 Nov 2026 10:00:00 GMT", "Tue, 03 Nov 2026 10:00:00 GMT"
SUNDAY = "Sun, 01 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    "asked, status",
    [
        ({"HTTP_IF_MODIFIED_SINCE": MONDAY}, 304),
        ({"HTTP_IF_MODIFIED_SINCE": TUESDAY}, 304),
        ({"HTTP_IF_MODIFIED_SINCE": SUNDAY}, 200),
        ({"HTTP_IF_MODIFIED_SINCE": "yesterday"}, 200),
        ({"HTTP_IF_MODIFIED_SINCE": ""}, 200),
        ({"HTTP_IF_NONE_MATCH": '"own"'}, 304),
        ({"HTTP_IF_NONE_MATCH": 'W/"own"'}, 304),
        ({"HTTP_IF_NONE_MATCH": '"a", W/"own" , "b"'}, 304),
        ({"HTTP_IF_NONE_MATCH": "*"}, 304),
        ({"HTTP_IF_NONE_MATCH": '"owner"'}, 200),
        ({"HTTP_IF_NONE_MATCH": "own"}, 200),
        ({"HTTP_IF_NONE_MATCH": ""}, 200),
        # The tag wins over the time, whatever it says.
        ({"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": TUESDAY}, 200),
        ({"HTTP_IF_NONE_MATCH": '"own"', "HTTP_IF_MODIFIED_SINCE": SUNDAY}, 304),
    ],
)
@pytest.mark.parametrize("tag", ['"own"', 'W/"own"'])
def test_a_kept_page_is_not_sent_to_who_has_it(around, asked, status, tag):
    pages = around(site := Site(**{"ETag": tag, "Last-Modified": MONDAY}))
    ask(pages)
    said, headers, body = ask(pages, **asked)
    assert int(said[:3]) == status
    assert body == (b"" if status == 304 else b"answer 1")
    assert (headers["ETag"], headers["Last-Modified"]) == (tag, MONDAY)
    assert site.asked == 1


def test_a_page_that_names_no_time_is_sent(around):
    pages = around(Site())
    ask(pages)
    assert ask(pages, HTTP_IF_MODIFIED_SINCE=TUESDAY)[0] == "200 OK"


def test_a_kept_feed_answers_by_time_as_a_fresh_one_does(around, transactional_db, mia):
    make_moment(make_film(), mia)
    pages = around(get_wsgi_application())
    changed = ask(pages, "/feed/")[1]["Last-Modified"]
    assert pages.pages
    assert ask(pages, "/feed/", HTTP_IF_MODIFIED_SINCE=changed)[0] == "304 Not Modified"


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
    assert b'aria-label="1: join to upvote"' in ask(pages, moment.get_absolute_url())[2]


# What ends the life of all pages


@pytest.fixture
def changed(around, transactional_db, monkeypatch):
    """Whether a request has ended them: asked of the whole site, with the form's token and these cookies."""
    pages, ends = around(get_wsgi_application()), []
    monkeypatch.setattr(pages, "note_change", lambda: ends.append(True))
    token = "t" * CSRF_SECRET_LENGTH

    def send(path, member=None, status=302, token_sent=token, **fields):
        environ = RequestFactory().post(path, {"csrfmiddlewaretoken": token_sent} | fields).environ
        cookies = f"csrftoken={token}"
        if member:
            signed_in = Client()
            signed_in.force_login(member)
            cookies += f"; sessionid={signed_in.cookies['sessionid'].value}"
        ends.clear()
        assert int(ask(pages, **environ | {"HTTP_COOKIE": cookies})[0][:3]) == status
        return bool(ends)

    return send


def test_forms_of_visitors_end_no_page(changed, moment):
    vote, comments = f"/posts/{moment.pk}/upvote/", f"/posts/{moment.pk}/comments/"
    assert not changed(vote)
    assert not changed(comments, body="A word of a visitor")
    assert not changed(f"/moments/{moment.pk}/feel/", feeling="joy")
    assert not changed("/accounts/login/", status=422, login="mia", password="wrong")
    assert not changed("/nowhere/", status=404)
    assert not changed("/", status=405)


def test_refused_forms_end_no_page(changed, moment, seb, mia):
    vote, comments = f"/posts/{moment.pk}/upvote/", f"/posts/{moment.pk}/comments/"
    assert not changed(vote, seb, status=403, token_sent="u" * CSRF_SECRET_LENGTH)
    assert not changed(comments, seb, status=422, body="")
    assert not changed("/posts/999999/upvote/", seb, status=404)
    assert changed(vote, seb)


def test_a_body_that_is_not_read_ends_no_page(around, monkeypatch, db):
    pages, ends = around(get_wsgi_application()), []
    monkeypatch.setattr(pages, "note_change", lambda: ends.append(True))
    assert ask(pages, method="POST", CONTENT_LENGTH="99999999")[0].startswith("413")
    assert ends == []


def test_a_form_that_breaks_may_have_changed_something(changed, moment, seb, monkeypatch):
    monkeypatch.setattr("moments.views.votes.spending", lambda *args: 1 / 0)
    assert changed(f"/posts/{moment.pk}/upvote/", seb, status=500)


def test_a_new_member_shows_at_once(changed, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    fields = {"email": "amy@example.org", "username": "amy", "password1": "correct horse battery"}
    assert not changed("/accounts/signup/", status=422, **fields | {"email": "amy"})
    assert changed("/accounts/signup/", **fields)


def test_a_deleted_account_is_gone_at_once(changed, seb, monkeypatch):
    asked = "allauth.account.internal.flows.reauthentication.did_recently_reauthenticate"
    monkeypatch.setattr(asked, lambda request: True)
    assert changed("/accounts/delete/", seb, texts="leave")
    assert not User.objects.filter(pk=seb.pk).exists()


def test_private_pages_are_never_kept(around, db):
    pages = around(get_wsgi_application())
    for address in ("/accounts/login/", "/accounts/signup/", "/healthz", "/share/", "/static/none.css"):
        ask(pages, address)
    assert pages.pages == {}
