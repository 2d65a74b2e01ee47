"""Sealed texts: the database keeps them, and only who holds SECRET_KEY reads them."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str, purpose: str) -> str:
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text again. Raises cryptography.fernet.InvalidToken when it was sealed with another key."""
    return _box(purpose).decrypt(sealed).decode()


def _box(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(purpose, secret)) for secret in secrets])


def _key(purpose: str, secret: str) -> bytes:
    digest = salted_hmac(f"reelive.sealing.{purpose}", "", secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest)
