"""A condition that a list asks of the rows that it comes by, and that decides on no index."""

from django.db.models import Func


class AlongTheWay(Func):
    """A column that a list asks of what it comes by: SQLite would look rows up by it and sort them."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)
