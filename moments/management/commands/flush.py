"""Django's `flush`, which empties every table: the ledger's too, whose seal is taken off first.

On a site that others rely on it cannot be done unseen: their copies of the ledger show that it ended.
"""

from django.core.management.commands import flush
from django.db import connections

from moments.ledger import triggers


class Command(flush.Command):
    def handle(self, **options):
        connection = connections[options["database"]]
        if triggers.LEDGER in connection.introspection.table_names():
            triggers.break_seal(connection)
        try:
            super().handle(**options)
        finally:
            triggers.seal(connection)
