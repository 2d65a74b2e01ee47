"""deploy/ run for real: a member's journey over two app processes, while one of everything goes and comes."""

import os
import re
import shutil
import subprocess
import uuid
from itertools import count
from signal import SIGCONT, SIGINT, SIGKILL, SIGSTOP

import pytest
import requests

from tests.support.accounts import NEWCOMER
from tests.support.cluster import DEPLOY, Cluster, is_healthy, listens, missing_programs
from tests.support.pictures import picture
from tests.support.plain_browser import Browser
from tests.support.waiting import until

pytestmark = [
    pytest.mark.deploy,
    pytest.mark.skipif(bool(missing_programs()), reason=f"there is no {', '.join(missing_programs())}"),
]
COMMENTS = "SELECT count(*) FROM moments_comment WHERE body LIKE 'Comment %%'"
UPVOTES = "SELECT votes FROM moments_post WHERE id = %s"
WIDTHS = "FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%%make_still_widths'"
DONE = f"SELECT count(*) {WIDTHS} AND status = 'SUCCESSFUL'"
TRIES = f"SELECT sum(jsonb_array_length(worker_ids)) {WIDTHS}"
UUID_DIGITS = 32
AWAY, BACK = "Redis is away, other machines see changes", "Redis is back, other machines see changes"
# When the site last asked the copy for more than how far it is.
READ = """
    SELECT coalesce(max(query_start), '-infinity') FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND query LIKE '%%moments_%%'
"""


@pytest.fixture
def cluster():
    cluster = Cluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def joined(cluster):
    """A member who joined through nginx."""
    laura = Browser(cluster)
    laura.opens("/accounts/signup/")
    answer = laura.sends("/accounts/signup/", **NEWCOMER)
    assert answer.status_code == 302, answer.text
    return laura


def first_moment(cluster):
    """The number and the path of the first moment."""
    front = Browser(cluster).opens("/")
    assert front.status_code == 200
    number = int(re.search(r"/posts/(\d+)/", front.text)[1])
    return number, Browser(cluster).opens(f"/posts/{number}/").headers["Location"]


def comments(browser, number, body, nonce=None):
    """The status of the answer."""
    return browser.sends(f"/posts/{number}/comments/", body=body, nonce=nonce or uuid.uuid4()).status_code


def shares(browser, title, **more):
    form = {"title": title, "body": f"{title}, and a city below.", "nonce": uuid.uuid4()}
    return browser.sends("/films/la-la-land/moments/new/", **form, **more)


def signed_in(cluster):
    """Laura at another browser."""
    browser = Browser(cluster)
    browser.opens("/accounts/login/")
    answer = browser.sends("/accounts/login/", login="laura", password=NEWCOMER["password1"])
    assert answer.status_code == 302
    return browser


def laura_at(cluster, laura, app):
    """With the same cookies before one process alone."""
    alone = Browser(cluster, app)
    alone.carries(laura)
    return alone


def both_machines_set_up_at_once_and_one_made_the_films(cluster):
    said = cluster.log_of("setup of a") + cluster.log_of("setup of b")
    assert said.count("Making the tables") == said.count("Loading the films") == 1
    assert said.count("Collecting the static files") == 2


def nginx_ends_tls_and_answers_for_files_and_limits(cluster):
    browser = Browser(cluster)
    moved = requests.get(f"http://127.0.0.1:{cluster.port['http']}/films/", allow_redirects=False, timeout=30)
    assert (moved.status_code, moved.headers["Location"]) == (301, "https://localhost/films/")
    front = browser.opens("/")
    assert "max-age=31536000" in front.headers["Strict-Transport-Security"]
    assert re.fullmatch("[0-9a-f]{32}", front.headers["X-Request-ID"])
    style = browser.opens(re.search(r'href="(/static/[^"]+\.css)"', front.text)[1])
    assert (style.status_code, style.headers["Content-Type"]) == (200, "text/css")
    assert "immutable" in style.headers["Cache-Control"]
    assert style.headers["X-Content-Type-Options"] == "nosniff"
    assert browser.opens("/static/css/none.css").status_code == 404
    large = browser.session.post(f"{cluster.home}/accounts/login/", data=b"x" * 9_500_000, timeout=30)
    assert large.status_code == 413


