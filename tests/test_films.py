"""Films: their list, their page, adding and editing."""

import pytest
from django.urls import reverse

from moments.models import Film
from tests.support.makers import make_film, make_moment, make_song, make_trivia, moderator
from tests.support.pages import links, select
from tests.support.rows import for_each

FORM = {"title": "Past Lives", "year": 2023, "medium": "film"}


def titles(response):
    return [film.title for film in response.context["films"]]


def test_the_list_filters_by_medium_and_decade_and_sorts(client, db):
    make_film("Ponyo", year=2008)
    make_film("Snatch", year=2000)
    make_film("Dark", year=2017, medium="series")
    assert titles(client.get("/films/?sort=title")) == ["Dark", "Ponyo", "Snatch"]
    assert titles(client.get("/films/?sort=year")) == ["Dark", "Ponyo", "Snatch"]
    assert titles(client.get("/films/?medium=series")) == ["Dark"]
    assert titles(client.get("/films/?decade=2000&sort=title")) == ["Ponyo", "Snatch"]


def test_a_filter_link_keeps_the_other_choices(client, db):
    groups = client.get("/films/?medium=series&sort=title").context["filters"]
    decades = next(group for group in groups if group["label"] == "Decade")
    urls = {link["label"]: link["url"] for link in decades["links"]}
    assert urls["2010s"] == "/films/?medium=series&decade=2010&sort=title"


@for_each("query", ["medium=play", "decade=1987", "decade=0000", "decade=abcd", "decade=٢٠٢٠", "sort=chaos"])
def test_choices_that_do_not_exist_are_not_found(client, db, query):
    assert client.get(f"/films/?{query}").status_code == 404


def test_the_films_go_on_by_cursor(client, db):
    for number in range(30):
        make_film(f"Film {number:02}")
    first = client.get("/films/?sort=title")
    rest = client.get("/films/", {"sort": "title", "after": first.context["next_cursor"]})
    assert titles(first) + titles(rest) == [f"Film {number:02}" for number in range(30)]
    assert rest.context["next_cursor"] is None


def test_the_film_page_tells_the_story_in_order(client, film, mia, seb):
    for title, place in [("Third", 3), ("First", 1), ("Second", 2)]:
        make_moment(film, mia, title, position=place)
    favourite = make_moment(film, mia, "Favourite", position=4)
    favourite.upvote(seb)
    url = film.get_absolute_url()
    shown = [post.title for post in client.get(url).context["posts"]]
    assert shown == ["First", "Second", "Third", "Favourite"]
    assert client.get(url + "?order=votes").context["posts"][0].title == "Favourite"


def test_songs_and_trivia_have_their_tabs(client, film, mia):
    song, claim = make_song(film, mia, "City of Stars"), make_trivia(film, mia, "One take?")
    assert [post.pk for post in client.get(reverse("film-songs", args=[film.slug])).context["posts"]] == [
        song.pk
    ]
    assert [post.pk for post in client.get(reverse("film-trivia", args=[film.slug])).context["posts"]] == [
        claim.pk
    ]


@for_each("tab, form", [("", "moments/new/"), ("songs/", "songs/new/"), ("trivia/", "trivia/new/")])
def test_an_empty_tab_leads_to_the_form_that_fills_it(client, film, tab, form):
    url = film.get_absolute_url()
    page = client.get(url + tab)
    assert links(page, ".empty") == [f"{url}{form}"]
    assert select(page, "#progress") == [], "there is nothing yet that could be veiled"
    assert select(page, ".tabs.is-minor") == [], "nor to be put in an order or narrowed down"


def test_the_arc_stands_over_the_moments_alone(client, film, mia):
    make_moment(film, mia)
    url = film.get_absolute_url()
    assert [bool(client.get(url + tab).context.get("arc")) for tab in ("", "songs/", "trivia/")] == [
        True,
        False,
        False,
    ]


