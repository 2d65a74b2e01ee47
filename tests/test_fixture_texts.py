"""The starter texts: their own words, within the rules that members keep, at one with each other."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import call_command

from moments.forms import POST_FORMS
from moments.management.fixtures import FIXTURES
from moments.models import Film, Moment, Post, Source, Trivia, Verdict
from reelive import markdown
from reelive.text import clean

TESTS = Path(__file__).resolve().parent
RUN, DIGITS = 5, 10  # words in a row; digits that are kept of the hash of such a run
# Fingerprints of the runs of words in the notes from which the scenes were taken.
KNOWN_RUNS = TESTS / "data" / "phrases.txt"
ITALICS = re.compile(r"\*([^*]+)\*")
LENGTH_IN_MINUTES = re.compile(r"\b(\d{2,3}) minutes\b")
MARKUP = re.compile(r">!|!<|\|\||\*\*|__|\]\(|[*_]\w|\w[*_]|&\w+;|<(?!/?(?:p|em|strong|br)\b)")
PROSE = ("body", "context", "summary", "reason", "note", "bio")
INVENTED = {
    "the-restaurant-scene",
    "sebastians-late-night-call",
    "the-farewell-scene",
    "the-big-breakthrough",
    "mias-rejection",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(staged):
    return staged


def load_all():
    call_command("loaddata", *FIXTURES, verbosity=0)
    return {}


SCENE = load_all


def words_of(text):
    return re.findall(r"\w+", text.lower().replace("'", "").replace("’", ""))


def runs_of(text):
    words = words_of(text)
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def fingerprint(run):
    return sha256(run.encode()).hexdigest()[:DIGITS]


def texts_of(rows):
    """All that the rows say in words."""
    return [row["fields"][name] for row in rows for name in PROSE if name in row["fields"]]


def names_in(rows):
    """Titles, and those of other works in the texts."""
    titles = [row["fields"].get("title", "") for row in rows]
    return titles + [name for text in texts_of(rows) for name in ITALICS.findall(text)]


@pytest.fixture(scope="module")
def rows():
    folder = TESTS.parent / "fixtures"
    return [
        row for name in FIXTURES for row in json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="module")
def known_runs():
    letters = KNOWN_RUNS.read_text(encoding="ascii").replace("\n", "")
    return {letters[i : i + DIGITS] for i in range(0, len(letters), DIGITS)}


def test_no_five_words_in_a_row_come_from_elsewhere(rows, known_runs):
    names = set().union(*map(runs_of, names_in(rows)))
    assert known_runs & {fingerprint(run) for run in names}  # so the measure works: the titles are known
    own = set().union(*map(runs_of, texts_of(rows))) - names
    assert [run for run in own if fingerprint(run) in known_runs] == []


def test_a_film_is_as_long_as_its_trivia_says():
    said = {}
    for claim in Trivia.objects.select_related("film"):
        lengths = [int(number) for number in LENGTH_IN_MINUTES.findall(claim.body) if int(number) > 60]
        if lengths:
            said[claim.film.slug] = claim.film.runtime in lengths
    assert said == {"snatch": True, "ponyo": True}


def test_every_source_has_a_secure_address_and_a_title():
    for source in [*Source.objects.all(), *Verdict.objects.exclude(url="")]:
        source.full_clean()
        assert source.url.startswith("https://")
    assert not Source.objects.filter(title="").exists()


def test_a_claim_has_sources_or_says_that_it_has_none():
    for claim in Trivia.objects.prefetch_related("sources", "verdicts"):
        assert claim.status == ("sourced" if claim.sources.all() else "unsourced")
        # Nobody but the house has looked yet: where nothing backs a claim it says so.
        assert claim.sources.all() or [verdict.stance for verdict in claim.verdicts.all()] == ["dispute"]


def test_no_verdict_is_older_than_its_claim():
    for verdict in Verdict.objects.select_related("trivia"):
        verdict.full_clean()
        assert verdict.created > verdict.trivia.created


def test_every_text_is_clean_and_leaves_no_markup_behind():
    for post in Post.objects.all():
        fields = POST_FORMS[post.kind].base_fields
        assert fields["title"].clean(post.title) == post.title
        assert fields["body"].clean(post.body) == post.body
        for text, html in ((post.body, post.body_html), (post.context, post.context_html)):
            assert clean(text) == text
            assert markdown.render(text) == html
            assert not MARKUP.search(html), html
        assert not MARKUP.search(post.excerpt)
    for verdict in Verdict.objects.all():
        assert clean(verdict.reason) == verdict.reason


def test_the_scenes_that_the_film_has_not_are_marked():
    marked = Moment.objects.filter(tags__slug="misremembered")
    assert set(marked.values_list("slug", flat=True)) == INVENTED
    for moment in marked:
        assert len(moment.context.split("\n\n")) == 2


def test_the_numbers_of_films_elsewhere_have_their_form():
    for film in Film.objects.all():
        film.full_clean()
        assert film.imdb
