"""Start-up checks for what Django cannot know: how this site must be set up to be safe."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

PER_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache")


def shared_cache_is_shared(app_configs=None, **options) -> list[CheckMessage]:
    """Sign-in limits and the marks of used codes live in the default cache: one for all workers."""
    if settings.WORKERS > 1 and settings.CACHES["default"]["BACKEND"].endswith(PER_PROCESS):
        hint = "Set REDIS_URL, use the database cache, or run with WORKERS=1."
        message = f"The default cache belongs to one process, but WORKERS is {settings.WORKERS}."
        return [Error(message, hint=hint, id="reelive.E001")]
    return []


def site_key_is_long(app_configs=None, **options) -> list[CheckMessage]:
    if len(settings.SECRET_KEY) < 32:
        hint = "Leave it empty and one is made for you."
        return [Warning("SECRET_KEY is so short that it could be guessed.", hint=hint, id="reelive.W001")]
    return []


def limits_are_on(app_configs=None, **options) -> list[CheckMessage]:
    if not settings.LIMITS:
        hint = "Use it for load tests and nowhere else."
        message = "LIMITS is off: nothing slows a guesser of passwords or a flood."
        return [Warning(message, hint=hint, id="reelive.W002")]
    return []
