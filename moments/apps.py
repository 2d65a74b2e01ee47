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
    on_audience = "moments.notifications.told_diaries.on_audience"
    on_login = "moments.viewer.arrival.arrive"
    quotas = {  # times, in so many seconds
        "post": (6, 600),
        # What is mended is no new post: whoever shares their first scenes corrects each of them, too.
        "film": (6, 600),
        "edit": (20, 600),
        "comment": (6, 60),
        "comment-hour": (60, 3600),
        "vote": (60, 60),
        # What visitors feel in relive mode, of each network.
        "tap": (120, 60),
        "report": (20, 86400),
        # Names that are suggested while somebody types one.
        "suggest": (120, 60),
        # Titles that another site is asked for.
        "look-up": (20, 600),
        # Drafts are saved by themselves whenever somebody pauses.
        "draft-save": (300, 3600),
        # What players say that is more than where they are, of each connection.
        "player": (600, 3600),
    }
    also_spent = {"comment": ("comment-hour",)}
    list_parameters = (
        *("action", "actor", "by", "country", "decade", "film", "from", "genre", "kind", "language"),
        *("medium", "reason", "reasons", "status", "with"),
    )
    secret_paths = ("/feeds/", "/players/")
    paths_without_cookies = ("/embed/", "/oembed/", *secret_paths)

    def ready(self):
        # Django's own hook and no event of the domain. A migration would not do: on SQLite, Django changes a
        # table by making it anew, which drops its triggers, so they are put back after each run of `migrate`.
        post_migrate.connect(install_triggers, sender=self)


def install_triggers(using, **kwargs):
    install(connections[using])
    catalogue.install(connections[using])
    triggers.seal(connections[using])
