"""The cast, and the clients by which they come to the site."""

import gc
import os
from contextlib import ExitStack
from copy import deepcopy

import pytest
from django.core.cache import caches
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from hypothesis import settings

from reelive.render_cache import render_cache
from reelive.worker import Worker
from tests.support.all_steps import EveryStep
from tests.support.clock import Clock
from tests.support.letters import SMTP, log_everything, send_by
from tests.support.mail_server import MailServer
from tests.support.makers import make_comment, make_film, make_member, make_moment, make_trivia
from tests.support.pseudo_language import pseudo_language
from tests.support.races import PEOPLE
from tests.support.rendered_models import as_few_as_need_it
from tests.support.revisions import make_edited, make_remark, make_scene
from tests.support.rights import group_of_moderators, make_moderator
from tests.support.rows import know_head
from tests.support.selection import asks_a_database, in_order
from tests.support.template import (
    drop_copies,
    empty_tables,
    keep_template,
    lay_out_template,
    one_at_a_time,
    remember_rows_of_migrations,
)


def pytest_configure():
    """Set up hypothesis: a busy machine is no failure of a property.

    In a run that gates a change the examples are fixed: what a new one finds is for the next run at a desk.
    """
    settings.register_profile(
        "patient", max_examples=50, deadline=None, derandomize=bool(os.environ.get("CI"))
    )
    settings.load_profile("patient")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """It makes no garbage, so nobody looks for it until that is over."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What waits or is long first; on PostgreSQL what asks a database alone, if any that was chosen does."""
    asking = [item for item in items if asks_a_database(item)]
    if connection.vendor == "postgresql" and asking:
        config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
        items[:] = asking
    items[:] = in_order(items, getattr(config, "workerinput", {"workercount": 1})["workercount"])


def pytest_report_header():
    if connection.vendor == "postgresql":
        return "on PostgreSQL: without the tests that ask no database, which SQLite's run has"
    return None


def pytest_collection_finish():
    """What the collection made stays to the end: the garbage collector need not go through it each time.

    Nor need it look for garbage after every few hundred objects, of which a page makes thousands.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def pytest_xdist_auto_num_workers():
    """One more than there are processors: a test that waits for a browser leaves its own to another."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def template_lock():
    """Held from before a worker looks for the template until there is one."""
    with ExitStack() as held:
        held.enter_context(one_at_a_time())
        yield held


@pytest.fixture(scope="session")
def django_db_keepdb(request, template_lock, django_db_blocker, django_db_modify_db_settings):
    """Whether the database of this worker is there already, as a copy of the template."""
    with django_db_blocker.unblock():
        is_there = not request.config.getoption("create_db") and lay_out_template()
    if is_there:
        template_lock.close()
    return is_there


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker, template_lock):
    with django_db_blocker.unblock():
        if not django_db_keepdb:
            keep_template()
            template_lock.close()
        remember_rows_of_migrations()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        yield
    with django_db_blocker.unblock():
        connections.close_all()
        drop_copies()


@pytest.fixture(autouse=True)
def known_head():
    know_head()


@pytest.fixture(scope="module")
def set_scene(request):
    """What the tests of a module find, by name: what its `SCENE` makes, or nothing where it has none."""
    make = getattr(request.module, "SCENE", None)
    return request.getfixturevalue("stage")(make) if make else {}


