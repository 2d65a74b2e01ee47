"""On a large site a search looks at no more rows than on a small one; here a few rows are many."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.search import bounds, finders, index, sqlite, vocabulary
from moments.search.dialect import WordQuery
from moments.search.live import live
from moments.search.query import Term, parse
from moments.search.results import search
from moments.search.schema import COMMENTS, FILMS, POSTS
from tests.support.makers import make_comment, make_film, make_moment
from tests.support.search import ANYBODY, titles

MANY = 6
only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL looks at a sample of the newest rows first"
)


@pytest.fixture
def shelf(film, mia, monkeypatch):
    """Twelve moments that hold "lamp", of which every third is called so; a rare word, and words on "la"."""
    monkeypatch.setattr(bounds, "ROWS_LOOKED_AT", MANY)
    monkeypatch.setattr(bounds, "PASSED", 20)
    monkeypatch.setattr(bounds, "ROWS_READ", MANY)
    return [
        make_moment(
            film,
            mia,
            f"Lamp {number}" if number % 3 == 0 else f"Scene {number}",
            body=f"A lamp and a lake. {'Zanzibar.' if number == 4 else ''} Latch{number}.",
            tags=["dusk"] if number < 8 else [],
        )
        for number in range(12)
    ]


def asked(act):
    index.catch_up()
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"] for query in queries if "search_moments_post" in query["sql"]]


def wanted(text, **others):
    return WordQuery(parse(text).wanted, **others)


@only_sqlite
def test_of_a_common_word_the_newest_rows_are_looked_at(shelf):
    newest = [post.pk for post in reversed(shelf)][:MANY]
    assert index.newest(POSTS, wanted("lamp", facets={"k": ["moment"]})) == newest
    assert index.newest(POSTS, wanted("lamp lake")) == newest
    assert index.newest(POSTS, wanted('"lamp and a lake"')) == newest
    assert index.newest(POSTS, wanted("lamp nowhere")) == []
    assert index.newest(POSTS, wanted("lamp", unwanted=[Term(("latch11",))])) == newest[1:]


@only_sqlite
def test_common_words_that_meet_often_are_walked_along_together(shelf, monkeypatch):
    """As far as an answer goes, which is not far: none of the rows has to be read."""
    monkeypatch.setattr(bounds, "RANKED", 2)
    assert index.newest(POSTS, wanted("lamp lake")) == [post.pk for post in reversed(shelf)]
    assert index.newest(POSTS, wanted("lamp zanzibar lake")) == [shelf[4].pk]
    monkeypatch.setattr(bounds, "SAMPLED", 1)
    assert len(index.newest(POSTS, wanted("lamp lake", unwanted=parse("latch11").wanted))) == MANY - 1


@only_sqlite
def test_what_is_called_by_a_common_word_comes_first(shelf):
    found = index.best(POSTS, wanted("lamp"), MANY)
    assert found == [shelf[place].pk for place in (9, 6, 11, 10, 8, 7)]


@only_sqlite
def test_at_a_glance_the_first_ones_are_the_same_and_no_more_are_fetched(shelf, monkeypatch):
    monkeypatch.setattr(sqlite, "TITLED", 5)
    whole = index.best(POSTS, wanted("lamp"), 20)
    assert index.best(POSTS, wanted("lamp", glance=True), 20) == whole[:5]
    assert whole[:5] == [shelf[place].pk for place in (9, 11, 10, 8, 7)]
    assert len(whole) == 12


@only_sqlite
@pytest.mark.parametrize("text", ["lamp lake", "lamp lat", "lamp zanzibar"])
def test_an_answer_asks_nothing_twice(shelf, text):
    index.catch_up()
    with CaptureQueriesContext(connection) as queries:
        search(text, ANYBODY)
    asked = [query["sql"] for query in queries]
    assert [sql for sql in set(asked) if asked.count(sql) > 1] == []


@only_sqlite
def test_a_common_word_is_not_weighed(shelf):
    weighed = [sql for sql in asked(lambda: search("zanzibar lamp", ANYBODY)) if "bm25" in sql]
    assert weighed
    assert not any('"lamp"' in sql for sql in weighed)
    assert not any("bm25" in sql for sql in asked(lambda: search("lamp lake", ANYBODY)))


def test_of_rows_without_titles_the_newest_come_first(shelf, seb):
    remarks = [make_comment(shelf[0], seb, f"A lamp {number}.") for number in range(2 * MANY)]
    newest = [remark.pk for remark in reversed(remarks)]
    assert index.best(COMMENTS, wanted("lamp"))[:MANY] == newest[:MANY]


def test_a_rare_word_finds_its_row_however_old_it_is(shelf):
    assert titles("zanzibar lamp") == titles("lamp zanzibar") == ["Scene 4"]
    assert titles('"lamp and a lake zanzibar"') == ["Scene 4"]


def test_the_rows_of_a_film_or_a_tag_are_found_however_old_they_are(shelf, mia):
    ponyo = make_film("Ponyo")
    for _ in range(9):
        make_moment(ponyo, mia, "Sea", body="A lamp.")
    assert len(titles("lamp film:la-la-land")) == 6
    assert index.newest(POSTS, wanted("lamp", facets={"f": [shelf[0].film_id]}))[-1] == shelf[0].pk
    tagged = {post.pk for post in shelf[:8]}
    assert {post.pk for post in search("lamp tag:dusk", ANYBODY, "moments").groups[0].rows} == tagged
    left = search("tag:dusk -latch3 -lake1", ANYBODY, "moments").groups[0].rows
    assert {post.pk for post in left} == tagged - {shelf[3].pk}


@only_sqlite
def test_the_tag_of_many_posts_holds_beside_common_words(shelf, monkeypatch):
    monkeypatch.setattr(finders, "RANKED", 3)
    assert titles("lamp tag:dusk") == ["Lamp 6", "Scene 7"]
    assert titles("lamp lake tag:dusk") == ["Scene 7", "Lamp 6"]


@only_sqlite
def test_few_rows_are_not_looked_for_along_a_common_word(shelf):
    ids = [post.pk for post in shelf[:4]]
    for ask in (wanted("lamp", among=ids), wanted("lamp latch3", among=ids, any_of=True)):
        questions = asked(lambda ask=ask: index.best(POSTS, ask))
        assert sorted(index.best(POSTS, ask)) == ids
        assert not any('"lamp"' in sql for sql in questions)
    assert index.best(POSTS, wanted("lamp", among=ids, in_titles=True)) == [shelf[3].pk, shelf[0].pk]
    unwanted = index.best(POSTS, wanted("lamp", among=ids, unwanted=parse("latch2").wanted))
    assert unwanted == [shelf[place].pk for place in (3, 0, 1)]


def test_a_beginning_stands_for_the_words_that_most_rows_hold(shelf, monkeypatch):
    monkeypatch.setattr(vocabulary, "COMPLETED", 2)
    index.catch_up()
    ask = index.bounded(index.dialect(), POSTS, wanted("la", beginnings=[Term(("la",))]))
    assert ask.completions == {Term(("la",)): ["lake", "lamp"]}
    questions = asked(lambda: live("la", ANYBODY))
    assert questions
    assert not any(sign in sql for sql in questions for sign in ('" *', ":*"))
    # PostgreSQL finds older ones as well: there a bound by age would cost as much as asking.
    assert [post.title for post in live("la", ANYBODY).posts][:2] == ["Lamp 9", "Lamp 6"]
    assert titles("latc") == ["Scene 1", "Lamp 0"]


def test_a_short_beginning_is_looked_for_in_the_whole_alphabet(shelf, monkeypatch):
    monkeypatch.setattr(vocabulary, "GONE_THROUGH", 1)
    index.catch_up()
    for beginning, words in (("la", ["lake", "lamp"]), ("lam", ["lamp"])):
        found = vocabulary.completions(index.dialect(), [beginning], POSTS.table)
        assert found[beginning][1][: len(words)] == words


def test_what_a_beginning_of_many_rows_stands_for_is_kept(shelf):
    index.catch_up()
    asks = [wanted("la", beginnings=[Term(("la",))]), wanted("zanz", beginnings=[Term(("zanz",))])]
    known = [index.bounded(index.dialect(), POSTS, ask).completions for ask in asks]
    questions = []
    for ask in asks:
        with CaptureQueriesContext(connection) as queries:
            assert index.bounded(index.dialect(), POSTS, ask).completions in known
        questions.append([query["sql"] for query in queries if "search_word" in query["sql"]])
    assert [len(asked) for asked in questions] == [0, 1]


@only_sqlite
def test_beside_a_word_that_no_text_holds_nothing_is_looked_for(shelf):
    assert index.newest(POSTS, wanted("nowhere lamp")) == index.best(POSTS, wanted("nowhere lamp")) == []
    for find in (index.newest, index.best):
        texts = "nowhere lamp", "lake lamp"
        found = [asked(lambda text=text, find=find: find(POSTS, wanted(text))) for text in texts]
        assert [any(re.search(r"\Wlamp\W", sql) for sql in questions) for questions in found] == [False, True]


def test_words_of_a_title_are_found_as_one_beside_others(film, mia):
    moment = make_moment(film, mia, "The Spider Man", body="He swings.")
    assert index.best(POSTS, wanted("spiderman swings")) == [moment.pk]


def test_a_rare_beginning_stands_for_every_word(shelf):
    assert [post.title for post in live("scene 1", ANYBODY).posts] == ["Scene 1", "Scene 11", "Scene 10"]
    assert titles("zanz") == ["Scene 4"]


def test_small_tables_are_not_bounded(db, monkeypatch):
    monkeypatch.setattr(bounds, "ROWS_LOOKED_AT", 1)
    for number in range(4):
        make_film(f"Lamp {number}")
    ask = wanted("lam", beginnings=[Term(("lam",))])
    assert index.bounded(index.dialect(), FILMS, ask) is ask
    assert len(index.best(FILMS, ask)) == 4
