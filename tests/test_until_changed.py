"""What is kept until something changes: it is nobody else's, and no older than the last change."""

import re

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from moments.models import Filter, Mute, Progress
from moments.spoilers.cookies import SpoilerCookies
from moments.spoilers.rules import ProgressPoint
from moments.viewer import activity
from reelive import until_changed as module
from reelive.page_cache import MARK, PageCache
from reelive.until_changed import MOST_SECONDS, UntilChanged, until_changed
from tests.support.makers import make_comment, make_film, make_member, make_moment
from tests.support.page_cache import Site, ask

FIRST, NEXT = ({MARK: (mark, 0)} for mark in (b"first", b"next"))
OF_ONE_PAGE = re.compile(r'(name="(?:csrfmiddlewaretoken|nonce)" value=")[^"]+')


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    settings.PAGE_SECONDS = 60
    until_changed.clear()


def numbers():
    found = iter(range(9))
    return lambda: next(found)


def test_it_is_made_once_until_something_changes():
    kept, make = UntilChanged(9), numbers()
    shown = [kept.get(environ, "key", make) for environ in (FIRST, FIRST, NEXT, NEXT, FIRST)]
    assert shown == [0, 0, 1, 1, 2]
    assert (kept.get(FIRST, "other", make), kept.get(FIRST, "key", make)) == (3, 2)


def test_without_a_mark_or_a_key_nothing_is_kept():
    kept, make = UntilChanged(9), numbers()
    assert [kept.get({}, "key", make), kept.get({}, "key", make), kept.get(FIRST, None, make)] == [0, 1, 2]
    assert kept.kept == {}


def test_it_grows_old_within_seconds(monkeypatch):
    kept, make, now = UntilChanged(9), numbers(), module.monotonic()
    for seconds, number in ((0, 0), (MOST_SECONDS - 0.1, 0), (MOST_SECONDS, 1), (MOST_SECONDS + 1, 1)):
        monkeypatch.setattr(module, "monotonic", lambda: now + seconds)  # noqa: B023
        assert kept.get(FIRST, "key", make) == number


def test_what_was_kept_first_makes_room():
    kept = UntilChanged(2)
    for key in "abcb":
        kept.get(FIRST, key, lambda: key)  # noqa: B023
    assert list(kept.kept) == ["b", "c"]


def test_a_page_of_a_member_knows_of_the_last_change_unless_others_are_not_heard(tmp_path):
    class Elsewhere:
        is_away = False

        def last(self):
            return 7

    site, elsewhere = Site(), Elsewhere()
    seen = []
    pages = PageCache(lambda environ, start: seen.append(environ) or site(environ, start), 60, tmp_path / "c")
    pages.elsewhere = elsewhere
    ask(pages, HTTP_COOKIE="sessionid=abc")
    elsewhere.is_away = True
    ask(pages, HTTP_COOKIE="sessionid=abc")
    assert [environ.get(MARK) for environ in seen] == [pages.last_change(), None]


# On the front page


@pytest.fixture
def story(mia, keith):
    """A film of several members, of which a moment gives something away, with a comment on each moment."""
    film = make_film()
    moments = [
        make_moment(film, (mia, keith)[n % 2], f"Scene {n}", position=n, spoiler=n == 3) for n in range(6)
    ]
    for moment in moments:
        make_comment(moment, keith)
    activity.caches["local"].delete(activity.OF_THE_WEEK)
    return moments


def see_two(member, story, keith):
    Progress.objects.set_progress(member, story[0].film, ProgressPoint(2))


def named(name, **fields):
    client, member = Client(), make_member(name, **fields)
    client.force_login(member)
    return client, member


