"""The arithmetic of `make bench`: goals and yardsticks, figures, their table, what it reads of others."""

import json
import re
import runpy
from argparse import ArgumentTypeError
from io import BytesIO
from pathlib import Path

import pytest

from bench import sites
from bench.__main__ import MEASURES, WORKS, parser, run_of, works
from bench.client import Answer, Load, read_answer, wrk_headers, wrk_requests
from bench.clock import parsed_mapped, parsed_memory
from bench.figures import Figure, Results, number, one, percentile
from bench.goals import GOALS, Goal, goal_of, least, most
from bench.measures.lighthouse import figures as of_lighthouse
from bench.measures.loading import rows_in
from bench.measures.starting import settings_of
from bench.measures.visitors import lay_down
from bench.measures.weight import weights
from bench.measures.writes import DEEDS, deed, differences
from bench.run import Run
from bench.sites import amounts, beside, key_of
from tests.support.rows import for_each

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def results():
    """The yardstick took 20 ms here, twice as long as where the goals were set."""
    found = Results(yardstick=[24.0, 20.0, 28.0])
    found.figures = [
        ("P2", Figure("home", "ms", [6.0, 8.0, 9.0])),
        ("P2", Figure("film", "ms", [11.0, 12.0])),
        ("P2", one("statements of film", "statements", 15)),
    ]
    found.left_out = [("P11", "no lighthouse")]
    return found


@for_each(
    "goal, value, yardstick, is_met",
    [
        (most(3.5, "ms"), 3.5, 10, True),
        (most(3.5, "ms"), 3.6, 10, False),
        (most(3.5, "ms"), 7.0, 20, True),
        (most(3.5, "ms"), 1.8, 5, False),
        (most(0.5, "s"), 0.9, 20, True),
        (least(25_000, "rows/s"), 12_500, 20, True),
        (least(25_000, "rows/s"), 25_000, 5, False),
        (least(4, "×"), 4.0, 20, True),
        (least(4, "×"), 3.9, 20, False),
        (most(100, "kB"), 101, 20, False),
        (most(0, ""), 0, 20, True),
    ],
)
def test_a_time_is_judged_in_yardsticks_and_all_else_as_it_is(goal, value, yardstick, is_met):
    assert goal.is_met(value, yardstick) is is_met


def test_a_goal_is_found_by_its_name_or_by_what_stands_before_the_colon():
    assert goal_of("P2", "home") == most(3.5, "ms")
    assert goal_of("P1b", "statements: film") == most(5, "statements")
    assert goal_of("P2", "statements of film") is None


def test_every_measurement_has_goals_and_every_goal_a_measurement():
    assert set(GOALS) == set(WORKS)
    assert [measure.WORK for measure in MEASURES] == list(WORKS)


def test_every_goal_is_named_in_the_measurement_that_is_to_reach_it():
    """By its words, since most names are put together: “statements of home” holds “statements of”."""
    for work, goals in GOALS.items():
        source = Path(WORKS[work].__file__).read_text()
        for name in goals:
            beginning = re.split("home|film|moment|200|upvote|comment|feel|relive", name)[0].strip()
            assert beginning in source or name in source, (work, name)


def test_the_least_is_the_value_unless_the_median_is_asked_for():
    assert Figure("x", "ms", [5.0, 3.0, 9.0]).value == 3.0
    assert Figure("x", "ms", [5.0, 3.0, 9.0], by="median").value == 5.0


@for_each("share, expected", [(0, 1), (25, 5), (50, 10), (95, 19), (100, 20)])
def test_a_percentile_is_one_of_the_samples(share, expected):
    assert percentile([*range(20, 0, -1)], share) == expected


def test_spread_is_how_far_the_middle_half_reaches():
    assert Figure("x", "ms", [1.0, 2.0, 3.0, 4.0, 100.0, 5.0, 6.0, 7.0]).spread == 4.0
    assert one("x", "ms", 3.0).spread == 0


