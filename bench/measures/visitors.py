"""P1: pages that visitors get alike, and the 304; beside a raw answer of the same bytes and Django hello."""

import json
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.client import Answer, Browser, Load, has_wrk, load
from bench.figures import one
from bench.goals import TIMES_AS_MUCH
from bench.serving import bare_server

WORK, TITLE = "P1", "pages of visitors, kept"
PAGES = ("home", "film", "moment")
HOP = {"connection", "date", "server", "content-length", "transfer-encoding"}  # what the web server adds


def measure(run):
    """Requests a second where wrk asks; else CPU: to ask in Python costs more than to answer."""
    seconds, how = run.often(5, 1.5), "by wrk" if has_wrk() else "by CPU; there is no wrk"
    places, settings = run.places(), run.site(run.size).settings()
    with TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with bare_server("bench.hello:application", settings, log) as server:
            hello = load(server.port, server.worker, "/", seconds)
        yield from told("Django hello", hello)
        with run.site(run.size).served() as server:
            asked = {name: {"path": places["pages"][name]} for name in PAGES}
            tag = Browser(server.port).get(asked["home"]["path"]).headers["etag"]
            asked["304"] = asked["home"] | {"if_none_match": tag}
            found = {
                name: kept(server, seconds, Path(folder, name), **request) for name, request in asked.items()
            }
        for name, page in found.items():
            own = settings | {"RAW": str(Path(folder, name))}
            with bare_server("bench.hello:application", own, log) as server:
                raw = load(server.port, server.worker, seconds=seconds, **asked[name])
            yield from told(name, page)
            yield one(f"against a raw answer: {name}", TIMES_AS_MUCH, ratio(page, raw), how)
            yield one(f"against Django hello: {name}", TIMES_AS_MUCH, ratio(page, hello), how)


def kept(server, seconds: float, place: Path, path: str, **headers: str) -> Load:
    """The page under load; what it was answered with is laid down for the raw answer."""
    lay_down(Browser(server.port).get(path, **headers), place)
    return load(server.port, server.worker, path, seconds, **headers)


def lay_down(answer: Answer, place: Path) -> None:
    """Its status, headers and bytes, as `bench.hello` finds them."""
    place.mkdir()
    place.joinpath("body").write_bytes(answer.body)
    pairs = [(key, value) for key, value in answer.headers.items() if key not in HOP]
    status = f"{answer.status} {HTTPStatus(answer.status).phrase}"
    place.joinpath("head.json").write_text(json.dumps({"status": status, "headers": pairs}))


def ratio(ours: Load, theirs: Load) -> float:
    return ours.rate / theirs.rate if has_wrk() else theirs.cost / ours.cost


def told(name: str, loaded: Load):
    yield one(f"CPU of a request: {name}", "ms", loaded.cost)
    yield one(f"rate: {name}", "requests/s", loaded.rate)
