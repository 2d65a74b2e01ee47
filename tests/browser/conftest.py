"""A real Chromium before the real server: one browser for all tests, and a clean context for each visitor."""

import os
import shutil
from collections import defaultdict
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler
from django.test.utils import override_settings
from playwright.sync_api import expect, sync_playwright

from tests.support.app_user import AppUser
from tests.support.template import served
from tests.support.visitor import Visitor

HERE = Path(__file__).parent
QUIET = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
]
PATIENCE = 60_000  # milliseconds
PLAIN = {"java_script_enabled", "reduced_motion"}  # traits with which a browser may have another visitor
OF_PAGES = {"color_scheme", "forced_colors"}  # traits that a page has, and its browser need not


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    # The shell has no windows, tabs or menus, which take as much of the processor as the pages themselves.
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        pytest.skip("There is no chromium on PATH.")
    # Playwright keeps a loop in this thread, and Django takes that for a reason to refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def server(django_db_setup):
    """The whole application as it is served, uploads and static files included."""
    call_command("bundle", stdout=StringIO())
    server = ThreadedWSGIServer(("localhost", 0), QuietWSGIRequestHandler)
    # As in real life, browsers keep the style sheet and scripts from page to page.
    with override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_MAX_AGE=3600):
        server.set_app(get_wsgi_application())
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    served.add(server.server_port)
    yield f"http://localhost:{server.server_port}"
    served.clear()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def arrive(browser, server):
    """Opens the browser of a visitor; whoever asks for it closes it."""

    def arrive(member=None, width=1360, reduced_motion="reduce", service_workers="block", **traits):
        # Whoever wants less motion waits for none; a test that is about motion asks for it.
        context = browser.new_context(
            base_url=server,
            viewport={"width": width, "height": 800},
            has_touch=width < 700,
            reduced_motion=reduced_motion,
            service_workers=service_workers,  # which would answer in the place of routes and of the site
            **traits,
        )
        context.set_default_timeout(PATIENCE)
        visitor = (AppUser if service_workers == "allow" else Visitor)(context, server, width)
        if member:
            visitor.sign_in(member)
        return visitor

    return arrive


@pytest.fixture(scope="session")
def left_open(arrive):
    """Browsers that visitors left as they were, by what they are: to start one costs more than pages do."""
    yield (left_open := defaultdict(list))
    for visitors in left_open.values():
        for visitor in visitors:
            visitor.context.close()


@pytest.fixture
def meet(arrive, left_open):
    """Brings visitors to the site; at the end none of them may have met with anything wrong."""
    visitors = []

    def meet(member=None, width=1360, **traits):
        width, *others = width if isinstance(width, tuple) else (width,)
        looks = {name: traits.pop(name) for name in OF_PAGES & traits.keys()}
        kind = (width, *sorted(traits.items())) if traits.keys() <= PLAIN else None
        if kind and left_open[kind]:
            visitor = left_open[kind].pop()
            visitor.comes_back(width)
        else:
            visitor = arrive(None, width, **traits)
            visitor.notes_what_lasts()
        visitor.others = others
        if looks:
            visitor.page.emulate_media(**looks)
        visitors.append((kind, visitor))
        if member:
            visitor.sign_in(member)
        return visitor

    yield meet
    for kind, visitor in visitors:
        if kind and visitor.leaves_nothing():
            left_open[kind].append(visitor)
        else:
            visitor.context.close()
    assert [problem for _kind, visitor in visitors for problem in visitor.problems] == []


@pytest.fixture
def arrives(meet):
    """Brings somebody to the site whose pages are in the hands of the service worker."""

    def arrives(member=None, **traits):
        user = meet(member, service_workers="allow", **traits)
        user.gets_the_worker()
        return user

    return arrives


@pytest.fixture
def visitor(meet, transactional_db):
    return meet()