def test_verdicts_go_by_the_least_yardstick_of_the_run(results):
    verdicts = [results.verdict(work, figure) for work, figure in results.figures]
    assert verdicts == ["pass", "FAIL", ""]
    assert (results.missed(), results.judged()) == (1, 2)


def test_the_table_tells_value_ratio_median_spread_goal_and_verdict(results):
    lines = results.table().splitlines()
    cells = [re.split(" {2,}", row) for row in lines[2:5]]
    assert cells == [
        ["P2", "home", "6 ms", "0.3", "8", "± 3", "≤ 3.5 ms = 0.35 y.", "pass"],
        ["P2", "film", "11 ms", "0.55", "11.5", "± 1", "≤ 5 ms = 0.5 y.", "FAIL"],
        ["P2", "statements of film", "15 statements"],
    ]
    assert lines[5:] == [
        "P11  not measured: no lighthouse",
        "yardstick: 20.00 ms, median 24.00, of 3",
        "1 of 2 goals met",
    ]


def test_json_holds_the_same_as_the_table(results, tmp_path):
    results.facts = {"commit": "abc"}
    results.write(tmp_path / "figures.json")
    written = json.loads((tmp_path / "figures.json").read_text())
    home, _film, statements = written["figures"]
    assert written["commit"] == "abc"
    assert written["yardstick_ms"] == {"least": 20.0, "median": 24.0}
    assert written["left_out"] == [{"work": "P11", "why": "no lighthouse"}]
    assert (home["value"], home["median"], home["yardsticks"], home["met"]) == (6.0, 8.0, 0.3, True)
    assert "met" not in statements
    assert "yardsticks" not in statements


@for_each(
    "value, text",
    [
        (0.00042, "0.0004"),
        (0.0345, "0.0345"),
        (3.456, "3.46"),
        (39.24, "39.2"),
        (4765.2, "4,765"),
        (3.0, "3"),
    ],
)
def test_numbers_have_three_digits_that_count(value, text):
    assert number(value) == text


def test_spirit_is_compared_in_yardsticks():
    run = Run((1_000,), 1_000, results=Results(yardstick=[20.0]))
    figure = run.against_spirit("home against Spirit", "list of a member", Figure("home", "ms", [11.5]))
    assert figure.value == 4.0  # 2.3 yardsticks are 46 ms here


def test_load_tells_rate_and_cost():
    loaded = Load(requests=2_000, seconds=4.0, cpu=1.0)
    assert (loaded.rate, loaded.cost) == (500.0, 0.5)


@for_each(
    "answer, status",
    [
        (Answer(200, {"content-length": "5", "etag": "a"}, b"hello"), "200 OK"),
        (Answer(304, {"date": "today", "etag": "a"}, b""), "304 Not Modified"),
    ],
)
def test_a_raw_answer_is_that_of_the_page(tmp_path, monkeypatch, answer, status):
    place = tmp_path / str(answer.status)
    lay_down(answer, place)
    said = []
    monkeypatch.setenv("RAW", str(place))
    application = runpy.run_module("bench.hello")["application"]
    body = application({}, lambda *head: said.extend(head))
    assert (said, body) == ([status, [("etag", "a")]], [answer.body])


def test_a_fresh_clone_finds_no_packages_and_no_data_of_another_site(tmp_path):
    settings = settings_of(str(tmp_path / "clone"), 8000)
    folders = [Path(settings[name]) for name in ("DATA_DIR", "PIP_CACHE_DIR", "UV_CACHE_DIR")]
    assert len(set(folders)) == 3
    assert {folder.parent for folder in folders} == {tmp_path / "clone"}


def test_what_wrk_prints_is_read():
    assert wrk_requests("  2 threads and 16 connections\n  50417 requests in 5.10s, 1.2GB read\n") == 50_417


def test_wrk_is_given_headers_with_capitals_or_it_sends_a_second_host():
    options = wrk_headers({"if_none_match": "a"})
    assert options == ["-H", "Accept-Encoding: gzip", "-H", "Host: localhost", "-H", "If-None-Match: a"]


