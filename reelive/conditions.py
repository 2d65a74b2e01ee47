"""Conditions that are written in SQL of our own."""

from django.db.models import Expression, Lookup


class Condition(Lookup):
    """An expression that is true or false, which a filter takes as it is written.

    From Django 6.1 on, SQLite is asked whether any other expression than a lookup equals 1, and does not look
    into an index for that.
    """

    lookup_name = "condition"
    prepare_rhs = False

    def __init__(self, expression: Expression):
        super().__init__(expression, True)

    def as_sql(self, compiler, connection):
        return compiler.compile(self.lhs)
