"""The starter texts: all that the site opens with, complete and within its own rules."""

import json
from pathlib import Path

from django.test import TestCase

from accounts.models import HOUSE
from moments.feelings import FEELINGS
from moments.management.fixtures import FIXTURES
from moments.models import Film, Moment, Post, Song, Tag, Trivia, Verdict
from reelive.text import normalise_tag

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"
SONGS = {
    "Another Day of Sun": "La La Land Cast",
    "Someone in the Crowd": "Emma Stone, Callie Hernandez, Sonoya Mizuno & Jessica Rothe",
    "Mia & Sebastian's Theme": "Justin Hurwitz",
    "A Lovely Night": "Ryan Gosling & Emma Stone",
    "City of Stars": "Ryan Gosling & Emma Stone",
    "Audition (The Fools Who Dream)": "Emma Stone",
    "Epilogue": "Justin Hurwitz",
}
MOMENTS = """A Lovely Night|Audition (The Fools Who Dream)|Sebastian's Jazz Club Dreams|City of Stars
Mia's Rejection|The Dream Sequence|Sebastian's Decision|Mia's One-Woman Show|The Farewell Scene
Sebastian at His Jazz Club|The Ending Montage|The Piano Scene at Home|The L.A. Traffic Jam
Mia's Aspirations|The Reunion|The Restaurant Scene|The Dance at the Planetarium
Sebastian's Passionate Speech|The Moment of Doubt|Mia's Last Chance|Sebastian's Late Night Call
The Big Breakthrough|The Moment of Reflection|Mia in the Audience|Sebastian's Final Performance"""
CLAIMS = """The Original Title|Damien Chazelle's Personal Connection|Ryan Gosling's Piano Skills
Emma Stone's Audition|The Dance Sequence|Color Palette Choices|Limited CGI Usage
Historical References|Chazelle and Hurwitz Collaboration|Filming Location Challenges
The Kiss Sequence|Mia's Wardrobe|The Jazz Club Set|Sebastian's Car|Spotlight of the Oscars
Reserve of Secret Locations|Ryan Gosling's Inspiration|Improvised Dialogue|Behind the Songs
Silent Film Inspirations|The Ending Sequence|Cameo Appearances"""


def lines(text):
    return {title for line in text.splitlines() for title in line.split("|")}


def titles(model):
    return set(model.objects.filter(film__slug="la-la-land").values_list("title", flat=True))


class TestStarterTexts(TestCase):
    """Loaded once for all of these."""

    fixtures = FIXTURES

    def test_la_la_land_is_complete(self):
        assert dict(Song.objects.filter(film__slug="la-la-land").values_list("title", "artist")) == SONGS
        assert titles(Moment) == lines(MOMENTS)
        assert titles(Trivia) == lines(CLAIMS)
        film = Film.objects.get(slug="la-la-land")
        assert (film.moment_count, film.song_count, film.trivia_count) == (25, 7, 22)
        assert (film.year, film.director, film.music) == (2016, "Damien Chazelle", "Justin Hurwitz")

    def test_the_other_films_have_five_moments_or_more(self):
        others = dict(Film.objects.exclude(slug="la-la-land").values_list("title", "moment_count"))
        assert set(others) == {"Snatch", "Ponyo", "Along with the Gods: The Two Worlds"}
        assert min(others.values()) >= 5

    def test_every_row_keeps_the_rules_of_the_site(self):
        for post in Post.objects.select_related("film", "author"):
            post.full_clean(exclude=["nonce"])
            assert 1 <= len(post.tag_list) <= 8
            assert post.body_html.startswith("<p>")
            assert "<script" not in post.body_html
            assert post.excerpt
        for tag in Tag.objects.all():
            assert normalise_tag(tag.name) == tag.name

    def test_every_moment_has_its_own_five_colours_and_a_first_guess(self):
        palettes = [tuple(moment.palette) for moment in Moment.objects.all()]
        assert {len(set(palette)) for palette in palettes} == {5}
        assert len(set(palettes)) == len(palettes)
        for moment in Moment.objects.prefetch_related("tallies"):
            weights, is_house = moment.reading
            assert is_house
            assert 2 <= len(weights) <= 4
            assert set(weights) <= set(FEELINGS)

    def test_every_song_has_an_artist_and_is_heard_in_some_moment(self):
        assert not Song.objects.filter(uses=None).exists()
        assert not Song.objects.filter(artist="").exists()

    def test_nothing_pretends_to_be_a_community(self):
        assert set(
            Post.objects.values_list("author__username", "votes", "comment_count", "relive_count", "felt_by")
        ) == {(HOUSE, 0, 0, 0, 0)}
        assert set(Verdict.objects.values_list("member__username", flat=True)) == {HOUSE}

    def test_a_claim_known_to_be_wrong_is_disputed_with_a_reason(self):
        one_take = Trivia.objects.get(slug="the-dance-sequence")
        assert (one_take.status, one_take.disputes) == ("sourced", 1)
        assert "Three" in one_take.verdicts.get().reason

    def test_home_opens_with_the_starter_texts(self):
        page = self.client.get("/films/la-la-land/").content.decode()
        assert "<b>25</b> moments" in page
        assert "A Lovely Night" in page


def test_the_files_hold_natural_keys_and_no_ids():
    for name in FIXTURES:
        rows = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        assert rows
        assert all("pk" not in row for row in rows)
