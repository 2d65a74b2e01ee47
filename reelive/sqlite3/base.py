"""Django's SQLite, but that a statement which is asked again is not put into SQLite's words again.

Django marks the places of values in another way than SQLite does, and looks for all of them whenever a
statement is executed. In the long ones of a page that takes as much time as building the page's rows.
"""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

MOST_KEPT = 500
LONGEST_STATEMENT = 20_000  # letters; longer ones, such as those that write many rows, are not asked again


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is None and len(query) <= LONGEST_STATEMENT:
            return _converted(query)
        return super().convert_query(query, param_names=param_names)


@lru_cache(MOST_KEPT)
def _converted(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
