"""The few rows that belong to a row, as one text beside it: they cost no query of their own."""

import json

from django.db.models import Subquery, TextField


class RowsAsText(Subquery):
    """The rows of a query as one JSON text: of each a list of the columns that are named."""

    output_field = TextField()

    def __init__(self, queryset, *names, **extra):
        self.columns = ", ".join(f"few.{name}" for name in names)
        super().__init__(queryset.values(*names), **extra)

    def as_sql(self, compiler, connection, template=None, **context):
        found = f"json_group_array(json_array({self.columns}))"
        return super().as_sql(compiler, connection, self.template_of(found), **context)

    def as_postgresql(self, compiler, connection, **context):
        # Of no rows PostgreSQL makes no text, and SQLite an empty list.
        found = f"coalesce(json_agg(json_build_array({self.columns}))::text, '[]')"
        return super().as_sql(compiler, connection, self.template_of(found), **context)

    @staticmethod
    def template_of(found):
        return f"(SELECT {found} FROM (%(subquery)s) AS few)"  # noqa: S608 - names of our own columns


def rows_in(text):
    """The rows of such a text, each as a list of its columns."""
    return json.loads(text or "[]")
