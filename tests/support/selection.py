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


# Each is long for a single test: the last worker would be at one of them when the others have ended.
LONG = {
    "test_squashed_migrations",
    "test_mail_processes",
    "test_ledger_processes",
    "test_queries",
    "test_staff_acts",
    "test_filter_matrix",
    "test_mute_matrix",
    "test_leaks",
    "test_told_matrix",
    "test_every_page",
}


def is_short(item):
    return item.path.stem not in LONG
