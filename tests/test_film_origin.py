"""Genres, countries, languages and other titles of films: typed, kept, listed and found."""

import pytest

from moments.catalogue.becoming import film_of_title
from moments.models import Film, FilmTrait, Revision
from moments.models.genres import GENRES, genres_of
from moments.models.languages import LANGUAGES, language_code, language_name
from moments.models.other_titles import titles_in
from moments.models.stored_traits import StoredTraits
from tests.support.film_facts import now, restore, send
from tests.support.makers import make_film, make_moment, make_title


def titles(response):
    return [film.title for film in response.context["films"]]


def traits(film):
    return set(FilmTrait.objects.filter(film=film).values_list("kind", "value"))


@pytest.fixture
def shelf(db, mia):
    """Films of several sorts, the last with most moments."""
    made = [
        make_film("The Host", year=2006, countries=["kr"], genres=["horror"], language="ko"),
        make_film("Oldboy", year=2003, countries=["kr"], genres=["thriller"], language="ko"),
        make_film("Snowpiercer", year=2013, countries=["kr", "cz"], genres=["thriller"], languages=["ko"]),
    ]
    make_moment(made[1], mia), make_moment(made[2], mia), make_moment(made[2], mia)
    return made


def test_films_are_listed_by_each_trait_in_every_order(client, shelf):
    assert titles(client.get("/films/?country=kr")) == ["Snowpiercer", "Oldboy", "The Host"]
    assert titles(client.get("/films/?country=kr&sort=title")) == ["The Host", "Oldboy", "Snowpiercer"]
    assert titles(client.get("/films/?language=ko&sort=year")) == ["Snowpiercer", "The Host", "Oldboy"]
    assert titles(client.get("/films/?genre=thriller&sort=newest")) == ["Snowpiercer", "Oldboy"]
    assert titles(client.get("/films/?genre=thriller&country=cz")) == ["Snowpiercer"]
    assert titles(client.get("/films/?genre=thriller&decade=2000&medium=film")) == ["Oldboy"]
    assert [
        client.get(f"/films/?{no}").status_code for no in ("genre=x", "country=Korea", "language=xx")
    ] == [404] * 3
    assert b"Snowpiercer" in client.get("/films/feed/?genre=thriller").content


def test_a_list_of_a_trait_goes_on_by_cursor(client, db):
    for number in range(30):
        make_film(f"Film {number:02}", genres=["drama"])
    first = client.get("/films/?genre=drama&sort=title")
    rest = client.get(f"/films/?genre=drama&sort=title&after={first.context['next_cursor']}")
    assert titles(first) + titles(rest) == [f"Film {number:02}" for number in range(30)]


def test_traits_follow_the_facts_of_their_film(client, shelf, keith):
    host, oldboy, snow = shelf
    host.genres, host.year, host.language = ["comedy"], 2007, "fr"
    host.revise()
    assert traits(host) == {("genre", "comedy"), ("country", "kr"), ("language", "fr")}
    assert set(host.listed_traits.values_list("year", flat=True)) == {2007}
    snow.merge_into(keith, oldboy)
    assert set(oldboy.listed_traits.values_list("moment_count", flat=True)) == {3}
    oldboy.remove(keith, "spam")
    assert titles(client.get("/films/?country=kr")) == ["The Host"]
    assert StoredTraits().wrong(Film.objects.all()) == {}


def test_a_wrong_trait_is_found_and_repaired(shelf):
    FilmTrait.objects.filter(film=shelf[0], kind="genre").delete()
    FilmTrait.objects.filter(film=shelf[1]).update(moment_count=9)
    proof = StoredTraits()
    assert set(proof.wrong(Film.objects.all())) == {shelf[0].pk, shelf[1].pk}
    proof.repair(Film.objects.all())
    assert proof.wrong(Film.objects.all()) == {}


def test_names_and_codes_are_taken_and_each_is_kept_once(as_mia, film):
    lines = ["La Ciudad [es]", "", "LLL", "LLL [alias]", "It: Chapter [Two]"]
    typed = {"countries": "South Korea, usa, KR, Czechia", "languages": "french, Japanese, fr, mandarin"}
    send(as_mia, film, **typed, genres=["musical", "romance"], other_titles="\n".join(lines))
    made = now(film)
    assert (made.countries, made.languages) == (["kr", "us", "cz"], ["fr", "ja", "zh"])
    assert made.genres == ["musical", "romance"]
    assert made.other_titles == "La Ciudad [es]\nLLL [alias]\nIt: Chapter [Two] [alias]"
    (kept,) = Revision.objects.all()
    assert (kept.texts["genres"], kept.texts["other_titles"]) == ([], "")
    restore(as_mia, kept)
    assert (now(film).genres, traits(film)) == ([], set())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("countries", "Atlantis"),
        ("languages", "Elvish"),
        ("countries", ", ".join(["us", "kr", "jp", "fr", "de", "it", "es", "gb", "ie"])),
        ("genres", list(GENRES)[:7]),
        ("genres", ["boring"]),
        ("other_titles", "\n".join(map(str, range(31)))),
        ("other_titles", "x" * 151),
    ],
)
def test_what_is_none_or_too_much_is_refused(field, value, as_mia, film):
    response = send(as_mia, film, **{field: value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_a_film_is_found_by_its_other_titles_that_very_one_first(client, db):
    make_film("Spirited Away", other_titles="Le Voyage de Chihiro [fr]\nSen to Chihiro [alias]")
    make_film("Le Voyage de Chihiro et les autres")
    (group,) = client.get("/search/?q=le+voyage+de+chihiro&kind=films").context["groups"]
    assert group["rows"][0].title == "Spirited Away"
    (group,) = client.get("/search/?q=sen+to+chihiro&kind=films").context["groups"]
    assert [film.title for film in group["rows"]] == ["Spirited Away"]
    similar = client.get("/films/suggest/?title=Sen to Chihiro").context["similar"]
    assert [film.title for film in similar] == ["Spirited Away"]


def test_titles_are_read_as_people_write_them():
    read = [
        (one.title, one.language, one.kind) for one in titles_in("A [fr]\nB [working title]\nC [sic!]\nD")
    ]
    assert read == [
        ("A", "fr", "translation"), ("B", "", "working title"), ("C [sic!]", "", "alias"), ("D", "", "alias"),
    ]  # fmt: skip


def test_genres_of_other_catalogues_are_ours():
    assert genres_of(["Q842256", "romantic comedy film", "Sci-Fi", "Drama", "drama", "Talk-Show"]) == [
        "musical", "romance", "comedy", "science-fiction", "drama",
    ]  # fmt: skip


def test_a_title_of_the_catalogue_brings_its_genres_to_its_film(client, mia):
    title = make_title("Orbit", 1991, genres=["Sci-Fi", "Talk-Show", "romantic comedy film"])
    assert title.genres == "science-fiction romance comedy"
    film = film_of_title(title.pk, mia)
    assert film.genres == ["science-fiction", "romance", "comedy"]
    assert [each.title for each in client.get("/films/?genre=romance").context["films"]] == ["Orbit"]


def test_every_language_has_a_name_and_is_known_by_its_code():
    assert [code for code in LANGUAGES if language_code(code) != code or language_name(code) == code] == []
