from django.apps import AppConfig
from django.core import checks

from reelive.checks import limits_are_on, shared_cache_is_shared, site_key_is_long
from reelive.declared import declared, declared_by_action
from reelive.page_cache import PARAMETERS
from reelive.ratelimit import LIMITS, SPENT_BESIDES


class ReeliveConfig(AppConfig):
    name = "reelive"
    secret_paths = ("/mail/returned/",)

    def ready(self):
        LIMITS.update(declared_by_action("quotas"))
        SPENT_BESIDES.update(declared_by_action("also_spent"))
        PARAMETERS.update(declared("list_parameters"))
        checks.register(shared_cache_is_shared, checks.Tags.caches)
        checks.register(limits_are_on, checks.Tags.security)
        checks.register(site_key_is_long, checks.Tags.security)
