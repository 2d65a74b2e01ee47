"""Numbers for those who run the site: they add up over processes, have bounds, and ask for a token."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from django.utils import timezone

from moments.tasks import make_still_widths
from reelive import metrics_page
from reelive.metrics import (
    HITS,
    MISSES,
    MOST_PROCESSES,
    PIECE_BYTES,
    PIECE_HITS,
    PIECE_MISSES,
    QUERIES,
    Metrics,
)
from reelive.models import Work
from reelive.render_cache import RenderCache, Rendered
from reelive.tasks import TaskResultStatus
from tests.support.rows import for_each

TOKEN = "a-token-of-more-than-20-letters"
OTHER = """
import os, sys, pathlib
import django
django.setup()
from reelive.metrics import Metrics
metrics = Metrics(pathlib.Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    metrics.note("home", "GET", 200, 0.02, 3, number % 2 == 0)
print("counted", flush=True)
sys.stdin.readline()
"""


def start(folder, number):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-c", OTHER, str(folder), str(number)], **pipes)
    assert process.stdout.readline() == "counted\n"
    return process


def end(process):
    process.communicate("go\n", timeout=60)


def home_of(folder):
    return next((route for route in Metrics(folder).routes() if route.name == "home"), None)


def test_pieces_of_pages_are_counted_on_and_their_bytes_are_those_of_now(tmp_path):
    metrics = Metrics(tmp_path)
    metrics.note_pieces(5, 2, 900)
    metrics.note_pieces(9, 3, 700)
    reader = Metrics(tmp_path)
    assert [reader.total(which) for which in (PIECE_HITS, PIECE_MISSES)] == [9, 3]
    assert reader.by_process(PIECE_BYTES) == {os.getpid(): 700}


def test_the_render_cache_counts_what_it_had_and_had_not():
    cache = RenderCache(1_000)
    assert cache.get("card") is None
    cache.keep("card", Rendered(["a card"], monotonic() + 60, 100))
    for _time in range(2):
        assert cache.get("card")
    assert (cache.hits, cache.misses, cache.size) == (2, 1, 100)


def test_numbers_of_all_processes_add_up_and_stay_when_one_ends(tmp_path):
    one, other = start(tmp_path, 3), start(tmp_path, 4)
    assert home_of(tmp_path).requests == {("GET", 2): 7}
    reader = Metrics(tmp_path)
    assert set(reader.processes()) == {one.pid, other.pid}
    assert (reader.total(QUERIES), reader.total(HITS), reader.total(MISSES)) == (21, 4, 3)
    end(one)
    assert home_of(tmp_path).requests == {("GET", 2): 7}
    assert reader.processes() == [other.pid]
    third = start(tmp_path, 5)  # which takes the part of the one that ended, and goes on there
    assert home_of(tmp_path).requests == {("GET", 2): 12}
    assert len(reader.parts()) == 2
    end(other)
    end(third)


def test_what_visitors_make_up_is_counted_under_names_of_ours(tmp_path):
    metrics = Metrics(tmp_path)
    for number in range(50):
        metrics.note(f"made-up-{number}", f"METHOD{number}", 999 if number % 2 else 200, 0.001, 0, None)
    (route,) = metrics.routes()
    assert (route.name, route.requests) == ("none", {("other", 2): 25, ("other", 5): 25})
    assert route.seconds == pytest.approx(0.05)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_size == metrics.size * 8 * MOST_PROCESSES
    assert file.stat().st_mode & 0o777 == 0o600


def test_durations_fall_into_buckets(tmp_path):
    metrics = Metrics(tmp_path)
    for seconds in (0.001, 0.005, 0.0051, 3.0, 60.0):
        metrics.note("home", "POST", 302, seconds, 1, None)
    (home,) = metrics.routes()
    assert home.durations == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert home.seconds == pytest.approx(63.0111)


def test_the_file_of_a_release_with_other_addresses_goes(tmp_path):
    (tmp_path / "metrics-0123456789abcdef").write_bytes(b"former")
    Metrics(tmp_path).note("home", "GET", 200, 0.1, 0, None)
    assert len(list(tmp_path.iterdir())) == 1
    assert home_of(tmp_path) is not None


def test_a_full_disk_stops_the_counting_and_nothing_else(tmp_path, monkeypatch):
    def refuse(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reelive.metrics.os.posix_fallocate", refuse)
    metrics = Metrics(tmp_path)
    metrics.note("home", "GET", 200, 0.1, 0, None)
    assert (list(metrics.routes()), metrics.processes(), metrics.total(QUERIES)) == ([], [], 0)


@pytest.fixture
def counted(settings, tmp_path, monkeypatch):
    settings.METRICS_TOKEN = TOKEN
    metrics = Metrics(tmp_path)
    monkeypatch.setattr(metrics_page, "metrics", metrics)
    metrics.note("home", "GET", 200, 0.02, 3, True)
    return metrics


@pytest.mark.django_db
@for_each("said", [None, "", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer ", "Bearer é"])
def test_who_has_no_token_finds_no_such_page(client, counted, said):
    headers = {} if said is None else {"Authorization": said}
    assert client.get("/metrics/", headers=headers).status_code == 404


@pytest.mark.django_db
def test_without_a_token_in_the_settings_there_is_no_such_page(client, counted, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics/", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_page_has_the_text_format_of_prometheus(client, counted):
    answer = client.get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    lines = answer.content.decode().splitlines()
    sample = re.compile(r'reelive_[a-z_]+(\{[a-z_]+="[^"\\]*"(,[a-z_]+="[^"\\]*")*\})? [0-9.e+-]+')
    assert [line for line in lines if not line.startswith("# ") and not sample.fullmatch(line)] == []
    assert 'reelive_requests_total{route="home",method="GET",status="2xx"} 1' in lines
    assert 'reelive_request_seconds_bucket{route="home",le="0.01"} 0' in lines
    assert 'reelive_request_seconds_bucket{route="home",le="0.025"} 1' in lines
    assert 'reelive_request_seconds_bucket{route="home",le="+Inf"} 1' in lines
    assert "reelive_queries_total 3" in lines
    assert 'reelive_page_cache_total{kept="hit"} 1' in lines
    assert ("reelive_database_connections" in answer.content.decode()) == (connection.vendor == "postgresql")


@pytest.mark.django_db
def test_background_work_is_counted_by_its_state(client, counted, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for number in range(3):
        make_still_widths.enqueue(number)
    failed = Work.objects.last()
    Work.objects.filter(pk=failed.pk).update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    Work.objects.exclude(pk=failed.pk).update(enqueued_at=timezone.now() - timedelta(minutes=2))
    lines = (
        client.get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode().splitlines()
    )
    assert 'reelive_tasks{state="waiting"} 2' in lines
    assert 'reelive_tasks{state="failed"} 1' in lines
    (age,) = [float(line.split()[1]) for line in lines if line.startswith("reelive_tasks_oldest_seconds ")]
    assert 120 <= age < 600
