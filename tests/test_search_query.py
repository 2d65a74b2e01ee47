"""The query: its filters, what makes no sense, and signs that mean nothing to the database."""

import pytest

from moments.models import FeelingTally, Post, Tag
from moments.search.kinds import KINDS_WITH_TAB
from moments.search.results import search, suggest_tags
from tests.support.makers import make_comment, make_film, make_moment, moderator
from tests.support.rows import for_each
from tests.support.search import ANYBODY, found, make_shelf, titles

TABS = ["all", *KINDS_WITH_TAB]


@pytest.fixture
def shelf(film, mia, seb):
    return make_shelf(film, mia, seb)


@for_each("text, expected", [
    ("dusk film:la-la-land", {"City of Stars"}),
    ('film:"la la land"', {"A Lovely Night", "City of Stars", "One take"}),
    ("film:ponyo", {"Running on the waves"}),
    ("film:崖の上のポニョ", {"Running on the waves"}),
    ("kind:song", {"City of Stars"}),
    ("kind:moment dances", {"Running on the waves"}),
    ("by:mia", {"A Lovely Night", "One take"}),
    ("by:@MIA pier", {"One take"}),
    ("tag:dance", {"A Lovely Night", "Running on the waves"}),
    ("tag:dance tag:dusk", {"A Lovely Night"}),
    ("tag:dance tap", {"A Lovely Night"}),
    ("tag:dance -tap", {"Running on the waves"}),
    ("tag:dusk kind:song film:la-la-land by:seb", {"City of Stars"}),
    ("tag:dusk by:mia", {"A Lovely Night"}),
    ("feeling:wonder", {"Running on the waves"}),
    ("feeling:wonder girl", {"Running on the waves"}),
    ("feeling:wonder tag:dusk", set()),
    ("feeling:joy", set()),
])  # fmt: skip
def test_filters_narrow_what_is_found_with_words_and_without(shelf, text, expected):
    waves = Post.objects.get(title="Running on the waves")
    FeelingTally.objects.create(moment=waves, feeling="wonder", house=3, strength=0.4)
    FeelingTally.objects.create(moment=waves, feeling="joy", house=0, strength=0)
    assert set(titles(text)) == expected


def test_comments_are_narrowed_by_their_post_and_their_author(shelf, mia, seb):
    waves = Post.objects.get(title="Running on the waves")
    FeelingTally.objects.create(moment=waves, feeling="wonder", house=3, strength=0.4)
    ours = make_comment(waves, mia, "What a wave.")
    theirs = make_comment(Post.objects.get(title="One take"), seb, "What a take.")
    expected = {
        "what": [str(theirs.pk), str(ours.pk)],
        "what film:ponyo": [str(ours.pk)],
        "what kind:trivia": [str(theirs.pk)],
        "what tag:sea": [str(ours.pk)],
        "what feeling:wonder": [str(ours.pk)],
        "by:seb": [str(theirs.pk)],
        "film:ponyo": [],
    }
    assert {text: found(text, "comments").get("comments", []) for text in expected} == expected


def test_a_film_is_known_by_its_slug_before_its_title(shelf, mia):
    make_moment(make_film("La La Land Again"), mia, "Another bench")
    assert "Another bench" not in titles("film:la-la-land")
    assert titles("film:again") == ["Another bench"]


def test_a_tag_is_known_by_its_words_and_a_merged_one_leads_to_that_of_now(shelf, film, mia):
    make_moment(film, mia, "Shoes", tags=["tap dance"])
    for spelling in ("tap-dance", '"tap dance"', '"Tap  Dance"'):
        assert titles(f"tag:{spelling}") == ["Shoes"]
    Tag.objects.get(name="tap dance").merge_into(moderator(), Tag.objects.get(name="dance"))
    assert titles("tag:tap-dance") == titles("tag:dance")
    assert "Shoes" in titles("tag:tap-dance")
    assert found("tap", "tags") == found("tap dance", "tags") == {"tags": ["dance"]}
    assert [tag.name for tag in suggest_tags("tap d")] == ["dance"]
    Tag.objects.get(name="dance").remove(moderator(), "spam")
    assert "tap-dance" in search("tag:tap-dance", ANYBODY).problem
    assert found("tap", "tags") == {}


@for_each("text, sentence", [
    ("film:nosferatu", "There is no film called “nosferatu” here."),
    ("tag:nosferatu", "There is no tag “nosferatu” here."),
    ("by:nosferatu", "There is no member called “nosferatu” here."),
    ("foo:bar", "There is no filter “foo:”."),
    ('"open', "A quotation mark is left open"),
])  # fmt: skip
def test_a_query_without_sense_says_why(shelf, text, sentence):
    results = search(text, ANYBODY)
    assert results.problem.startswith(sentence)
    assert results.groups == []


def test_filters_have_no_say_in_films_tags_and_members(shelf):
    assert search("la kind:song", ANYBODY, "films").problem
    assert "films" not in found("city kind:song")


HOSTILE = [
    *(
        "AND",
        "NOT stars",
        "stars OR",
        "NEAR(city stars)",
        "title:city",
        "* ^ city",
        "ci*ty",
        "city^2",
        "+city",
    ),
    *(
        "city & stars | !x",
        "'; DROP TABLE moments_post; --",
        "\\",
        "city\\",
        "%s %(x)s {id} {0}",
        "{title}",
        "<->",
    ),
    *(
        "\x00city",
        "city\ufffe",
        "\ue000kmoment",
        "=kmoment",
        "💥",
        "city 💥 \u0301",
        "\u0301\u0301",
        "ﬁ ½ ² Ⅷ",
    ),
    *(
        "ᭅ ꧂ 𐍈",
        "(((((",
        '""',
        '-""',
        "city -*",
        "e\u0301" * 50,
        "İ ı ß ŉ",
        "\u180e \u200b city",
        "''''",
        "a:*",
    ),
]


@for_each("text", HOSTILE)
def test_no_sign_means_anything_to_the_database(shelf, text):
    for kind in TABS:
        assert search(text, ANYBODY, kind).groups is not None


def test_what_is_kept_for_filters_cannot_be_typed(shelf):
    assert Post.objects.filter(kind="moment").exists()
    for text in ("kmoment", "\ue000kmoment", "=kmoment", "k moment", '"\ue000kmoment"'):
        assert titles(text) == []
