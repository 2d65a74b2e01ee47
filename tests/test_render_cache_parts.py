"""Parts of a page, kept by what a template names for them: never older than that, and nobody else's."""

import re

import pytest
from django.utils.translation import gettext_lazy

from moments.arc.runs import Runs
from moments.models import Film, Filter, Follow, Moment, SavedPost, Wanted
from moments.viewer import long_story
from moments.viewer.short_story import STORIES
from reelive.render_cache import as_key, render_cache
from tests.support.makers import make_song, make_trivia
from tests.support.pages import select
from tests.support.viewers import visitor

OF_ONE_PAGE = re.compile(r'(name="(?:csrfmiddlewaretoken|nonce)" value=")[^"]+')


@pytest.fixture(autouse=True)
def nothing_kept():
    render_cache.clear()


def edited(moment):
    moment.title = "The Tap Dance"
    moment.revise(["stars"])


CHANGES = {
    "nothing": lambda moment, seb: None,
    "an edit": lambda moment, seb: edited(moment),
    "a feeling": lambda moment, seb: moment.feel(seb, "joy"),
    "a vote": lambda moment, seb: moment.upvote(seb),
    "a post that is kept for later": lambda moment, seb: SavedPost.objects.add(seb, moment.pk),
    "a follower": lambda moment, seb: Follow.objects.follow(seb, film=moment.film),
    "a wish": lambda moment, seb: Wanted.objects.add(seb, moment.film),
    "an entry": lambda moment, seb: moment.film.log(seb, None, rating=8),
    "a song": lambda moment, seb: make_song(moment.film, moment.author),
    "a claim": lambda moment, seb: make_trivia(moment.film, moment.author),
    "another name": lambda moment, seb: Film.objects.filter(pk=moment.film_id).update(title="La La Town"),
    "a filter": lambda moment, seb: Filter.objects.add(seb, "film", moment.film_id),
}


def test_each_viewer_sees_what_changed_as_if_nothing_were_kept(client, moment, seb, keith):
    for name, change in CHANGES.items():
        change(Moment.objects.select_related("film", "author").get(pk=moment.pk), seb)
        now = Moment.objects.select_related("film").get(pk=moment.pk)
        pages = [f"/films/{now.film.slug}/", now.get_absolute_url(), "/"]
        shown = [page_of(client, member, url) for member in (None, seb, keith) for url in pages]
        render_cache.clear()
        assert shown == [page_of(client, member, url) for member in (None, seb, keith) for url in pages], name


def page_of(client, member, url):
    client.force_login(member) if member else client.logout()
    return OF_ONE_PAGE.sub(r"\1", client.get(url).content.decode())


def test_whoever_follows_a_film_without_a_script_comes_back_to_it(as_seb, film):
    (back,) = select(as_seb.get(film.get_absolute_url()), ".follow [name=next]")
    assert back["value"] == film.get_absolute_url()


def test_a_key_tells_rows_by_what_was_read_of_them_and_texts_by_their_words():
    film, same, other = (Film(pk=1, title=title) for title in ("Up", "Up", "Cars"))
    for each in (same, other):
        each.created = film.created
    same.runs = "computed"
    assert as_key(film) == as_key(same) != as_key(other)
    assert as_key([gettext_lazy("Feed")]) == as_key(["Feed"])
    assert hash(as_key({"film": film})) == hash(as_key({"film": same}))


def test_what_equals_only_itself_is_no_part_of_a_key():
    with pytest.raises(TypeError):
        as_key({"site": object()})


def test_no_more_arcs_are_kept_than_so_many(monkeypatch, settings):
    said = f"{STORIES} of films with few moments, {STORIES} of films with many"
    assert said in (settings.BASE_DIR / "docs" / "limits.md").read_text(encoding="utf-8")
    monkeypatch.setattr(long_story, "STORIES", 2)
    for number in range(5):
        film = Film(pk=10**9 + number)
        film.runs = Runs()
        assert not long_story.LongStory(film, visitor()).arc
    assert [film for _language, film, *_told in long_story._arcs] == [10**9 + 3, 10**9 + 4]