def test_a_film_is_added_in_the_members_name(as_mia, mia):
    response = as_mia.post(reverse("film-add"), FORM)
    film = Film.objects.get()
    assert response["Location"] == film.get_absolute_url() == "/films/past-lives/"
    assert (film.title, film.year, film.added_by) == ("Past Lives", 2023, mia)


def test_a_likely_twin_is_shown_first_and_can_be_overruled(as_mia, db):
    make_film("Past Lives", year=2023)
    response = as_mia.post(reverse("film-add"), FORM | {"title": "Past lives"})
    assert [film.title for film in response.context["similar"]] == ["Past Lives"]
    assert Film.objects.count() == 1
    as_mia.post(reverse("film-add"), FORM | {"title": "Past lives", "anyway": "1"})
    assert set(Film.objects.values_list("slug", flat=True)) == {"past-lives", "past-lives-2023"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("year", "1700"), ("year", "soon"), ("title", ""), ("imdb", "javascript:alert(1)"), ("runtime", "-3")],
)
def test_a_wrong_field_comes_back_with_a_sentence_and_the_rest(as_mia, field, value):
    response = as_mia.post(reverse("film-add"), FORM | {"director": "Celine Song", field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Celine Song" in response.content.decode()
    assert not Film.objects.exists()


def test_the_film_form_survives_a_sign_in(client, mia):
    client.post(reverse("film-add"), FORM | {"summary": "Typed while signed out."})
    client.post("/accounts/login/", {"login": "mia", "password": "correct horse"})
    page = client.get(reverse("film-add")).content.decode()
    assert "Typed while signed out." in page
    assert "Past Lives" in page


def test_a_hidden_film_is_not_found_nor_its_posts(client, moment, film):
    film.remove(moderator(), "spam")
    assert client.get("/films/la-la-land/").status_code == 404
    assert client.get(moment.get_absolute_url()).status_code == 404
    assert titles(client.get("/films/")) == []
    assert list(client.get("/").context["posts"]) == []


def test_an_edit_of_a_film_undoes_no_count(film, mia):
    being_edited = Film.objects.get(pk=film.pk)
    make_moment(film, mia)
    being_edited.summary = "Two dreamers."
    being_edited.revise()
    assert (Film.objects.get().summary, Film.objects.get().moment_count) == ("Two dreamers.", 1)


def test_the_barcode_is_a_picture_of_the_moments_colours(client, film, mia):
    make_moment(film, mia, palette=["#123456"] * 5)
    response = client.get(reverse("film-barcode", args=[film.slug]))
    assert response["Content-Type"] == "image/svg+xml"
    assert "#123456" in response.content.decode()


def renamed(film, title):
    film.title = title
    film.revise()


@for_each("rest", ["", "songs/", "feed/", "?order=votes", "similar/song/?title=a%20b"])
def test_an_address_in_any_script_redirects_when_renamed(client, db, rest):
    film = make_film("崖の上のポニョ")
    former = film.get_absolute_url()
    renamed(film, "千と千尋の神隠し")
    response = client.get(former + rest)
    assert (response.status_code, response["Location"]) == (301, film.get_absolute_url() + rest)


def test_a_form_for_a_film_that_was_renamed_meanwhile_is_taken(as_mia, film):
    renamed(film, "City of Stars")
    moment = {"title": "The planetarium", "body": "They dance into the sky.", "tags": "stars"}
    as_mia.post("/films/la-la-land/moments/new/", moment)
    assert film.posts.get().title == "The planetarium"


def test_an_address_leads_to_the_film_that_had_it_last(client, db, keith):
    first = make_film("Ponyo")
    renamed(first, "Gake no Ue no Ponyo")
    second = make_film("Ponyo")
    renamed(second, "Ponyo on the Cliff")
    assert client.get("/films/ponyo/")["Location"] == second.get_absolute_url()
    third = make_film("Ponyo")
    third.merge_into(keith, first)
    assert client.get("/films/ponyo/")["Location"] == first.get_absolute_url()
