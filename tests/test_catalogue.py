"""Titles of the catalogue: how they are found, matched and become films."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moments.catalogue import matching
from moments.catalogue.becoming import film_of, film_of_choice, film_of_title
from moments.catalogue.matching import match_films, match_titles
from moments.catalogue.names import key_of
from moments.catalogue.suggesting import suggest_titles
from moments.catalogue.works import Work
from moments.models import CatalogueTitle, Film
from moments.models.refusals import FilmGone, Suspended
from tests.support.database import plan_of
from tests.support.makers import make_film, make_title
from tests.support.pages import links, select
from tests.support.races import at_once
from tests.support.rows import for_each


def bring(*rows):
    """Titles, each given as its title, year and what else `row_of` takes."""
    for title, year, more in rows:
        make_title(title, year, **more)


def title_of(name):
    return CatalogueTitle.objects.get(title=name)


def suggested(text):
    return [title.title for title in suggest_titles(text)]


@pytest.fixture
def catalogue(db):
    bring(
        ("The Harbour", 1990, {"director": "Ida Holm", "ids": {"imdb": "tt0000001"}, "known": 5}),
        ("Harbour Lights", 2001, {"known": 900}),
        ("A Harbour in Winter", 2010, {"known": 700}),
        ("Old Harbour", 1950, {"known": 950}),
        ("Harbour", 1991, {"medium": "series", "ids": {"tmdb": "77"}}),
        ("Die Fähre", 1984, {"original": "フェリーの夜", "others": ["The Night Ferry"]}),
        ("WALL·E 2", 2030, {}),
    )


@for_each(
    "text, titles",
    [
        ("harbour", ["The Harbour", "Harbour", "Harbour Lights", "A Harbour in Winter", "Old Harbour"]),
        ("the harb", ["Harbour Lights", "A Harbour in Winter", "The Harbour", "Harbour", "Old Harbour"]),
        ("HARBOUR li", ["Harbour Lights"]),
        ("harbour winte", ["A Harbour in Winter"]),
        ("old harb", ["Old Harbour"]),
        ("old arbour", []),
        ("harbour (1990)", ["The Harbour"]),
        ("Harbour Lights 2001", ["Harbour Lights"]),
        ("harbour lights 2002", []),
        ("fahre", ["Die Fähre"]),
        ("night fer", ["Die Fähre"]),
        ("フェリー", ["Die Fähre"]),
        ("の夜", ["Die Fähre"]),
        ("walle", ["WALL·E 2"]),
        ("h", []),
        ("'\"; * OR NEAR(", []),
        ("💥", []),
    ],
)
def test_titles_are_found_as_one_types(catalogue, text, titles):
    assert suggested(text) == titles


def test_what_is_a_film_here_is_not_suggested(catalogue, film):
    make_film(title="Harbour lights", year=2001)
    make_film(title="Another", year=1990, imdb="tt0000001")
    assert "Harbour Lights" not in suggested("harbour")
    assert "The Harbour" not in suggested("harbour")


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("The Matrix", "matrix, the"),
        ("Fast & Furious", "Fast and Furious"),
        ("Amélie", "AMELIE"),
        ("WALL·E", "wall-e"),
        ("Schindler’s List", "Schindler's List"),
        ("Les Misérables", "Misérables, Les"),
    ],
)
def test_spellings_of_one_title_are_one(one, another):
    assert key_of(one) == key_of(another)


def test_works_are_matched_by_id_then_by_title_year_and_medium(db):
    matrix = make_film(title="The Matrix", year=1999, imdb="tt0133093", tmdb="603")
    crash = make_film(title="Crash", year=1996)
    make_film(title="Crash", year=2004)
    series = make_film(title="Fargo", year=2014, medium="series", tmdb="603")
    asked = [
        (Work(ids={"imdb": "tt0133093"}), matrix),
        (Work(ids={"tmdb": "603"}), None),
        (Work(ids={"tmdb": "603"}, medium="series"), series),
        (Work("matrix, the", 2000), matrix),
        (Work("Matrix", 2001), None),
        (Work("The Matrix", 1999, "series"), None),
        (Work("The Matrix", 1999, ids={"imdb": "tt0000009"}), None),
        (Work("Crash", 1996), crash),
        (Work("Crash"), None),
        (Work("Fargo"), series),
        (Work("マトリックス", 1999, original_title="The Matrix"), matrix),
        (Work("Nothing of the kind", 1999), None),
        (Work(), None),
    ]
    assert match_films([work for work, _film in asked]) == [film and film.pk for _work, film in asked]


def test_matching_asks_the_same_number_of_questions_for_few_and_for_many(catalogue, film):
    few = [Work("La La Land", 2016), Work("x", ids={"imdb": "tt0000001"})]

    def questions(match, works):
        match(works)
        with CaptureQueriesContext(connection) as queries:
            match(works)
        return len(queries)

    for match in (match_films, match_titles):
        assert questions(match, few) == questions(match, few * 200) <= 6
    assert match_films(few * 600) == [film.pk, None] * 600


def test_of_hundreds_of_one_title_the_one_of_the_year_is_found_by_its_index(db, monkeypatch):
    bring(*(("Home", year, {}) for year in range(1950, 1990)))
    bring(*((f"Heimat {year}", year, {"others": ["Heim"]}) for year in range(1950, 1990)))
    monkeypatch.setattr(matching, "MOST_NAMED", 12)
    works = [Work("Home", year) for year in (1950, 1960, 1988, 10**30, -(10**30))]
    works.append(Work("Heim", 1970))
    with CaptureQueriesContext(connection) as queries:
        found = match_titles(works)
    years = dict(CatalogueTitle.objects.values_list("pk", "year"))
    assert [pk and years[pk] for pk in found] == [1950, 1960, 1988, None, None, 1970]
    asked = next(query["sql"] for query in queries if "asked_key" in query["sql"])
    assert connection.vendor != "sqlite" or "catalogue_key_of_year (key=? AND year>? AND year<?)" in plan_of(
        asked
    )


def test_a_merged_film_stands_for_the_other_and_a_removed_one_for_none(db, keith):
    old, new, gone = (make_film(title=f"Pier {number}", imdb=f"tt000000{number}") for number in range(3))
    old.merge_into(keith, new)
    gone.remove(keith, "spam")
    works = [Work(ids={"imdb": "tt0000000"}), Work("Pier 2", 2016, ids={"imdb": "tt0000002"})]
    called = [Work("The Pier 0", 2017), Work("Pier 0", 1990), Work("Pier 0", 2016, "series")]
    assert match_films([*works, *called]) == [new.pk, None, new.pk, None, None]
    title = make_title("Pier 0", year=2016)
    assert film_of_title(title.pk) == new, "no second one is made of the title"
    again = make_film(title="Pier 0")
    assert match_films(called[:1]) == [again.pk], "one that is here is meant first"


def test_a_title_becomes_a_film_once_with_all_its_facts(catalogue, mia):
    film = film_of(Work("Harbour, The", 1990), mia)
    assert (film.title, film.year, film.director, film.imdb, film.added_by) == (
        "The Harbour", 1990, "Ida Holm", "tt0000001", mia,
    )  # fmt: skip
    assert film.get_absolute_url() == "/films/the-harbour/"
    assert film_of(Work(ids={"imdb": "tt0000001"})) == film_of_title(title_of("The Harbour").pk) == film
    assert title_of("The Harbour").film == film
    assert film_of(Work("Harbour Unheard Of", 1990)) is None
    assert Film.objects.count() == 1


def test_a_suspended_member_brings_no_film_and_a_removed_one_does_not_come_back(catalogue, mia, keith):
    pk = title_of("Die Fähre").pk
    mia.is_active = False
    mia.save()
    with pytest.raises(Suspended):
        film_of_title(pk, mia)
    film = film_of_title(pk, keith)
    film.remove(keith, "spam")
    with pytest.raises(FilmGone):
        film_of_title(pk, keith)
    assert film_of(Work("Die Fähre", 1984)) is None
    assert Film.objects.count() == 1


@for_each("value", ["", "catalogue:", "catalogue:0", "catalogue:x", "other:1", "999", "٣", "1" * 30])
def test_what_is_no_choice_chooses_nothing(catalogue, mia, value):
    assert film_of_choice(value, mia) is None


def test_a_title_is_chosen_where_one_shares_and_brings_along_what_was_begun(catalogue, as_mia, mia):
    page = as_mia.get(reverse("share"), {"q": "old harb", "body": "A pier."})
    (button,) = select(page, ".not-here button")
    form = {"film": button["value"], "then": "share", "body": "A pier."}
    first, second = (as_mia.post(reverse("catalogue-choose"), form) for _click in range(2))
    assert first["Location"] == second["Location"] == "/share/?q=Old+Harbour&body=A+pier."
    (film,) = Film.objects.all()
    assert (film.title, film.added_by) == ("Old Harbour", mia)
    assert [each.pk for each in as_mia.get(first["Location"]).context["films"]] == [film.pk]
    place = reverse("catalogue-title", args=[title_of("Old Harbour").pk])
    assert as_mia.get(place)["Location"] == film.get_absolute_url()
    other = reverse("catalogue-title", args=[title_of("Die Fähre").pk])
    visitor = Client()
    assert [link["href"] for link in select(visitor.get("/share/?q=fahre"), ".not-here a")] == [other]
    assert f"/accounts/login/?next={other}" in links(visitor.get(other))
    assert as_mia.post(reverse("catalogue-choose"), {"film": "catalogue:77777"}).status_code == 404
    assert Film.objects.count() == 1


def test_the_search_names_titles_that_are_not_here_and_the_list_of_films_does_not(catalogue, client):
    for kind, found in {"all": 1, "films": 1, "members": 0}.items():
        assert len(client.get(reverse("search"), {"q": "fahre", "kind": kind}).context["titles"]) == found
    assert client.get(reverse("films")).context["films"] == []
    page = client.get(reverse("film-suggest"), {"title": "die fähre"})
    assert [title.title for title in page.context["titles"]] == ["Die Fähre"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_film(mia, seb):
    bring(("The Harbour", 1990, {}))
    pk = title_of("The Harbour").pk
    films = at_once(lambda member: film_of_title(pk, member).pk, [mia, seb])
    assert len(set(films)) == 1
    assert Film.objects.count() == 1
