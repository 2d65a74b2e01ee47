"""`make mutants`: faults are put into the code that decides most, one at a time; the tests find nine in ten.

mutmut makes the faults and keeps the results in `mutants/`: a run that was stopped goes on where it was, code
that changed and faults that were not caught are tried again. ARGS names groups, JOBS says how many mutants
are tried at once, SAMPLE how many of each group at most: `make mutants ARGS="arc ledger" JOBS=1 SAMPLE=150`.
"""

import gc
import logging
import os
import shutil
import sys
import tempfile
from collections import Counter
from fnmatch import fnmatch
from itertools import chain, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import libcst as cst
import pytest
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.urls import get_resolver
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.mutation import file_mutation
from mutmut.mutation.data import SourceFileMutationData
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import change_cwd, walk_mutatable_files
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers.isolation import ForkServerRunner

ENOUGH = 0.9
MOST_TESTS = 80  # that a mutant is asked of
MEMORY = Path("/dev/shm")  # noqa: S108 - where each mutant has a database, if the machine has such a disk
CAUGHT = {"killed", "timeout", "segfault"}
# The modules that are judged together, and the tests that are asked about them, the quickest first.
GROUPS = {
    "ranking": (["moments/ranking.py"], "ranking front_page"),
    "threads": (["moments/threads.py"], "threads"),
    "spoilers": (
        ["moments/spoilers/*"],
        "spoiler_rules spoiler_cookies runs spoiler_sql progress veil spoilers places episodes logs logged",
    ),
    "query": (["moments/search/query.py"], "query search_query search_results search_hidden"),
    "arc": (
        ["moments/arc/*"],
        "arc_shapes time_axis arc_points arc arc_drawing year then_and_now walkthrough relive_mode"
        " relive_mode_reactions film_arc runs arc_times story_line long_films",
    ),
    "ledger": (
        ["moments/ledger/*"],
        "ledger_sentences ledger_chain ledger ledger_pages ledger_keys ledger_proof ledger_things"
        " ledger_states appeals list_comments",
    ),
    "mixins": (
        ["moments/models/mixins/*"],
        "authored mentions newcomers tagged waiting discussed unknown pictured mixins in_steps"
        " logged revised votes labels labels_shown tags comments moments posts deletion artwork"
        " films film_history trivia trivia_status verdicts verdict_reasons drafts late_forms"
        " duplicates revisions restore_revision revoke_revision revisions_by_staff reports"
        " report_queue appeals mutes restrictions notifications notification_mail logs reviews"
        " undelete_diary_entry export import homecoming last_read film_facts people song_uses"
        " reportable labelled part_of_film judged addressed whole long_films credits episodes"
        " post_list_plans",
    ),
}
# Functions under these are copied bare; mutmut by itself leaves out whatever is decorated.
DECORATORS = {"property", "cached_property", "transaction.atomic"}


def decorators_of(function):
    return {cst.Module([]).code_for_node(decorator.decorator) for decorator in function.decorators}


def mutate_decorated_functions():
    skips, arrange = (
        file_mutation.MutationVisitor._skip_node_and_children,
        file_mutation.function_trampoline_arrangement,
    )

    def skips_unless_known(visitor, node):
        known = isinstance(node, cst.FunctionDef) and node.decorators and decorators_of(node) <= DECORATORS
        return not known and skips(visitor, node)

    def arrange_bare(function, mutants, class_name):
        before, (outer, *copies), after, names = arrange(function, mutants, class_name)
        if decorators_of(function) & DECORATORS:
            copies = [copy.with_changes(decorators=[]) for copy in copies]
        return before, [outer, *copies], after, names

    file_mutation.MutationVisitor._skip_node_and_children = skips_unless_known
    file_mutation.function_trampoline_arrangement = arrange_bare


