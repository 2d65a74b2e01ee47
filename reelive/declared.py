"""What apps declare for the site as attributes of their AppConfig, so that it need not know what they do.

- `quotas`: how often something may be done, by the action: times, and in so many seconds (reelive.ratelimit).
- `also_spent`: which quotas an action spends besides its own.
- `list_parameters`: by which parameters lists are chosen, so that their pages are kept (reelive.page_cache).
- `paths_without_cookies`: how addresses begin where the same lies for everybody.
- `secret_paths`: how addresses begin that act by a secret in them.
"""

from functools import cache

from django.apps import apps


@cache
def declared(name: str) -> tuple[str, ...]:
    """What all apps declare under a name of several."""
    return tuple(each for app in apps.get_app_configs() for each in getattr(app, name, ()))


def declared_by_action(name: str) -> dict:
    """The same where they declare something of each action."""
    return {action: each for app in apps.get_app_configs() for action, each in getattr(app, name, {}).items()}
