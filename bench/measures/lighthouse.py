"""P11: Lighthouse, as on a mobile phone, on every type of page."""

import json
import shutil
import subprocess

from bench.figures import one
from bench.run import Unable

WORK, TITLE = "P11", "Lighthouse"
PAGES = ("home", "film", "moment", "relive mode")
FLAGS = "--chrome-flags=--headless --no-sandbox"


def measure(run):
    if not shutil.which("lighthouse"):
        raise Unable("no lighthouse")
    pages = run.places()["pages"] | {"sign-up": "/accounts/signup/"}
    with run.site(run.size).served() as server:
        for name in (*PAGES, "sign-up"):
            report = judged(f"http://localhost:{server.port}{pages[name]}")
            yield from figures(name, report)


def judged(address: str) -> dict:
    command = ["lighthouse", address, "--output=json", "--quiet", "--only-categories=performance", FLAGS]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def figures(name: str, report: dict):
    yield one(f"performance: {name}", "points", report["categories"]["performance"]["score"] * 100)
    yield one(f"total blocking time: {name}", "ms", report["audits"]["total-blocking-time"]["numericValue"])