def try_mutants_within_a_session(files):
    """The tests are collected and a database is laid out once; a mutant is tried in a fork of the process
    that did so, since a run leaves its caches behind."""
    serve, fallen = ForkServerRunner._forkserver_main, []

    def serve_within(runner, *pipes):
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)

        def within(session):
            # What mutmut lets fall would be a warning, and so the failure of the first test of each mutant.
            PytestRunner.warm_up = lambda _: fallen.append(sys.stdout)
            PytestRunner.run_tests = lambda _, *, mutant_name, tests: try_mutant(
                session.items, mutant_name, in_order(session.items, mutant_name, tests, files)
            )
            serve(runner, *pipes)

        Session(within).begin(files)

    def run_all(runner, *, mutant_name, tests):
        return Session(lambda session: try_mutant(session.items, "", session.items)).begin(files)

    ForkServerRunner._forkserver_main = serve_within
    PytestRunner.run_tests = run_all
    run_stats = PytestRunner.run_stats
    PytestRunner.run_stats = lambda runner, *, tests: run_stats(runner, tests=sorted(tests))


class Session:
    """A run of pytest that leaves it to somebody else which of its tests are run, and when."""

    def __init__(self, then):
        self.then = then

    def begin(self, files):
        with change_cwd("mutants"):
            # What children write at once does not go into one file of pytest's.
            return PytestRunner().execute_pytest(["-q", "--capture=no", *files], plugins=[self])

    def pytest_runtestloop(self, session):
        lay_out_database(session)
        MigrationLoader(None)
        get_resolver().url_patterns  # noqa: B018 - imports all views
        gc.freeze()
        os._exit(self.then(session) or 0)  # of a process that was forked for this, with nothing to tidy up


def lay_out_database(session):
    """By a test that only asks for it; what is of the session stays for the one that comes next."""
    if any(asks_for_database(item) for item in session.items):
        first = pytest.Function.from_parent(session, name="first", callobj=lambda django_db_setup: None)
        session.config.hook.pytest_runtest_protocol(item=first, nextitem=session.items[0])
        connections.close_all()