@pytest.mark.parametrize("trouble", ["Non-2xx or 3xx responses: 3", "Socket errors: connect 0, read 1"])
def test_errors_under_load_are_no_figure(trouble):
    with pytest.raises(RuntimeError):
        wrk_requests(f"  50 requests in 5.10s\n  {trouble}\n")


def test_answers_are_read_by_length_and_in_chunks():
    two = BytesIO(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: a\r\n\r\nhello"
        b"HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        b"HTTP/1.1 304 Not Modified\r\n\r\n"
    )
    first, second, third = (read_answer(two) for _time in range(3))
    assert first == (200, {"content-length": "5", "etag": "a"}, b"hello")
    assert (second.status, second.body) == (404, b"abcde")
    assert (third.status, third.body) == (304, b"")


def test_a_first_view_is_all_but_icons_and_pictures():
    kinds = ["Document", "Image", "Font", "Font", "Stylesheet", "Other", "Script"]
    sizes = [(kind, 2**place) for place, kind in enumerate(kinds)]
    assert weights(sizes) == (1 + 4 + 8 + 16 + 64, 2 + 32)


def test_memory_is_read_by_name():
    text = "7ffc-7ffd r-xp 00000000 00:00 0 [rollup]\nRss:   1234 kB\nPrivate_Dirty:    56 kB\n"
    assert parsed_memory(text) == {"Rss": 1234, "Private_Dirty": 56}


def test_what_a_process_has_mapped_of_a_database_is_told_apart():
    text = (
        "7f0-7f1 r--s 00000000 fe:00 5  /var/site/db.sqlite3\nSize:  900 kB\nRss:   300 kB\n"
        "7f2-7f3 r-xp 00000000 fe:00 6  /usr/lib/libc.so\nRss:   40 kB\n"
        "7f4-7f5 rw-p 00000000 00:00 0 \nRss:   5000 kB\n"
        "7f6-7f7 r--s 00000000 fe:00 5  /var/site/db.sqlite3\nRss:   7 kB\n"
    )
    assert parsed_mapped(text, ".sqlite3") == 307


def test_rows_and_differences_are_read_from_what_commands_say():
    assert rows_in("Done: 2,000 members (160,030 rows in 42.8 s, 3,739 a second).") == 160_030
    assert differences("post.votes: 1,204\ntag.post_count: 6\n") == 1_210
    assert differences("") == 1  # it failed without a word: that is no pass


def test_a_report_of_lighthouse_becomes_two_figures():
    audits = {"total-blocking-time": {"numericValue": 120.5}}
    found = of_lighthouse("home", {"categories": {"performance": {"score": 0.99}}, "audits": audits})
    assert [(figure.name, figure.value) for figure in found] == [
        ("performance: home", 99.0),
        ("total blocking time: home", 120.5),
    ]


@for_each(
    "words, sizes, size",
    [
        ([], (1_000, 100_000, 1_000_000), 100_000),
        (["--quick"], (1_000,), 1_000),
        (["--size", "100000"], (1_000, 100_000), 100_000),
        (["--size", "5000"], (1_000, 5_000), 5_000),
        (["--quick", "--size", "1000"], (1_000,), 1_000),
    ],
)
def test_which_sites_are_filled(words, sizes, size):
    run = run_of(parser().parse_args(words))
    assert (run.sizes, run.size) == (sizes, size)


def test_measurements_are_taken_in_their_own_order():
    assert works("P3, P2") == ["P2", "P3"]
    with pytest.raises(ArgumentTypeError, match="P99 is none of P1, P1b"):
        works("P2,P99")


def test_a_million_moments_come_with_votes_and_comments():
    assert amounts(1_000_000) == {
        "members": 100_000,
        "moments": 1_000_000,
        "comments": 5_000_000,
        "votes": 10_000_000,
    }
    assert amounts(1_000)["members"] == 200


def makers(folder):
    """A folder with the files that decide what a site holds."""
    for maker in sites.MAKERS:
        path = folder / maker if maker.endswith(".py") else folder / maker / "words.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words = 1\n")
    return folder


