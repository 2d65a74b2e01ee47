"""Loading the catalogue: the forms of its sources with their traps, going on after a stop, doing it twice."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from moments.catalogue import loading
from moments.models import CatalogueTitle
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db

BASICS = (
    "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\n"
)
AKAS = "titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle\n"


def load(source, path, *options):
    """What the command says."""
    said = StringIO()
    call_command("load_catalogue", source, path, *options, stdout=said)
    return said.getvalue()


def outcome(said):
    """The numbers of new, changed and equal rows, and what was left out."""
    _first, numbers, *left_out = said.splitlines()
    counts = [int(part.rpartition(" ")[2].replace(",", "")) for part in numbers.rstrip(".").split(".")]
    return counts, left_out


def written(path, *parts):
    path.write_text("".join(parts), encoding="utf-8")
    return path


def held(*names):
    return list(CatalogueTitle.objects.order_by("pk").values_list(*names))


def test_a_table_of_ones_own_is_loaded_and_twice_changes_nothing(tmp_path):
    table = written(
        tmp_path / "mine.csv",
        "\ufeffName,Year,Director,IMDB,type,other_titles,nonsense\n",
        '"Lanterns, or ""The Tide""",1988,Ida Holm,tt1234567,film,Laternen|Lanternes,x\n',
        "Two Ferries,2003,,nm1234567,TV Series,,\n",
        ",1999,,,,,\nNobody Knows When,,,,,,\nOf the Future,3000,,,,,\n",
        f"{'a' * 151},1999,,,,,\n",
    )
    counts, left_out = outcome(load("csv", table))
    assert counts == [2, 0, 0]
    assert sum(int(line.split()[2]) for line in left_out) == 4
    assert held("title", "year", "medium", "director", "imdb", "others") == [
        ('Lanterns, or "The Tide"', 1988, "film", "Ida Holm", "tt1234567", "Laternen\nLanternes"),
        ("Two Ferries", 2003, "series", "", "", ""),
    ]
    assert outcome(load("csv", table))[0] == [0, 0, 2]


class Terminal(StringIO):
    """Where somebody sits and types."""

    def isatty(self):
        return True


def test_imdb_is_loaded_only_for_those_who_accept_its_terms(tmp_path, monkeypatch):
    basics = written(tmp_path / "title.basics.tsv", BASICS)
    monkeypatch.setattr("sys.stdin", StringIO("y\n"))
    with pytest.raises(CommandError, match=r"(?s)personal and non-commercial.*--accept-imdb-terms"):
        load("imdb", basics)
    for answer in ("", "\n", "n\n", "maybe\n"):
        monkeypatch.setattr("sys.stdin", Terminal(answer))
        with pytest.raises(CommandError, match="Nothing was loaded"):
            load("imdb", basics)
    monkeypatch.setattr("sys.stdin", Terminal("Y\n"))
    said = load("imdb", basics)
    assert said.startswith("IMDb lets these files be used for personal and non-commercial purposes only")
    assert outcome(said.partition("[y/N] ")[2])[0] == [0, 0, 0]


