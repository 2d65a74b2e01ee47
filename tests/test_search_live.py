"""What is listed below a search field while somebody types."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.models import Mute
from moments.search import index
from moments.search.dialect import WordQuery
from moments.search.live import live
from moments.search.query import Term
from moments.search.schema import POSTS
from tests.support.makers import make_film, make_member, make_moment, make_song, moderator
from tests.support.pages import links, select, texts
from tests.support.search import ANYBODY


def listed(text, viewer=ANYBODY):
    found = live(text, viewer)
    return (
        [film.title for film in found.films],
        [post.title for post in found.posts],
        [member.username for member in found.members],
    )


def test_films_posts_and_members_are_listed_by_unfinished_names(film, mia, seb):
    make_song(film, mia, "Mia & Sebastian's Theme")
    make_member("sebastian")
    assert listed("seb") == ([], ["Mia & Sebastian's Theme"], ["seb", "sebastian"])
    assert listed("la la l")[0] == listed("lalala")[0] == ["La La Land"]
    assert listed("theme mi")[1] == ["Mia & Sebastian's Theme"]
    assert listed("") == listed("💥") == listed("film:la-la-land") == listed('"la') == ([], [], [])


def test_only_names_are_looked_at(film, mia):
    make_moment(film, mia, "The bench", body="A lamp goes on.", context="After the lamp.")
    assert listed("lamp") == ([], [], [])
    assert listed("ben")[1] == ["The bench"]


def test_what_is_called_so_comes_first(db):
    for title in ("If", "If Only", "Ifrit", "If It Rains", "If Not", "If So"):
        make_film(title)
    assert listed("if")[0][0] == "If"
    assert len(listed("if")[0]) == 3


def test_a_veiled_post_is_not_listed(film, mia, seb):
    make_moment(film, mia, "He leaves her", spoiler=True)
    assert listed("leaves", seb)[1] == []
    assert listed("leaves", make_member("laura", spoiler_stance="show"))[1] == ["He leaves her"]


def test_who_and_what_is_muted_removed_or_hidden_is_not_listed(film, mia, seb):
    laura = make_member("laura")
    post = make_moment(film, laura, "Laura at the pier")
    assert listed("laur", seb) == ([], ["Laura at the pier"], ["laura"])
    Mute.objects.create(member=seb, other=laura)
    assert listed("laur", seb) == ([], [], [])
    assert listed("laur", mia) == ([], ["Laura at the pier"], ["laura"])
    post.remove(moderator(), "spam")
    laura.suspend(moderator(), "Spam.")
    film.remove(moderator(), "spam")
    assert listed("laur", mia) == ([], [], [])
    assert listed("la la") == ([], [], [])


def test_it_costs_the_same_whatever_is_found(film, mia):
    def cost(text):
        index.catch_up()
        with CaptureQueriesContext(connection) as queries:
            live(text, mia)
        return len(queries)

    make_moment(film, mia, "Lamp")
    make_film("Lamp")
    make_member("lamp-0")
    few = cost("lam")
    for number in range(20):
        make_moment(film, mia, f"Lamp {number}")
        make_film(f"Lamp {number}")
        make_member(f"lamp-{number + 1}")
    assert cost("lam") == few <= 16  # PostgreSQL bounds the time of each question by one more


def test_the_answer_is_a_list_of_options_that_nobody_keeps(client, film):
    answer = client.get("/search/suggest/", {"q": "la"})
    options = select(answer, "li[role=option]")
    assert [option["data-url"] for option in options] == ["/films/la-la-land/", "/search/?q=la"]
    assert "no-store" in answer["Cache-Control"]
    assert select(client.get("/search/suggest/"), "li") == []


def test_words_of_titles_alone_can_be_asked_for(film, mia):
    named = make_moment(film, mia, "Lamp", body="Light.")
    make_moment(film, mia, "Light", body="Lamp.")
    assert index.newest(POSTS, WordQuery([Term(("lamp",))], in_titles=True)) == [named.pk]


# Choosing a film to share something of.


def test_the_last_row_of_the_films_to_choose_adds_the_one_that_was_typed(client, film):
    page = client.get("/share/", {"q": "la la"})
    assert texts(page, ".choose h2") == ["La La Land 2016"]
    assert links(page, "#share-films")[-1] == "/films/new/?title=la%20la"
    assert links(client.get("/share/", {"q": "Past Lives"}), "#share-films") == [
        "/films/new/?title=Past%20Lives"
    ]
