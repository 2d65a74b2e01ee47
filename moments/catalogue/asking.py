"""Asking another site once: who does not answer is left alone for a while, and an answer is remembered."""

import logging
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache

from reelive.outgoing import NoAnswer

REMEMBERED = 24 * 60 * 60  # seconds, in which the same is not asked again
# Seconds, in which a place that did not answer is not asked: a worker would wait for it each time.
NOT_ASKED_FOR = 60

Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


def key_for(name: str, *texts: str) -> str:
    """Under which it is remembered what a place answered to these texts, whatever their case."""
    asked = "\x1f".join(texts).casefold().encode()
    return f"catalogue-{name}-{sha256(asked).hexdigest()[:32]}"


def answer_of(name: str, ask: Callable[..., Answer], *texts: str) -> Answer | None:
    """What a place answers; None where it does not, or has not just now."""
    away = f"catalogue-{name}-away"
    if cache.get(away):
        return None
    try:
        return ask(*texts)
    except NoAnswer as problem:
        logger.warning("%s could not be asked: %s", name, problem)
        cache.set(away, True, NOT_ASKED_FOR)
        return None
