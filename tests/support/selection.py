"""Which tests a run is for, and which come first.

One on PostgreSQL is for those that might find something there that SQLite does not show.
"""

from django.test import TransactionTestCase

# The fixtures of pytest-django by which a test comes to the database, and its marks that say so.
FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}
MARKS = ("django_db", "either_database", "browser", "deploy")


def asks_a_database(item):
    """Whether a test may ask the database, or says that what it tests depends on which one it is.

    pytest-django refuses every query of a test that has none of these. What is marked `one_database` asks
    for nothing that other tests do not ask for as well, and is of the words of the answers.
    """
    if item.get_closest_marker("one_database"):
        return False
    of_django = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    marked = any(item.get_closest_marker(mark) for mark in MARKS)
    return of_django or marked or not FIXTURES.isdisjoint(item.fixturenames)


# Each mostly waits for other processes. One worker takes them, while the others have the processors.
WAITING = [
    "test_deploy",
    "test_graceful_stop",
    "test_drill",
    "test_squashed_migrations",
    "test_backup",
    "test_mail_processes",
    "test_serve",
    "test_ledger_processes",
]
# Each is long for a single test: the last worker would be at one of them when the others have ended.
LONG = [
    "test_leaks",
    "test_queries",
    "test_staff_lists",
    "test_filter_matrix",
    "test_told_matrix",
    "test_mute_matrix",
    "test_staff_acts",
    "test_every_page",
]


def in_order(items, workers):
    """The tests as so many workers begin with them: each with an even part of the list, from its head on.

    The first part begins with the tests that wait, the others with their share of the long ones. Those of a
    module stay together, as it sets its scene once for all of them.
    """
    heads = [[] for _ in range(workers)]
    for name in WAITING:
        heads[0] += of_module(name, items)
    for number, name in enumerate(LONG):
        heads[-1 - number % max(1, workers - 1)] += of_module(name, items)
    short = [item for item in items if item.path.stem not in {*WAITING, *LONG}]
    ordered, dealt = [], 0
    for number, head in enumerate(heads):
        room = (len(items) - len(ordered)) // (workers - number) - len(head)
        ordered += head + short[dealt : dealt + max(0, room)]
        dealt += max(0, room)
    return ordered + short[dealt:]


def of_module(name, items):
    return [item for item in items if item.path.stem == name]