def a_session_holds_on_both_and_a_change_shows_on_both_by_the_next_page(cluster, laura, moment):
    number, path = moment
    here, there = Browser(cluster, "a"), Browser(cluster, "b")
    for browser in (here, there):
        browser.opens(path)
    laura.opens(path)
    assert comments(laura, number, "Comment one") == 302
    assert ["Comment one" in browser.opens(path).text for browser in (here, there)] == [True, True]
    for app in "ab":
        assert laura_at(cluster, laura, app).opens("/accounts/").status_code == 200


def a_cookie_of_another_program_signs_nobody_out(cluster, laura):
    own = "; ".join(f"{cookie.name}={cookie.value}" for cookie in laura.session.cookies)
    for cookies in (f"note=é; {own}", f"{own}; note=é", f"theme=dark; note=é; {own}", f"nöte=e;{own}"):
        browser = Browser(cluster)
        browser.session.headers["Cookie"] = cookies.encode()
        answer = browser.opens("/accounts/")
        assert (cookies, answer.status_code) == (cookies, 200)


def a_visitor_reads_the_copy_and_never_what_it_does_not_know_yet(cluster, laura, moment):
    number, path = moment
    visitor = Browser(cluster, "b")
    until(lambda: cluster.ask("replica", COMMENTS) == 1)
    before, fresh = cluster.ask("replica", "SELECT clock_timestamp()"), count(1)
    until(lambda: visitor.opens(f"/new/?p={next(fresh)}") and cluster.ask("replica", READ) > before)
    cluster.ask("replica", "SELECT pg_wal_replay_pause()")
    try:
        assert visitor.opens(path).status_code == 200
        assert comments(laura, number, "Comment two") == 302
        assert "Comment two" in visitor.opens(path).text
        assert cluster.ask("replica", COMMENTS) == 1, "the copy knows nothing of it"
    finally:
        cluster.ask("replica", "SELECT pg_wal_replay_resume()")
    until(lambda: cluster.ask("replica", COMMENTS) == 2)


def nothing_is_lost_and_nothing_twice_while_one_process_is_stopped(cluster, laura, moment):
    number, path = moment
    before = cluster.ask("primary", UPVOTES, number)
    for turn in range(8):
        if turn == 2:
            cluster.running["app b"].terminate()
        verb = "unvote" if turn % 2 else "upvote"
        assert laura.sends(f"/posts/{number}/{verb}/").status_code == 302
        assert cluster.ask("primary", UPVOTES, number) == before + (verb == "upvote")
        assert Browser(cluster).opens(path).status_code == 200
    cluster.end("app b")
    nonce = uuid.uuid4()
    for _again in range(2):  # a form that is sent twice, as by who is impatient
        assert comments(laura, number, "Comment three", nonce) == 302
    cluster.start_app("b")
    until(lambda: is_healthy(cluster.port["b"]))
    assert cluster.ask("primary", COMMENTS) == 3
    # A newcomer's quota of three comments a minute is one for both processes.
    for app in "ab":
        assert comments(laura_at(cluster, laura, app), number, "Comment four") == 429
    assert cluster.ask("primary", COMMENTS) == 3


def a_picture_is_in_the_bucket_whichever_process_took_it(cluster, laura):
    shared = shares(laura, "The Bench", picture=picture(), still_alt="A violet square.")
    assert shared.status_code == 302
    page = laura.opens(shared.headers["Location"]).text
    address = re.search(rf"http://127\.0\.0\.1:{cluster.port['bucket']}/pictures/[^\"\s]+\.webp", page)[0]
    stored = requests.get(address, timeout=30).content
    assert stored[8:12] == b"WEBP"
    # The task workers of both machines share the work: each width was made once.
    still = address.rpartition("/")[2].partition(".")[0][:UUID_DIGITS]
    until(lambda: len([name for name in list(cluster.bucket.objects) if still in name]) == 3)
    until(lambda: cluster.ask("primary", DONE) == 1)
    assert cluster.ask("primary", TRIES) == 1


def redis_is_back(cluster):
    """Whether each process that missed Redis found it again, as it does when a visitor asks for a page."""
    for app in "ab":
        Browser(cluster, app).opens("/new/")
    said = [cluster.log_of(f"app {app}") for app in "ab"]
    return all(log.count(AWAY) == log.count(BACK) for log in said)


