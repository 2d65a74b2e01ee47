from django.apps import AppConfig
from django.core import checks

from reelive.checks import limits_are_on, shared_cache_is_shared, site_key_is_long


class ReeliveConfig(AppConfig):
    name = "reelive"

    def ready(self):
        checks.register(shared_cache_is_shared, checks.Tags.caches)
        checks.register(limits_are_on, checks.Tags.security)
        checks.register(site_key_is_long, checks.Tags.security)
