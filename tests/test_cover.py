"""Covers: a film is found in lists by its most upvoted moment, as far as the viewer may see it."""

from moments.models import Film, Mute
from moments.models.cover import with_covers
from tests.support.makers import make_film, make_moment, moderator
from tests.support.pages import select
from tests.support.viewers import visitor


def cover_of(film, client, url="/films/"):
    (shown,) = [one for one in client.get(url).context["films"] if one.pk == film.pk]
    return shown.cover


def test_the_most_upvoted_moment_is_the_cover(client, film, mia, seb):
    make_moment(film, mia)
    best = make_moment(film, mia)
    best.upvote(seb)
    assert cover_of(film, client) == best
    assert best.art_url in [image["src"] for image in select(client.get("/films/"), ".film-cover img")]


def test_a_film_without_moments_has_its_colours_alone(client, film):
    assert cover_of(film, client) is None
    assert len(select(client.get("/films/"), ".film-cover.is-bare img")) == 1


def test_what_is_veiled_or_removed_or_muted_is_no_cover(client, film, mia, seb, keith):
    open_one = make_moment(film, mia)
    for best in (make_moment(film, mia, spoiler=True), make_moment(film, keith), make_moment(film, mia)):
        best.upvote(seb)
    best.remove(moderator(), "spam")
    Mute.objects.add(seb, keith)
    client.force_login(seb)
    assert cover_of(film, client) == open_one


def test_covers_cost_two_queries_however_many_films_there_are(film, mia, django_assert_num_queries):
    make_moment(film, mia)
    for number in range(4):
        make_moment(make_film(f"Film {number}"), mia)
    films = list(Film.objects.all())
    with django_assert_num_queries(2):
        covered = with_covers(films, visitor())
    assert [one.cover.film_id for one in covered] == [one.pk for one in films]
