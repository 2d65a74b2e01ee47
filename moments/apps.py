from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from moments import ledger_schema, search_schema


class MomentsConfig(AppConfig):
    name = "moments"
    verbose_name = "Films and posts"
    default_auto_field = "django.db.models.BigAutoField"
    farewell = "moments.farewell.farewell"
    record = "moments.models.ledger.record"
    welcome = "moments.horizon.welcome"

    def ready(self):
        # Django's own hook and no event of the domain. A migration would not do: on SQLite, Django changes a
        # table by making it anew, which drops its triggers, so they are put back after each run of `migrate`.
        post_migrate.connect(install_triggers, sender=self)


def install_triggers(using, **kwargs):
    search_schema.install(connections[using])
    ledger_schema.seal(connections[using])