def test_the_files_of_imdb_are_read_as_they_are(tmp_path):
    basics = gzip.compress(
        (
            BASICS + 'tt0000011\tmovie\t"Glass" House\tLasitalo\t0\t1971\t\\N\t93\tDrama\n'
            "tt0000012\ttvSeries\tThe Weir\tThe Weir\t0\t2011\t2014\t\\N\tDrama\n"
            "tt0000013\ttvEpisode\tPilot\tPilot\t0\t2011\t\\N\t50\tDrama\n"
            "tt0000014\tmovie\tUndated\tUndated\t0\t\\N\t\\N\t\\N\t\\N\n"
            "tt0000015\tmovie\tNot for All\tNot for All\t1\t1999\t\\N\t\\N\t\\N\n"
            "tt0000016\tmovie\tCut"
        ).encode()
    )
    (tmp_path / "title.basics.tsv.gz").write_bytes(basics)
    counts, left_out = outcome(load("imdb", tmp_path / "title.basics.tsv.gz", "--accept-imdb-terms"))
    assert (counts, len(left_out)) == ([2, 0, 0], 4)
    akas = written(
        tmp_path / "title.akas.tsv",
        AKAS,
        "tt0000011\t1\tDas Glashaus\tDE\t\\N\timdbDisplay\x02tv\t\\N\t0\n",
        "tt0000011\t2\tglass house\tGB\t\\N\timdbDisplay\t\\N\t0\n",
        "tt7777777\t1\tUnknown\tGB\t\\N\t\\N\t\\N\t0\n",
    )
    votes = written(
        tmp_path / "title.ratings.tsv",
        "tconst\taverageRating\tnumVotes\n",
        "tt0000012\t9.0\t999999\ntt0000011\t7\t0\n",
    )
    assert outcome(load("imdb", akas, "--accept-imdb-terms"))[0] == [0, 1, 0]
    assert outcome(load("imdb", votes, "--accept-imdb-terms"))[0] == [0, 1, 1]
    assert held("title", "original_title", "medium", "runtime", "others", "known") == [
        ('"Glass" House', "Lasitalo", "film", 93, "Das Glashaus", 0),
        ("The Weir", "", "series", None, "", 1000),
    ]
    for path in (akas, votes):
        assert outcome(load("imdb", path, "--accept-imdb-terms"))[0][1] == 0


