"""A text is found by each of its words, in every script and spelling, alike on both databases."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moments.search import indexing, query
from moments.search.analyser import is_word, title_key, tokens
from moments.search.dialect import WordQuery
from moments.search.index import dialect
from moments.search.query import Term
from moments.search.schema import POSTS
from moments.search.stems import stem
from tests.support.makers import make_film, make_moment
from tests.support.rows import for_each
from tests.support.search import found, titles

TITLE = "Where it happens"


# A text, and what somebody may type who looks for it.
FOLDED = [
    ("Møbius", "mobius"), ("Łódź", "lodz"), ("Straße", "strasse"), ("Œuvre", "oeuvre"),
    ("Þór", "thor"),
    ("Đảo", "dao"), ("Σίσυφος", "σισυφοσ"), ("Σίσυφος", "ΣΊΣΥΦΟΣ"), ("Ёлки", "елки"),
    ("Йод", "йод"), ("Ŋaro", "naro"),
    ("Əli", "eli"), ("ısı", "isi"), ("ＡＢＣ", "abc"), ("ﾎﾟﾆｮ", "ポニョ"), ("ぽにょ", "ポニョ"),
    ("हिन्दी", "हिन्दी"),
    ("أحمد", "احمد"), ("שָׁלוֹם", "שלום"),
]  # fmt: skip
MARKS = [
    ("What's up", "whats"), ("What’s up", "what's"), ("whats up", "what's"),
    ("Spider-Man", "spiderman"),
    ("Spiderman", "spider-man"), ("M*A*S*H", "mash"), ("MASH", "m*a*s*h"), ("WALL·E", "walle"),
    ("AC/DC", "acdc"),
    ("X-Men", "xmen"), ("Ocean's", "oceans"), ("L’avventura", "lavventura"), ("don´t", "dont"),
    ("10,000", "10000"),
    ("mia_dolan", "miadolan"), ("U.S.A.", "usa"),
]  # fmt: skip
UNSPACED = [
    ("千と千尋の神隠し", "千尋"), ("千と千尋の神隠し", "神隠し"), ("東京物語", "京物"),
    ("東京物語", "語"), ("살인의 추억", "살인의추억"),
    ("살인의 추억", "추억"), ("マッド・マックス", "マッドマックス"), ("崖の上のポニョ", "ポニョ"),
    ("となりのトトロ2", "トトロ"), ("กรุงเทพมหานคร", "มหานคร"),
    ("第1話", "第1話"), ("恋愛", "愛"),
]  # fmt: skip


@for_each("text, typed", [*FOLDED, *MARKS, *UNSPACED])
def test_a_text_is_found_as_people_type_it(text, typed, film, mia):
    make_moment(film, mia, TITLE, body=f"One says {text} and goes.")
    assert titles(typed) == [TITLE]


@for_each("text, typed", [*FOLDED, *MARKS, *UNSPACED])
def test_a_film_is_found_so_too(text, typed, db):
    make_film(text)
    assert found(typed)["films"] == [text]


@for_each("text, typed", [
    ("千と千尋の神隠し", "尋千"), ("東京物語", "東語"), ("Spider-Man", "spid man"),
    ("Ponyo", "ponya"), ("ポニョ", "ボニョ"),
    ("Spider and man", "spiderman"),
])  # fmt: skip
def test_other_words_are_not_found(text, typed, film, mia):
    make_moment(film, mia, TITLE, body=text)
    assert titles(typed) == []


def test_a_title_without_its_spaces_is_found(db):
    make_film("La La Land")
    make_film("The Amazing Spider Man")
    assert found("lalaland")["films"] == ["La La Land"]
    assert found("spiderman")["films"] == ["The Amazing Spider Man"]


# Exact titles.


def test_a_short_title_comes_before_longer_ones(db):
    for title in (
        "Mother!",
        "Moments",
        "A",
        "If",
        "M",
        "Amélie",
        "A Quiet Place",
        "If Only",
        "22",
        "22 Jump Street",
    ):
        make_film(title)
    for title in ("M", "A", "If", "22", "Mother!"):
        assert found(title.lower())["films"][0] == title


def test_an_exact_title_of_a_post_is_first_however_old_it_is(film, mia):
    make_moment(film, mia, "If")
    for number in range(5):
        make_moment(film, mia, f"If if if {number}", body="If, and if.")
    assert titles("if")[0] == "If"
    assert titles("if film:la-la-land")[0] == "If"


# Every word of every text.

LETTERS = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "Z"))
TEXTS = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=6).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_a_text_is_found_by_each_of_its_words(moment, text):
    database = dialect()
    database.drop(POSTS, [moment.pk])
    facets = [moment.kind, moment.film_id, moment.author_id]
    database.enter(POSTS, [indexing.entry_of(POSTS, (moment.pk, "", "", "", text, *facets))])
    for word in query.words(text):
        if tokens(word):
            assert database.newest(POSTS, WordQuery([Term((word,))]), 5) == [moment.pk], word


@given(st.text(max_size=300))
def test_no_token_holds_what_a_query_language_means_something_by(text):
    for token in tokens(text, is_title=True):
        assert token
        assert not set(token) & set(" \"'\\()*:&|!<>^-+{}\0")


@given(st.text(max_size=200))
def test_case_makes_no_difference(text):
    once = title_key(text)
    assert title_key(once) == once


@for_each("forms", [
    "dance dances danced dancing", "star stars", "cry cries cried", "run runs running", "movie movies",
    "kiss kisses kissed kissing", "hug hugs hugged hugging", "play plays played playing",
])  # fmt: skip
def test_the_forms_of_an_english_word_have_one_stem(forms):
    assert len({stem(word) for word in forms.split()}) == 1


@for_each("words", ["sing sin", "king kin", "red read", "need ned", "bus but", "this thing"])
def test_different_words_keep_different_stems(words):
    one, other = words.split()
    assert stem(one) != stem(other)


def test_numbers_facets_stems_and_pairs_of_letters_are_no_words_to_misspell():
    kept = tokens("Dancing in 2016, 千尋", is_title=True)
    assert {token for token in kept if is_word(token)} == {"dancing", "in"}