def try_mutant(items, mutant, chosen):
    """Run these tests until one fails, on a database of our own. Returns the exit code."""
    template = Path(connection.settings_dict["NAME"])
    own = template.with_name(f"{template.name}-{os.getpid()}")
    if template.exists():
        connection.settings_dict["NAME"] = str(shutil.copyfile(template, own))
    try:
        for item, following in pairwise([*chosen, chosen[-1]]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                remember_killer(mutant, item.nodeid)
                return 1
    finally:
        for left in own.parent.glob(f"{own.name}*"):
            left.unlink()
    return 0


def remember_killer(mutant, test):
    """What found one fault of a function is asked first about the others."""
    if mutant:
        killers_of(mutant).write_text("\n".join(dict.fromkeys([test, *known_killers(mutant)])))
    else:
        print(f"Without any fault fails {test}", file=sys.__stdout__, flush=True)


def known_killers(mutant):
    return killers_of(mutant).read_text().splitlines() if killers_of(mutant).exists() else []


def killers_of(mutant):
    return Path(tempfile.gettempdir(), f"killers of {mangled_name_from_mutant_name(mutant)}")


def in_order(items, mutant, tests, files):
    """What killed the neighbours first, then what asks for no database, then file by file the quickest."""
    killers, durations = known_killers(mutant), state().duration_by_test

    def place(item):
        test = item.nodeid
        killed = killers.index(test) if test in killers else len(killers)
        return killed, asks_for_database(item), files.index(file_of(test)), durations[test]

    return sorted((item for item in items if item.nodeid in tests), key=place)


class FewerExamples:
    """A property that does not hold fails within a few; the simplest one that breaks it is not looked for."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self):
        from hypothesis import Phase, settings  # pytest wants to be there before it

        few = {"max_examples": 30, "phases": [Phase.explicit, Phase.generate]}
        settings.register_profile("mutants", deadline=None, derandomize=True, database=None, **few)
        settings.load_profile("mutants")


def asks_for_database(test):
    fixtures = {"db", "transactional_db", "django_db_setup"}
    return test.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(test.fixturenames)


def answer_soon():
    execute = PytestRunner.execute_pytest

    def execute_with_ours(runner, params, plugins=()):
        return execute(runner, params, plugins=[*plugins, FewerExamples()])

    PytestRunner.execute_pytest = execute_with_ours


def ask_the_tests_of_the_group():
    """Of the tests that reach a function, only those that are about it are run.

    Of many those come first that are called like its module, and then those that reach few functions.
    """
    collect = mutmut.collect_or_load_stats

    def collect_and_narrow(*args, **options):
        collect(*args, **options)
        by_function = state().tests_by_mangled_function_name
        reach = Counter(chain.from_iterable(by_function.values()))
        for function, tests in by_function.items():
            path = Path(f"{function.rpartition('.')[0].replace('.', '/')}.py")
            files, own = files_of(group_of(str(path))), f"tests/test_{path.stem}.py"
            about_it = [(file_of(test) != own, reach[test], test) for test in tests if file_of(test) in files]
            by_function[function] = {test for *_, test in sorted(about_it)[:MOST_TESTS]}

    mutmut.collect_or_load_stats = collect_and_narrow
    # It would try everything again when a file of tests is added; what was caught is caught by more, too.
    mutmut._apply_config_change_invalidation = lambda _: False


def keep_to(groups, most):
    """Only the mutants of these groups are tried, and counted while they are; so many of each at most.

    Those that were not caught before are tried again, and count as not caught until they are.
    """
    collect = mutmut.collect_source_file_mutation_data

    def collect_some(*, mutant_names):
        mutants, data_by_path = collect(mutant_names=mutant_names)
        chosen = []
        for group in groups:
            of_group = [
                (data, name, code if status_by_exit_code[code] in CAUGHT else None)
                for data, name, code in mutants
                if group_of(data.path) == group
            ]
            Random(group).shuffle(of_group)  # noqa: S311 - the same ones each time
            chosen += of_group[: most or None]
        return chosen, {path: data for path, data in data_by_path.items() if group_of(path) in groups}

    mutmut.collect_source_file_mutation_data = collect_some


def file_of(test):
    return test.partition("::")[0]


def files_of(group):
    return [f"tests/test_{concept}.py" for concept in GROUPS[group][1].split()] if group else []


def group_of(path):
    return next(
        (name for name, (patterns, _) in GROUPS.items() if any(fnmatch(path, one) for one in patterns)), None
    )


def results():
    """What is known of each mutant, by its module."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        yield path, data


def report(groups):
    """Print how many mutants died, by module and by group. Returns the groups in which too few did."""
    lacking = []
    for group in groups:
        of_group = [(path, data.exit_code_by_key) for path, data in results() if group_of(path) == group]
        counts = [line(path, codes) for path, codes in of_group if codes]
        dead, tried, total = (sum(column) for column in zip(*counts, strict=True))
        print(f"{group:50} {share(dead, tried, total)}\n")
        if dead < ENOUGH * tried:
            lacking.append(group)
    return lacking


def line(path, codes):
    known = {name: status_by_exit_code[code] for name, code in codes.items() if code is not None}
    left = {name: status for name, status in known.items() if status not in CAUGHT}
    counts = len(known) - len(left), len(known), len(codes)
    print(f"  {path!s:48} {share(*counts)}")
    for name, status in left.items():
        print(f"    {status}: {name}")
    return counts


def share(dead, tried, total):
    untried = f", {total - tried} not tried" if tried < total else ""
    return f"{dead:5} of {tried:5}  {dead / max(1, tried):6.1%}{untried}"


def main(groups):
    os.environ["TEST_DATABASE_URL"] = ""
    logging.getLogger("mutmut").propagate = False  # our settings would have it print what it does
    mutate_decorated_functions()
    try_mutants_within_a_session(list(dict.fromkeys(file for group in groups for file in files_of(group))))
    answer_soon()
    ask_the_tests_of_the_group()
    keep_to(groups, int(os.environ.get("SAMPLE") or 0))
    config().pytest_add_cli_args_test_selection = sorted({file for name in GROUPS for file in files_of(name)})
    with TemporaryDirectory(prefix="reelive-mutants-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        tempfile.tempdir = folder  # forked processes end without tidying up
        mutmut._run((), int(os.environ.get("JOBS") or os.cpu_count()))
    if lacking := report(groups):
        sys.exit(f"Less than {ENOUGH:.0%} of the mutants died in: {', '.join(lacking)}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(GROUPS))