def test_a_site_is_filled_anew_when_what_makes_it_changes(tmp_path):
    folder = makers(tmp_path)
    before = key_of(1_000, "", folder)
    assert key_of(1_000, "", folder) == before
    assert key_of(2_000, "", folder) != before
    assert key_of(1_000, "postgres://host/name", folder) != before
    (folder / sites.MAKERS[0] / "words.py").write_text("words = 2\n")
    assert key_of(1_000, "", folder) != before


@pytest.fixture
def known(monkeypatch):
    """The migrations of this release."""
    names = ["moments/migrations/0001_start.py", "moments/migrations/0002_more.py"]
    monkeypatch.setattr(sites, "migrations", lambda: names)
    return names


@pytest.mark.parametrize("seen", [1, 2])
def test_a_site_of_before_is_migrated_and_not_filled_anew(known, tmp_path, seen):
    site = sites.Site(1_000, folder=tmp_path)
    assert not site.is_filled
    site.stamp.write_text(json.dumps(known[:seen]))
    assert site.is_filled


def test_a_site_that_saw_a_later_migration_is_filled_anew(known, tmp_path):
    site = sites.Site(1_000, folder=tmp_path)
    site.stamp.write_text(json.dumps([*known, "moments/migrations/0003_later.py"]))
    assert not site.is_filled


def test_making_room_spares_the_sites_of_other_sizes_and_databases(monkeypatch, tmp_path):
    monkeypatch.setattr(sites, "KEPT", tmp_path)
    others = [
        sites.Site(size, database).folder for size, database in ((2_000, ""), (1_000, "postgres://h/n"))
    ]
    former, site = tmp_path / "1000-former", sites.Site(1_000)
    for folder in (*others, former, site.folder):
        folder.mkdir()
    site.delete_former()
    assert [folder.exists() for folder in (*others, former, site.folder)] == [True, True, False, False]


def test_a_database_stands_beside_the_one_that_is_named():
    site = sites.Site(1_000, "postgres://me@host:5432/postgres?sslmode=require", name="1000-abc")
    assert site.database == "postgres://me@host:5432/reelive_bench_1000_abc?sslmode=require"
    assert beside("postgres://host/a", "b") == "postgres://host/b"


def test_a_prefix_is_cut_from_words_that_are_longer():
    from bench.places import WORDS, beginnings

    assert beginnings(["rain", "harbour", "sea"], 3, "*") == ["rai*", "har*"]
    assert beginnings(["harbour"] * 2 * WORDS, 5) == ["harbo"] * WORDS


@for_each("kind", DEEDS)
def test_no_deed_is_like_another(kind):
    first, second = deed(kind, 7, 1), deed(kind, 8, 2)
    assert first != second
    assert "/7/" in first[0]


@for_each(
    "plan, tables",
    [
        ("SCAN moments_post", {"moments_post"}),
        ("SCAN moments_post USING INDEX post_hot", set()),
        ("SEARCH moments_post USING INDEX post_hot (hot>?)", set()),
        ("SCAN small", set()),
        ("SCAN (subquery-2)", set()),
        ("Limit\n  ->  Seq Scan on moments_post  (cost=0.00..10 rows=1)", {"moments_post"}),
        ("Index Scan using post_hot on moments_post", set()),
    ],
)
def test_a_plan_that_reads_a_whole_table_is_found(plan, tables):
    from bench.statements import whole_tables

    assert whole_tables(plan, {"moments_post"}) == tables


def test_the_yardstick_renders_its_cards():
    yardstick = runpy.run_module("bench.yardstick.__main__", run_name="yardstick")
    card = yardstick["card"](3)
    assert (card["voted"], card["votes"], len(card["colours"]), len(card["feelings"])) == (True, 111, 5, 4)


def test_a_limit_is_written_with_its_direction():
    assert str(Goal(25_000, "rows/s", at_least=True)) == "≥ 25,000 rows/s"
    assert str(most(0, "")) == "≤ 0"
