"""`make mutants`: faults are put into the code that decides most, one at a time; the tests find nine in ten.

mutmut makes the faults and keeps the results in `mutants/`: a run that was stopped goes on where it was, code
that changed and faults that were not caught are tried again. ARGS names groups, and JOBS says how many
mutants are tried at once: `make mutants ARGS="arc ledger" JOBS=1`.
"""

import gc
import logging
import os
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

import libcst as cst
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import get_resolver
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.mutation import file_mutation
from mutmut.mutation.data import SourceFileMutationData
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

ENOUGH = 0.9
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
        "arc_shapes arc_points arc arc_drawing year then_and_now walkthrough relive_mode"
        " relive_mode_reactions film_arc runs arc_times story_line long_films",
    ),
    "ledger": (
        ["moments/ledger/*"],
        "ledger_sentences ledger_chain ledger ledger_pages ledger_keys ledger_proof ledger_states appeals"
        " list_comments",
    ),
    "mixins": (
        ["moments/models/mixins/*"],
        "authored pictured mixins in_steps logged revised votes labels labels_shown tags comments"
        " moments posts deletion artwork films film_history trivia trivia_status verdicts"
        " verdict_reasons drafts late_forms duplicates revisions restore_revision revoke_revision"
        " revisions_by_staff reports report_queue appeals mutes restrictions notifications"
        " notification_mail logs reviews undelete_diary_entry export import homecoming last_read"
        " film_facts people",
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


def run_by_ourselves(groups):
    """The tests in the order of their files in GROUPS, and each mutant on a database of its own."""
    run_tests = PytestRunner.run_tests
    files = list(dict.fromkeys(file for group in groups for file in files_of(group)))

    def run(runner, *, mutant_name, tests):
        if mutant_name is None:
            return run_tests(runner, mutant_name=None, tests=tests or files)
        file = f"{connection.settings_dict['TEST']['NAME']}-{os.getpid()}"
        connection.settings_dict["TEST"]["NAME"] = file
        try:
            return run_tests(runner, mutant_name=mutant_name, tests=in_order(tests, files))
        finally:
            for left in Path(file).parent.glob(f"{Path(file).name}*"):
                left.unlink()

    PytestRunner.run_tests = run
    run_stats = PytestRunner.run_stats
    PytestRunner.run_stats = lambda runner, *, tests: run_stats(runner, tests=sorted(tests))


def make_runs_quick():
    """What each run needs is there before the first; what is there is nothing to collect for the others."""
    warm_up = PytestRunner.warm_up

    def warm_up_more(runner):
        warm_up(runner)
        MigrationLoader(None)
        get_resolver().url_patterns  # noqa: B018 - imports all views
        gc.freeze()

    PytestRunner.warm_up = warm_up_more


def in_order(tests, files):
    """Those of the first file first, and of each file the quickest."""
    return sorted(tests, key=lambda test: (files.index(file_of(test)), state().duration_by_test[test]))


class FewerExamples:
    """A property that does not hold fails within a few; the simplest one that breaks it is not looked for."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self):
        from hypothesis import Phase, settings  # pytest wants to be there before it

        few = {"max_examples": 30, "phases": [Phase.explicit, Phase.generate]}
        settings.register_profile("mutants", deadline=None, derandomize=True, database=None, **few)
        settings.load_profile("mutants")


class DatabaseLast:
    """What asks for no database is over before one is laid out; pytest-django has it wait for the others."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        items.sort(key=asks_for_database)


def asks_for_database(test):
    fixtures = {"db", "transactional_db", "django_db_setup"}
    return test.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(test.fixturenames)


def answer_soon():
    execute = PytestRunner.execute_pytest

    def execute_with_ours(runner, params, plugins=()):
        return execute(runner, params, plugins=[*plugins, FewerExamples(), DatabaseLast()])

    PytestRunner.execute_pytest = execute_with_ours


def ask_the_tests_of_the_group():
    """Of the tests that reach a function, only those that are about it are run."""
    collect = mutmut.collect_or_load_stats

    def collect_and_narrow(*args, **options):
        collect(*args, **options)
        for function, tests in state().tests_by_mangled_function_name.items():
            files = files_of(group_of(f"{function.rpartition('.')[0].replace('.', '/')}.py"))
            state().tests_by_mangled_function_name[function] = {
                test for test in tests if file_of(test) in files
            }

    mutmut.collect_or_load_stats = collect_and_narrow


def keep_to(groups):
    """Only the mutants of these groups are tried, and counted while they are."""
    collect = mutmut.collect_source_file_mutation_data

    def collect_some(*, mutant_names):
        mutants, data_by_path = collect(mutant_names=mutant_names)
        return (
            [mutant for mutant in mutants if group_of(mutant[0].path) in groups],
            {path: data for path, data in data_by_path.items() if group_of(path) in groups},
        )

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


def try_again():
    for _, data in results():
        data.exit_code_by_key = {
            name: code if status_by_exit_code[code] in CAUGHT else None
            for name, code in data.exit_code_by_key.items()
        }
        if data.exit_code_by_key:
            data.save()


def report(groups):
    """Print how many mutants died, by module and by group. Returns the groups in which too few did."""
    lacking = []
    for group in groups:
        of_group = [(path, data.exit_code_by_key) for path, data in results() if group_of(path) == group]
        counts = [line(path, codes) for path, codes in of_group if codes]
        dead, total = (sum(column) for column in zip(*counts, strict=True))
        print(f"{group:50} {dead:5} of {total:5}  {dead / total:6.1%}\n")
        if dead < ENOUGH * total:
            lacking.append(group)
    return lacking


def line(path, codes):
    left = [name for name, code in codes.items() if status_by_exit_code[code] not in CAUGHT]
    dead, total = len(codes) - len(left), len(codes)
    print(f"  {path!s:48} {dead:5} of {total:5}  {dead / total:6.1%}")
    for name in left:
        if codes[name] is not None:  # a run that was stopped
            print(f"    {status_by_exit_code[codes[name]]}: {name}")
    return dead, total


def main(groups):
    os.environ["TEST_DATABASE_URL"] = ""
    logging.getLogger("mutmut").propagate = False  # our settings would have it print what it does
    mutate_decorated_functions()
    run_by_ourselves(groups)
    make_runs_quick()
    answer_soon()
    ask_the_tests_of_the_group()
    keep_to(groups)
    config().pytest_add_cli_args_test_selection = sorted({file for name in GROUPS for file in files_of(name)})
    try_again()
    with TemporaryDirectory(prefix="reelive-mutants-") as folder:
        tempfile.tempdir = folder  # forked processes end without tidying up
        mutmut._run((), int(os.environ.get("JOBS") or os.cpu_count()))
    if lacking := report(groups):
        sys.exit(f"Less than {ENOUGH:.0%} of the mutants died in: {', '.join(lacking)}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(GROUPS))