@pytest.fixture
def viewers(story, mia, keith):
    """Viewers who are shown the side column, or the newest comment, each in another way."""
    film = story[0].film
    far = SpoilerCookies(progress_by_film={film.pk: ProgressPoint(1)}).cookies()
    revealed = SpoilerCookies(revealed=(story[3].pk,)).cookies()
    found = {"visitor": Client(), "has seen some": Client(), "revealed": Client(), "felt": Client()}
    found["has seen some"].cookies.load(far)
    found["revealed"].cookies.load(revealed)
    found["felt"].post(f"/moments/{story[1].pk}/feel/", {"feeling": "joy"})
    for name in ("plain", "far", "felt there", "mutes", "filters the film", "filters a post", "relived"):
        found[name], member = named(name.replace(" ", "-"))
        (CHANGES | {"plain": lambda *_: None})[name](member, story, keith)
    found["shows"], _member = named("shows", spoiler_stance=User.SpoilerStance.SHOW)
    found["mia"] = Client()
    found["mia"].force_login(mia)
    return found


CHANGES = {
    "far": lambda member, story, keith: Progress.objects.set_progress(
        member, story[0].film, ProgressPoint(2)
    ),
    "felt there": lambda member, story, keith: story[1].feel(member, "dread"),
    "mutes": lambda member, story, keith: Mute.objects.add(member, keith),
    "filters the film": lambda member, story, keith: Filter.objects.add(member, "film", story[0].film_id),
    "filters a post": lambda member, story, keith: Filter.objects.add(member, "post", story[2].pk),
    "relived": lambda member, story, keith: story[3].relive(member),
}


def page(client, environ):
    return OF_ONE_PAGE.sub(r"\1", client.get("/", **environ).content.decode())


def test_each_viewer_is_shown_what_nothing_kept_would_show(viewers):
    anew = {name: page(client, {}) for name, client in viewers.items()}
    assert len(set(map(side_of, anew.values()))) >= 7
    for _made_and_kept in range(2):
        assert {name: page(client, FIRST) for name, client in viewers.items()} == anew


def side_of(html):
    return html.partition('class="page-side"')[2]


def test_a_later_page_asks_nothing_for_what_stands_beside_its_list(viewers):
    for name in ("visitor", "plain"):
        page(viewers[name], {})
        first, later = (asked(viewers[name], FIRST) for _time in range(2))
        assert len(first) - len(later) == 3, name
        assert len(asked(viewers[name], NEXT)) == len(first)


def test_what_depends_on_mutes_alone_is_shared_by_those_who_have_none(viewers):
    """Of the film, its arc and the newest comment, each that is not shared is a statement."""
    for environ, client in (({}, "visitor"), (FIRST, "visitor")):
        page(viewers[client], environ)
    alone = {name: len(asked(client, {})) for name, client in viewers.items()}
    shared = {name: alone[name] - len(asked(client, FIRST)) for name, client in viewers.items()}
    assert [shared[name] for name in ("plain", "far", "felt there", "shows", "has seen some")] == [2] * 5
    assert [shared[name] for name in ("mutes", "filters the film", "filters a post")] == [0] * 3


def asked(client, environ):
    with CaptureQueriesContext(connection) as queries:
        client.get("/", **environ)
    return queries.captured_queries


def test_what_a_member_does_shows_on_their_next_page(tmp_path, transactional_db, story, seb, keith):
    pages, member = PageCache(get_wsgi_application(), 60, tmp_path / "changed"), Client()
    member.force_login(seb)
    token = "t" * CSRF_SECRET_LENGTH
    cookies = f"csrftoken={token}; sessionid={member.cookies['sessionid'].value}"

    def send(path, **fields):
        environ = RequestFactory().post(path, {"csrfmiddlewaretoken": token} | fields).environ
        assert ask(pages, **environ | {"HTTP_COOKIE": cookies})[0] == "302 Found"

    def shown():
        return ask(pages, "/", HTTP_COOKIE=cookies)[2].decode()

    assert shown().count("@keith, ") == shown().count("@keith, ") == 1
    send("/members/keith/mute/", length="")
    assert "@keith, " not in shown()
    before = side_of(shown())
    send(f"/moments/{story[0].pk}/feel/", feeling="joy")
    assert side_of(shown()) != before
