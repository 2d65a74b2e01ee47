from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from moments.catalogue import index as catalogue
from moments.ledger import triggers
from moments.search.index import install


class MomentsConfig(AppConfig):
    name = "moments"
    verbose_name = _("Films and posts")
    default_auto_field = "django.db.models.BigAutoField"
    on_delete = "moments.models.erasure.erase"
    on_moderation = "moments.models.ledger.record"
    tidy = "moments.tasks.tidy"
    at_each_turn = "moments.management.turn.take_turn"
    on_time_zone = "moments.notifications.mailings.on_time_zone"
    beside_member = "moments.models.filter.beside_member"
    on_login = "moments.viewer.arrival.arrive"

    def ready(self):
        # Django's own hook and no event of the domain. A migration would not do: on SQLite, Django changes a
        # table by making it anew, which drops its triggers, so they are put back after each run of `migrate`.
        post_migrate.connect(install_triggers, sender=self)


def install_triggers(using, **kwargs):
    install(connections[using])
    catalogue.install(connections[using])
    triggers.seal(connections[using])
