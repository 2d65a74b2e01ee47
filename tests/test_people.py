"""People: their pages, their facts, and two who are one."""

import pytest

from moments.models import Credit, FormerPersonSlug, Person, Revision
from moments.models.credit import MOST_CREDITS
from tests.support.counters import differences
from tests.support.film_facts import now
from tests.support.ledger import rows
from tests.support.makers import make_credit, make_film, make_moment, make_song, moderator

FORM = {"name": "Emma Stone", "other_names": "", "sort_name": "", "version": "0"}


@pytest.fixture
def emma(film):
    return make_credit(film, "Emma Stone", character="Mia").person


def names(response):
    return [person.name for person in response.context["people"]]


def test_people_are_listed_by_their_films_and_by_their_last_names(client, film, emma):
    other = make_film("Snatch", year=2000)
    for name in ("Ryan Gosling", "Élodie Adams"):
        make_credit(film, name)
    make_credit(other, "Ryan Gosling")
    Person.objects.add("Nobody Yet")
    assert names(client.get("/people/")) == ["Ryan Gosling", "Élodie Adams", "Emma Stone"]
    assert names(client.get("/people/?order=name")) == ["Élodie Adams", "Ryan Gosling", "Emma Stone"]
    assert client.get("/people/?order=age").status_code == 404


def test_a_page_has_the_films_of_a_person_the_moments_and_songs_of_their_name(client, film, emma, mia, seb):
    make_credit(make_film("Easy A", year=2010), "Emma Stone", role="producer")
    first, best = make_moment(film, mia, "The audition"), make_moment(film, mia, "The dance")
    best.upvote(seb)
    song = make_song(film, mia, "Audition", artist="Emma Stone")
    page = client.get("/people/emma-stone/")
    assert [(one.film.title, one.did) for one in page.context["credits"]] == [
        ("La La Land", "Mia"),
        ("Easy A", "Producer"),
    ]
    assert [post.pk for post in page.context["posts"]] == [best.pk, first.pk]
    assert page.context["artist"].pk == song.pk


def test_what_gives_something_away_tells_nothing_of_its_film(client, film, mia):
    make_moment(film, mia, "The wedding")
    david = make_credit(film, "Tom Scott", character="David", gives_away=True).person
    page = client.get(david.get_absolute_url())
    assert [(one.film.title, one.gives_away) for one in page.context["credits"]] == [("La La Land", True)]
    assert list(page.context["posts"]) == []
    assert client.get(film.get_absolute_url()).context["credits"]["cast"] == []


def test_a_hidden_film_takes_its_credits_out_of_sight_and_brings_them_back(client, film, emma):
    film.remove(moderator(), "spam")
    assert (Person.objects.get().film_count, names(client.get("/people/"))) == (0, [])
    assert list(client.get("/people/emma-stone/").context["credits"]) == []
    film.restore(moderator())
    assert (Person.objects.get().film_count, names(client.get("/people/"))) == (1, ["Emma Stone"])


def test_an_edit_of_a_person_is_kept_and_put_back(as_mia, film, emma, mia):
    make_credit(film, "Emma Stone", role="director")
    response = as_mia.post("/people/emma-stone/edit/", FORM | {"name": "Emily Stone", "born": "1988"})
    assert response["Location"] == "/people/emily-stone/"
    assert as_mia.get("/people/emma-stone/?x=1")["Location"] == "/people/emily-stone/"
    assert now(film).director == "Emily Stone"
    kept = Revision.objects.get(person=emma)
    assert (kept.texts["name"], kept.editor, kept.target) == ("Emma Stone", mia, emma)
    as_mia.post(f"/revisions/{kept.pk}/restore/")
    emma.refresh_from_db()
    assert (emma.name, emma.born, emma.slug, now(film).director) == (
        "Emma Stone", None, "emma-stone", "Emma Stone",
    )  # fmt: skip
    assert len(as_mia.get("/people/emma-stone/history/").context["edits"]) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("born", "soon"), ("died", "900"), ("imdb", "tt0000001"), ("wikidata", "P1")],
)
def test_a_wrong_fact_is_refused_with_a_sentence(field, value, as_mia, emma):
    response = as_mia.post("/people/emma-stone/edit/", FORM | {field: value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Revision.objects.filter(person=emma).exists()


def test_a_locked_person_is_edited_by_nobody(as_mia, emma, keith):
    assert emma.lock(keith) is True
    assert as_mia.post("/people/emma-stone/edit/", FORM | {"name": "No"}).status_code == 422
    assert Person.objects.get().name == "Emma Stone"
    assert [row.target for row in rows()] == [f"person/{emma.pk}"]


def test_of_two_people_who_are_one_the_other_gets_the_credits(client, film, emma, keith):
    twin = make_credit(film, "Emily Stone", role="director").person
    make_credit(film, "Emily Stone", character="Mia")
    make_credit(make_film("Easy A", year=2010), "Emily Stone")
    assert twin.merge_into(keith, emma, "The same.") is True
    assert set(Credit.objects.values_list("person", flat=True)) == {emma.pk}
    assert Credit.objects.count() == 3, "as Mia in La La Land she was credited twice"
    emma.refresh_from_db()
    assert (emma.film_count, now(film).director) == (2, "Emma Stone")
    assert client.get("/people/emily-stone/")["Location"] == "/people/emma-stone/"
    assert FormerPersonSlug.objects.get().person == emma
    assert [twin.merge_into(keith, emma), emma.merge_into(keith, emma), twin.restore(keith)] == [False] * 3
    assert [(row.action, row.note) for row in rows()] == [("merge", f"Into person/{emma.pk}. The same.")]
    assert differences() == {}


def test_a_removed_person_is_named_by_no_page(client, film, emma, keith):
    make_credit(film, "Ryan Gosling")
    assert emma.remove(keith, "private") is True
    assert client.get("/people/emma-stone/").status_code == 404
    assert [one.person.name for one in client.get("/films/la-la-land/cast/").context["cast"]] == [
        "Ryan Gosling"
    ]
    make_credit(film, "John Legend")
    assert emma.restore(keith) is True
    shown = client.get("/films/la-la-land/cast/").context["cast"]
    assert {one.person.name for one in shown} == {"Ryan Gosling", "John Legend", "Emma Stone"}


def test_names_are_suggested_while_one_types(client, emma):
    assert [one.pk for one in client.get("/people/suggest/?q=emma st").context["people"]] == [emma.pk]
    assert client.get("/people/suggest/?q=").context["people"] == []


def test_a_person_is_found_by_each_of_their_names(client, film, emma):
    emma.other_names = "Emily Jean Stone, エマ・ストーン"
    emma.revise()
    for words in ("emma stone", "Emily Jean", "エマ"):
        (group,) = client.get("/search/", {"q": words, "kind": "people"}).context["groups"]
        assert [person.pk for person in group["rows"]] == [emma.pk]


def test_a_film_has_so_many_credits_and_no_more(film):
    people = [Person.objects.add(f"Extra {number}") for number in range(MOST_CREDITS + 3)]
    film.set_fact("credits", [[one.pk, one.name, "cast", "", False, None, None] for one in people])
    film.revise()
    assert film.credits.count() == MOST_CREDITS
