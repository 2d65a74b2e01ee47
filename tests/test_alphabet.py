"""The films in the order of the alphabet, as a reader looks them up."""

from hypothesis import given
from hypothesis import strategies as st

from moments.models import Film, Post
from moments.models.counters import RENDERED_TEXTS
from reelive.alphabet import sort_title
from tests.support.makers import make_film, make_song
from tests.support.rows import for_each

# In their order; where a film has a language, it follows a slash.
SHELF = [
    "22", "aardvark", "The Abyss", "Amélie", "Das Boot", "Die Brücke", "El Camino", "Éclair", "Die Hard",
    "An Hour/en", "Ida", "L’avventura", "La La Land/en", "M", "“Quoted”", "A Quiet Place",
    "Les Misérables/en",
    "La Strada/it", "Die Welle/de", "Zebra", "zoo", "Ёлки", "東京物語",
]  # fmt: skip
RIGHT = [
    "22", "aardvark", "The Abyss", "Amélie", "L’avventura", "Das Boot", "Die Brücke", "El Camino", "Die Hard",
    "Éclair", "An Hour/en", "Ida", "La La Land/en", "Les Misérables/en", "M", "A Quiet Place", "“Quoted”",
    "La Strada/it", "Die Welle/de", "Zebra", "zoo", "Ёлки", "東京物語",
]  # fmt: skip


def make(named):
    title, _, language = named.partition("/")
    return make_film(title, language=language)


def shown(client):
    """The titles of all pages of films by title."""
    after, titles = None, []
    while after != "":
        page = client.get("/films/", {"sort": "title"} | ({"after": after} if after else {}))
        titles += [film.title for film in page.context["films"]]
        after = page.context["next_cursor"] or ""
    return titles


def test_films_by_title_pass_over_articles_accents_marks_and_case(client, db):
    for named in reversed(SHELF):
        make(named)
    assert shown(client) == [named.partition("/")[0] for named in RIGHT]


def test_pages_go_on_where_the_last_one_ended(client, db):
    names = [
        f"{article}{letter}{number}" for number in range(3) for article in ("The ", "") for letter in "abcdef"
    ]
    for name in reversed(names):
        make_film(name, year=1990)
    assert sorted(shown(client)) == sorted(names)
    assert [title.removeprefix("The ") for title in shown(client)] == sorted(
        title.removeprefix("The ") for title in names
    )


def test_a_new_title_moves_a_film(film, seb):
    film.title = "The Fools Who Dream"
    film.revise(seb)
    film.refresh_from_db()
    assert film.sort_title == sort_title("fools who dream")


def test_recount_mends_the_place_of_a_film(film):
    Film.objects.update(sort_title="")
    for column in RENDERED_TEXTS:
        column.repair(column.rows())
    film.refresh_from_db()
    assert film.sort_title == sort_title("La La Land")


@for_each("one, other", [
    ("The Matrix", "matrix"), ("Amélie", "AMELIE"), ("WALL·E", "wall e"), ("The", "the"),
    ("Łódź", "lodz"), ("L'Avventura", "avventura"), ("A.I.", "A-I"),
])  # fmt: skip
def test_two_spellings_of_a_title_have_one_place(one, other):
    assert sort_title(one) == sort_title(other)


def test_an_article_is_known_by_the_language_of_the_film():
    assert sort_title("La Haine", "fr") == sort_title("Haine")
    assert sort_title("La Haine", "French") == sort_title("Haine")
    assert sort_title("La Haine") == sort_title("Haine")
    assert sort_title("Die Hard", "en") < sort_title("E")
    assert sort_title("Die Welle", "de") == sort_title("Welle")
    assert sort_title("The Wave", "de", "Die Welle") == sort_title("Wave")


SONGS = ["The Abyss", "L’avventura", "Der Abschied", "La Haine", "La La Land", "A Lovely Night", "L.A. Story"]


def listed(client):
    return [song.title for song in client.get("/songs/?order=title").context["posts"]]


def test_songs_by_title_pass_over_articles_too(client, film, mia):
    for title in reversed(SONGS):
        make_song(film, mia, title)
    assert listed(client) == sorted(SONGS, key=sort_title)
    assert listed(client)[:3] == ["Der Abschied", "The Abyss", "L’avventura"]
    assert listed(client)[-2:] == ["La La Land", "A Lovely Night"]


def test_a_new_title_moves_a_song(client, film, mia):
    song = make_song(film, mia, "The Abyss")
    make_song(film, mia, "Epilogue")
    song.title = "A Stranger"
    song.revise()
    assert listed(client) == ["Epilogue", "A Stranger"]


def test_a_deleted_song_tells_nothing_of_its_title_and_returns_to_its_place(client, film, mia):
    song = make_song(film, mia, "The Abyss")
    make_song(film, mia, "Epilogue")
    song.delete_by_author()
    assert Post.objects.get(pk=song.pk).sort_title == sort_title("Deleted")
    song.undelete(mia)
    assert listed(client) == ["The Abyss", "Epilogue"]


@given(st.text(max_size=150))
def test_every_title_has_a_key_of_digits_that_fits(title):
    key = sort_title(title)
    assert len(key) <= Film._meta.get_field("sort_title").max_length
    assert set(key) <= set("0123456789abcdef")