def who_signs_out_while_redis_is_stuck_stays_out(cluster):
    leaving = signed_in(cluster)
    alone = laura_at(cluster, leaving, "a")
    assert alone.opens("/accounts/").status_code == 200
    cluster.running["redis"].send_signal(SIGSTOP)
    assert leaving.sends("/accounts/logout/").status_code == 302
    cluster.running["redis"].send_signal(SIGCONT)
    until(lambda: redis_is_back(cluster))
    assert alone.opens("/accounts/").status_code == 302, "the cookie, kept by somebody, opens nothing"


def redis_goes_and_comes(cluster, laura, moment):
    number, path = moment
    visitors = [Browser(cluster, app) for app in "ab"]
    shown = lambda: {re.search(r"<title>([^<]+)", visitor.opens(path).text)[1] for visitor in visitors}  # noqa: E731
    cluster.end("redis", SIGKILL)
    assert len(shown()) == 1
    assert laura.sends(f"/posts/{number}/upvote/").status_code == 302
    assert laura.opens("/accounts/").status_code == 200, "nobody is signed out"
    assert signed_in(cluster).opens("/accounts/").status_code == 200
    cluster.start_redis()
    until(lambda: redis_is_back(cluster))
    assert shares(laura, "A Second Bench").status_code == 302
    assert ["A Second Bench" in visitor.opens("/new/").text for visitor in visitors] == [True, True]
    said = [cluster.log_of(f"app {app}") for app in "ab"]
    assert max(log.count(AWAY) for log in said) <= 2, "it was stuck, then gone, and each is said once"


def a_copy_that_is_gone_costs_no_page(cluster, moment):
    cluster.end("postgres replica", SIGINT)
    until(lambda: not listens(cluster.port["replica"]))
    visitor = Browser(cluster)
    addresses = [f"/films/?p={page}" for page in range(200, 206)]
    assert {visitor.opens(address).status_code for address in addresses} <= {200, 404}
    assert visitor.opens(moment[1]).status_code == 200
    said = "".join(cluster.log_of(f"app {app}") for app in "ab")
    assert 1 <= said.count("The replica is away") <= 2, "each process says it once"


def test_a_members_journey_over_many_machines(cluster):
    """One test, since one cluster does for all of it and each step begins where the one before it ended."""
    laura, moment = joined(cluster), first_moment(cluster)
    both_machines_set_up_at_once_and_one_made_the_films(cluster)
    nginx_ends_tls_and_answers_for_files_and_limits(cluster)
    a_session_holds_on_both_and_a_change_shows_on_both_by_the_next_page(cluster, laura, moment)
    a_cookie_of_another_program_signs_nobody_out(cluster, laura)
    a_visitor_reads_the_copy_and_never_what_it_does_not_know_yet(cluster, laura, moment)
    nothing_is_lost_and_nothing_twice_while_one_process_is_stopped(cluster, laura, moment)
    a_picture_is_in_the_bucket_whichever_process_took_it(cluster, laura)
    who_signs_out_while_redis_is_stuck_stays_out(cluster)
    redis_goes_and_comes(cluster, laura, moment)
    a_copy_that_is_gone_costs_no_page(cluster, moment)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
def test_systemd_understands_the_units(tmp_path):
    for unit in DEPLOY.glob("*.service"):
        text = unit.read_text().replace("/srv/reelive/.venv/bin/python", shutil.which("true"))
        text = text.replace("/srv/reelive", str(tmp_path)).replace("User=reelive", "User=root")
        (tmp_path / unit.name.replace("@", "@8001")).write_text(text)
    units = [str(path) for path in tmp_path.iterdir()]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "reelive" in line]) == (0, [])


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="there is no docker-compose")
def test_compose_understands_its_file(tmp_path):
    for file in DEPLOY.iterdir():
        shutil.copy(file, tmp_path)
    shutil.copy(DEPLOY / "environment.example", tmp_path / "environment")
    passwords = {"POSTGRES_PASSWORD": "a", "REPLICATION_PASSWORD": "b", "COMPOSE_PROJECT_NAME": "reelive"}
    done = subprocess.run(
        ["docker-compose", "config", "--services"],
        cwd=tmp_path, env=os.environ | passwords, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.stderr, sorted(done.stdout.split())) == (
        "",
        ["app-1", "app-2", "primary", "proxy", "redis", "replica"],
    )