@pytest.fixture(scope="module", autouse=True)
def scene_is_set(set_scene):
    """Also for those tests of the module that ask for none of it."""


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Sets a scene once for all tests of a module; each finds it untouched, whatever the one before it did.

    It lies in a transaction around those of the tests, so none of them may need a transaction of its own.
    """
    with ExitStack() as transactions:
        with django_db_blocker.unblock():
            transactions.enter_context(transaction.atomic())

        def stage(make):
            with django_db_blocker.unblock():
                return make()

        yield stage
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            transactions.close()


@pytest.fixture
def staged(db, set_scene):
    """The rows of the scene as they are in the database: what a test changes in memory is its own."""
    return deepcopy(set_scene)


@pytest.fixture
def full_world(staged):
    """One of everything, by name, where the scene of the module is that."""
    return staged["world"]


@pytest.fixture
def mia(staged):
    """Shares the moments."""
    return staged.get("mia") or make_member("mia")


@pytest.fixture
def seb(staged):
    """Reads, votes and replies."""
    return staged.get("seb") or make_member("seb")


@pytest.fixture
def keith(staged):
    """A moderator."""
    return staged.get("keith") or make_member("keith", is_staff=True, is_superuser=True)


@pytest.fixture
def moderators(db):
    return group_of_moderators()


@pytest.fixture
def film(staged):
    return staged.get("film") or make_film()


@pytest.fixture
def moment(staged, film, mia):
    return staged.get("moment") or make_moment(film, mia, "A Lovely Night", tags=["stars", "tap dance"])


@pytest.fixture
def as_mia(client, mia):
    client.force_login(mia)
    return client


@pytest.fixture
def as_seb(client, seb):
    client.force_login(seb)
    return client


@pytest.fixture
def every_step(monkeypatch):
    """The migrations one by one, also those for which others stand: `migrate` may go back to any of them."""
    monkeypatch.setattr("django.db.migrations.executor.MigrationLoader", EveryStep)
    monkeypatch.setattr("django.db.migrations.state.ProjectState._find_reload_model", as_few_as_need_it)


@pytest.fixture
def whole_sitemap(monkeypatch):
    """All posts in the first part of the sitemap, however high their ids are in the database of this run."""
    monkeypatch.setattr("moments.syndication.sitemaps.PART", 10**12)


@pytest.fixture
def anna(staged):
    """A moderator, who is no superuser."""
    return staged.get("anna") or make_moderator("anna")


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture
def as_keith(client, keith):
    client.force_login(keith)
    return client


@pytest.fixture
def comment(moment, mia):
    """What gives reason to report it, as the next two."""
    return make_comment(moment, mia, "Buy pills at my shop.")


@pytest.fixture
def verdict(film, mia, keith):
    claim = make_trivia(film, keith)
    claim.judge(mia, "dispute", "Buy pills of mine instead.")
    return claim.verdict_of(mia)


@pytest.fixture
def targets(moment, comment, verdict, mia):
    """One of each kind that can be reported, by the word in its address."""
    return {"post": moment, "comment": comment, "verdict": verdict, "film": moment.film, "member": mia}


@pytest.fixture
def remark(moment, seb):
    """A comment of seb's, old enough that an edit of it is kept."""
    return make_remark(moment, seb)


@pytest.fixture
def scene(film, mia):
    """A moment of mia's, as old."""
    return make_scene(film, mia)


@pytest.fixture
def xa(settings, monkeypatch):
    """The site speaks two languages, and what was rendered before is forgotten."""
    caches["local"].clear()
    render_cache.clear()
    with pseudo_language(settings, monkeypatch) as code:
        yield code
    caches["local"].clear()
    render_cache.clear()


@pytest.fixture
def people(db):
    """Those who act at once."""
    return [make_member(f"fan{number}") for number in range(PEOPLE)]


@pytest.fixture(params=["post", "comment"])
def said(request, scene, moment, mia):
    """A post, then a comment, that said something else before."""
    return make_edited(request.param, scene, moment, mia)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def queued(settings, db):
    """Background work waits for a worker, as it does where the site is served."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def mail_server(settings):
    """A mail server that the site sends its letters to."""
    with MailServer() as server:
        send_by(settings, SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port)
        yield server


@pytest.fixture
def full_log(caplog):
    return log_everything(caplog)


@pytest.fixture
def worker(queued, clock):
    return Worker("here")


@pytest.fixture
def folder(settings, tmp_path):
    """Data and static files in a place of their own; collecting all would take seconds."""
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STATICFILES_DIRS = [settings.BASE_DIR / "build"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    return tmp_path
