"""The key that signs the ledger: the chain proves the order of rows, a signature that the site wrote them.

A signature is Ed25519 over the 64 letters of a row's hash, in hexadecimal. The key stays out of the database,
so that whoever can write there still cannot add a row in a moderator's name.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

BEGINNING = "sign"  # the action of the row with which an older site begins to sign


def sign(hash: str) -> str:
    return _private(settings.LEDGER_KEY).sign(hash.encode()).hex()


def public_key() -> str:
    """The public key, with which everybody can check the signatures."""
    return _private(settings.LEDGER_KEY).public_key().public_bytes_raw().hex()


def known_keys(*others: str) -> list[str]:
    """The public keys of this site in the order of their use, the one in use last."""
    return [*settings.LEDGER_FORMER_KEYS, *others, public_key()]


def is_signed_by(key: str, row: Any) -> bool:
    try:
        _public(key).verify(bytes.fromhex(row.signature), row.hash.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


class Signatures:
    """Goes along all rows in their order and says what is wrong with the signature of each.

    Rows before the first signed row need no signature, since that row names the last hash of theirs. Where
    there are such rows, it says that the site begins to sign: so nobody can put others before it later. A key
    that was replaced may sign no later row.
    """

    def __init__(self, keys: Sequence[str]):
        self.keys, self.in_use = keys, 0
        self.first = None  # the number of the first signed row
        self.known = 0  # how many rows were signed with one of the keys

    def problem(self, row: Any) -> str:
        if not row.signature:
            return "" if self.first is None else "it is not signed"
        is_first = self.first is None
        self.first = row.number if is_first else self.first
        signer = next((at for at, key in enumerate(self.keys) if is_signed_by(key, row)), None)
        if signer is None:
            return "no known key has signed it"
        self.known += 1
        if signer < self.in_use:
            return "it is signed with a key that was replaced before"
        self.in_use = signer
        if is_first and row.number > 1 and row.action != BEGINNING:
            return "it is the first signed row and does not say that signing begins"
        return ""


@lru_cache(maxsize=4)
def _private(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))


@lru_cache(maxsize=16)
def _public(key: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