def claim(value, rank="normal"):
    return {"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "rank": rank}


def entity(number, kind, **claims):
    return {"id": number, "claims": {"P31": [claim({"id": kind})], **claims}, "sitelinks": {"enwiki": {}}}


def date(text, precision=11):
    return claim({"time": text, "precision": precision})


def test_a_dump_of_wikidata_is_read_line_by_line(tmp_path):
    film = entity(
        "Q501", "Q11424",
        P577=[date("+1994-05-12T00:00:00Z"), date("+1993-00-00T00:00:00Z", 9),
              date("+1000-00-00T00:00:00Z", 7)],
        P2047=[claim({"amount": "+5400", "unit": "http://www.wikidata.org/entity/Q11574"})],
        P345=[claim("nm0000099"), claim("tt0000501")],
        P4947=[claim("77", "deprecated"), claim("501")],
    ) | {"labels": {"mul": {"value": "Harbour Light"}, "fr": {"value": "Lumière du port"}}}  # fmt: skip
    game = entity("Q502", "Q7889", P345=[claim("tt0000502")], P4947=[claim("502")])
    series = entity("Q503", "Q5398426", P580=[date("+2009-01-00T00:00:00Z", 10)], P4835=[claim("503")])
    series["labels"] = {"de": {"value": "Die Fähre"}}
    lines = ["[\n", *(json.dumps(each) + ",\n" for each in (film, game, series)), '{"P345": broken\n', "]\n"]
    dump = tmp_path / "all.json.gz"
    dump.write_bytes(gzip.compress("".join(lines).encode()))
    counts, left_out = outcome(load("wikidata", dump))
    assert (counts, len(left_out)) == ([2, 0, 0], 2)
    assert held("title", "year", "runtime", "wikidata", "imdb", "tmdb", "tvdb", "others") == [
        ("Harbour Light", 1993, 90, "Q501", "tt0000501", "501", "", "Lumière du port"),
        ("Die Fähre", 2009, None, "Q503", "", "", "503", ""),
    ]
    assert outcome(load("wikidata", dump))[0] == [0, 0, 2]


@for_each("begin, end", [("[\n", "\n]\n"), ("", ""), ("", "\n")])
def test_a_dump_of_wikidata_may_lack_its_brackets(begin, end, tmp_path):
    named = {"labels": {"en": {"value": "Harbour Light"}}}
    films = [
        {"type": "item", **entity(f"Q{number}", "Q11424", P577=[date("+1994-05-12T00:00:00Z")]), **named}
        for number in (1, 2)
    ]
    lines = (",\n" if begin else "\n").join(map(json.dumps, films))
    for spaced in (lines, lines.replace('": ', '":').replace(', "', ',"')):
        assert outcome(load("wikidata", written(tmp_path / "some.json", begin, spaced, end)))[0][0] == 2
        assert set(held("wikidata")) == {("Q1",), ("Q2",)}
        CatalogueTitle.objects.all().delete()


def bound(**values):
    return {name: {"type": "literal", "value": value} for name, value in values.items()}


def test_the_results_of_a_query_are_read_and_a_file_that_is_cut_short_is_told(tmp_path):
    item = "http://www.wikidata.org/entity/Q"
    bindings = [
        bound(item=item + "61", itemLabel="Salt Road", imdb="tt0000061", date="1962-01-01T00:00:00Z",
              duration="101", directorLabel="Ana Vidal"),
        bound(item=item + "61", itemLabel="Salt Road", date="1961-09-03T00:00:00Z", directorLabel="Jo Berg"),
        bound(item=item + "62", itemLabel="Q62", date="1980-01-01T00:00:00Z"),
        bound(item=item + "63", itemLabel="Whenever") | {"date": {"type": "bnode", "value": "t1"}},
    ]  # fmt: skip
    text = json.dumps({"head": {"vars": ["item"]}, "results": {"bindings": bindings}}, indent=0)
    query = written(tmp_path / "query.json", text)
    assert outcome(load("wikidata", query))[0] == [1, 0, 0]
    assert held("title", "year", "runtime", "director", "wikidata") == [
        ("Salt Road", 1961, 101, "Ana Vidal, Jo Berg", "Q61")
    ]
    with pytest.raises(CommandError, match="cut short"):
        load("wikidata", written(tmp_path / "cut.json", text[:-300]))


def test_sources_add_to_one_another_and_unequal_films_stay_apart(tmp_path):
    load(
        "csv", written(tmp_path / "a.csv", "title,year,director\nThe Pier,1990,Ida Holm\nPier,1990,Jo Berg\n")
    )
    load(
        "csv",
        written(
            tmp_path / "b.csv",
            "title,year,director,runtime,imdb,tmdb\n",
            "Pier,1990,IDA HOLM,95,tt0000090,\n",
            "The Pier,1990,,95,tt0000091,\n",
            "Landing Stage,1990,,,tt0000090,90\n",
        ),
    )
    assert held("title", "director", "runtime", "imdb", "tmdb", "others") == [
        ("The Pier", "Ida Holm", 95, "tt0000090", "90", "Landing Stage"),
        ("Pier", "Jo Berg", None, "", "", ""),
        ("The Pier", "", 95, "tt0000091", "", ""),
    ]


def test_a_load_that_was_stopped_goes_on_and_counts_the_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "ROWS_A_BATCH", 10)
    rows = "".join(f'"Film\n{number}",1990\n' for number in range(35))
    table = written(tmp_path / "mine.csv", "title,year\n", rows)
    write, calls = loading._write_batch, []

    def stop(*args):
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        write(*args)

    monkeypatch.setattr(loading, "_write_batch", stop)
    with pytest.raises(SystemExit):
        load("csv", table)
    assert CatalogueTitle.objects.count() == 20
    monkeypatch.setattr(loading, "_write_batch", write)
    assert outcome(load("csv", table))[0] == [35, 0, 0]
    assert CatalogueTitle.objects.count() == 35
    assert outcome(load("csv", table))[0] == [0, 0, 35]


@pytest.mark.parametrize(
    ("source", "text"), [("csv", "a,b\n1,2\n"), ("imdb", "a\tb\n"), ("wikidata", "<html>")]
)
def test_a_file_of_another_kind_is_refused(tmp_path, source, text):
    with pytest.raises(CommandError):
        load(source, written(tmp_path / "file", text), "--accept-imdb-terms")
    assert not CatalogueTitle.objects.exists()
