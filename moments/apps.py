from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from moments import search_schema


class MomentsConfig(AppConfig):
    name = "moments"
    verbose_name = "Films and posts"
    default_auto_field = "django.db.models.BigAutoField"
    farewell = "moments.farewell.farewell"
    welcome = "moments.horizon.welcome"

    def ready(self):
        # Django's own hook and no event of the domain. A migration would not do: on SQLite, Django changes a
        # table by making it anew, which drops its triggers, so they are put back after each run of `migrate`.
        post_migrate.connect(install_search, sender=self)


def install_search(using, **kwargs):
    search_schema.install(connections[using])
