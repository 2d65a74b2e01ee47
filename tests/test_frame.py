"""What stands around every page: the same as if it were made anew, nobody's but the viewer's, no older."""

import re

import pytest

from accounts.models import User
from moments.templatetags.frame import FACTS_OF_PART
from reelive.render_cache import render_cache
from tests.support.pages import select, text_of, texts

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")\w+')


@pytest.fixture(autouse=True)
def nothing_kept():
    render_cache.clear()


def page(client, url):
    """A page of it, without what is made anew for each form."""
    html = client.get(url).content.decode()
    return re.sub(r'name="nonce" value="[^"]*"', "", TOKEN.sub(r"\1", html))


def made_anew(client, url):
    render_cache.clear()
    return page(client, url)


@pytest.fixture(params=["visitor", "mia", "keith", "anna"])
def viewer(request, client):
    """A visitor, a member, a superuser, a moderator."""
    if request.param != "visitor":
        client.force_login(request.getfixturevalue(request.param))
    return client


@pytest.mark.parametrize(
    "place", ["/", "/films/", "/search/?q=a&b=%22", "/members/mia/", "/notifications/", "/nowhere/"]
)
def test_a_kept_frame_is_the_one_that_is_made_anew(viewer, moment, place):
    first = page(viewer, place)
    assert page(viewer, place) == first == made_anew(viewer, place)


def test_pages_of_a_film_and_a_moment_say_their_own_addresses(viewer, moment):
    for target in (moment, moment.film):
        page(viewer, target.get_absolute_url())
        kept = page(viewer, target.get_absolute_url())
        assert kept == made_anew(viewer, target.get_absolute_url())
        assert f'name="next" value="{target.get_absolute_url()}"' in kept


def renamed(member):
    User.objects.filter(pk=member.pk).update(username="mimi")


def told_something(member):
    User.objects.filter(pk=member.pk).update(unread_notifications=3)


def answered(member):
    User.objects.filter(pk=member.pk).update(unread_report_results=1)


def in_the_dark(member):
    member.use_theme("dark")


def with_a_face(member):
    User.objects.filter(pk=member.pk).update(avatar="avatars/me.webp")


def made_staff(member):
    User.objects.filter(pk=member.pk).update(is_staff=True, is_superuser=True)


@pytest.mark.parametrize("change", [renamed, told_something, answered, in_the_dark, with_a_face, made_staff])
def test_a_change_of_the_member_shows_on_the_next_page(as_mia, mia, change):
    before = page(as_mia, "/films/")
    change(mia)
    after = page(as_mia, "/films/")
    assert after != before
    assert after == made_anew(as_mia, "/films/")


def test_a_visitor_who_switches_the_theme_sees_it(client, db):
    page(client, "/films/")
    client.cookies["theme"] = "light"
    light = page(client, "/films/")
    assert 'data-theme="light"' in light
    assert light == made_anew(client, "/films/")


def test_the_bar_names_the_present_section(client, db):
    for url in ("/", "/films/", "/songs/", "/"):
        assert {link["href"] for link in select(client.get(url), ".topnav [aria-current]")} == {url}


def test_two_members_in_turn_each_see_their_own_name(client, mia, seb):
    for _once_made_and_once_kept in range(2):
        for member in (mia, seb):
            client.force_login(member)
            assert texts(client.get("/films/"), ".menu-name b") == [member.username]
            client.logout()
            assert select(client.get("/films/"), ".menu-name") == []


def test_no_token_is_kept_and_each_page_has_one_that_holds(mia, as_mia):
    as_mia.handler.enforce_csrf_checks = True
    tokens = set()
    for url in ("/films/", "/films/?sort=year", "/songs/"):
        found = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', text_of(as_mia.get(url)))
        assert len(set(found)) == 1
        tokens |= set(found)
    assert len(tokens) == 3
    kept = "".join(piece for rendered in render_cache.kept.values() for piece in rendered.pieces)
    assert not any(token in kept for token in tokens)
    answer = as_mia.post("/theme/", {"theme": "dark", "next": "/films/", "csrfmiddlewaretoken": tokens.pop()})
    assert answer["Location"] == "/films/"
    assert User.objects.get(pk=mia.pk).theme == "dark"


def test_the_address_is_escaped(as_mia):
    html = text_of(as_mia.get('/films/?"><b>'))
    assert "<b>" not in select(html, "#votes [name=next]")[0]["value"]
    assert '/films/?"><b>' not in html


def test_a_kept_frame_is_not_rendered_again(as_mia, monkeypatch):
    expected = page(as_mia, "/films/")
    monkeypatch.setattr("reelive.render_cache.get_template", None)
    assert page(as_mia, "/films/") == expected


def parts_kept():
    return [key for key in render_cache.kept if key[0] in FACTS_OF_PART]


def test_pages_that_differ_in_their_content_alone_share_the_frame(as_mia, film):
    page(as_mia, "/films/")
    known = parts_kept()
    page(as_mia, film.get_absolute_url())
    assert parts_kept() == known != []
