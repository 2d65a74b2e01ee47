"""The titles that come with Reelive: their form, their facts, and what follows from their length."""

import csv
import re

import pytest
from django.core.management import call_command

from moments.catalogue.names import key_of
from moments.management.fixtures import CATALOGUE_FILE
from moments.models import CatalogueTitle, Film, PlayerConnection, Progress
from moments.models.film import FIRST_FILM_YEAR
from moments.models.film_ids import ID_FORMS
from tests.support.players import connect, kodi, send

pytestmark = pytest.mark.django_db


# Of these films and series we are sure, ids included.
SURE = {
    ("Casablanca", 1942): ("Michael Curtiz", "tt0034583"),
    ("The Matrix", 1999): ("Lana Wachowski, Lilly Wachowski", "tt0133093"),
    ("Pulp Fiction", 1994): ("Quentin Tarantino", "tt0110912"),
    ("The Godfather", 1972): ("Francis Ford Coppola", "tt0068646"),
    ("Fight Club", 1999): ("David Fincher", "tt0137523"),
    ("The Shawshank Redemption", 1994): ("Frank Darabont", "tt0111161"),
    ("Inception", 2010): ("Christopher Nolan", "tt1375666"),
    ("Spirited Away", 2001): ("Hayao Miyazaki", "tt0245429"),
    ("Seven Samurai", 1954): ("Akira Kurosawa", "tt0047478"),
    ("Forrest Gump", 1994): ("Robert Zemeckis", "tt0109830"),
    ("Breaking Bad", 2008): ("Vince Gilligan", ""),
    ("Game of Thrones", 2011): ("David Benioff, D. B. Weiss", "tt0944947"),
}


def table(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_starter_has_what_the_world_knows_in_plain_facts(settings):
    rows = table(settings.BASE_DIR / "fixtures" / CATALOGUE_FILE)
    media = [row["medium"] for row in rows]
    assert (media.count("film") >= 1_000, media.count("series") >= 150) == (True, True)
    call_command("loaddata", "catalogue", verbosity=0)
    assert CatalogueTitle.objects.filter(source="starter").count() == len(rows)
    call_command("loaddata", "catalogue", verbosity=0)
    assert CatalogueTitle.objects.count() == len(rows)
    for place, form in ID_FORMS.items():
        ids = [(row["medium"], row[place]) for row in rows if row.get(place)]
        assert [number for _medium, number in ids if not re.fullmatch(form, number)] == []
        assert len(ids) == len(set(ids))
    assert [
        row for row in rows if not FIRST_FILM_YEAR <= int(row["year"]) <= 2026 or not row["director"]
    ] == []
    found = {(row["title"], int(row["year"])): (row["director"], row["imdb"]) for row in rows}
    assert {key: found.get(key) for key in SURE} == {
        key: (director, imdb or found[key][1]) for key, (director, imdb) in SURE.items()
    }


# Minutes by which two good sources may differ about one cut.
NEAR = 2
IDS = ("imdb", "tmdb", "wikidata", "tvdb")


def test_the_starter_agrees_with_what_others_say_of_the_same_works(settings):
    starter = table(settings.BASE_DIR / "fixtures" / CATALOGUE_FILE)
    works = table(settings.BASE_DIR / "tests" / "data" / "well_known.csv")
    found = [[row for row in starter if is_about(row, work)] for work in works]
    assert [work["title"] for work, rows in zip(works, found, strict=True) if len(rows) != 1] == []
    pairs = [(row, work) for (row,), work in zip(found, works, strict=True)]
    assert [differences(row, work) for row, work in pairs if differences(row, work)] == []
    assert sum(bool(row["runtime"] and work["minutes"]) for row, work in pairs) >= 25


def is_about(row, work):
    """Whether a row of the starter has an id of the work, or is called like it and of its year."""
    if row["medium"] != work["medium"]:
        return False
    titles = {key_of(title) for title in (row["title"], row["original_title"]) if title}
    has_its_id = any(row[place] and row[place] == work[place] for place in IDS)
    return has_its_id or (key_of(work["title"]) in titles and row["year"] == work["year"])


def differences(row, work):
    """What both say, and say differently: by its name the facts of the starter and of the others."""
    said = {name: (row[name], work[name]) for name in ("year", *IDS)}
    found = {name: pair for name, pair in said.items() if all(pair) and pair[0] != pair[1]}
    lengths = (row["runtime"], work["minutes"])
    if all(lengths) and abs(int(lengths[0]) - int(lengths[1])) > NEAR:
        found["runtime"] = lengths
    return found


def test_lengths_of_the_starter_are_those_of_films(settings):
    rows = [row for row in table(settings.BASE_DIR / "fixtures" / CATALOGUE_FILE) if row["runtime"]]
    assert len(rows) >= 300
    assert [row for row in rows if row["medium"] != "film" or not 40 <= int(row["runtime"]) <= 300] == []


def test_kodi_moves_the_line_in_a_film_of_the_starter(mia):
    call_command("loaddata", "catalogue", verbosity=0)
    _row, url = connect(mia)
    line = []
    for percent in (25, 50, 80):
        PlayerConnection.objects.update(heard=None)
        send(url, kodi(percent, identifier="603"))
        line.append(Progress.objects.of(mia, Film.objects.get(title="The Matrix")).story_time)
    assert line == [136 * 60 * percent // 100 for percent in (25, 50, 80)]
