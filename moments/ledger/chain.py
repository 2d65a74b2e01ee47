"""The chain of the ledger: each row holds the hash of the one before, so that none can be changed unseen.

This is the form that is hashed, for everybody who checks it. A row is a JSON object of the HASHED, its keys
in alphabetical order, with no spaces around "," and ":", letters of all scripts as themselves, in UTF-8. Its
hash is the SHA-256 of these bytes in lower-case hexadecimal; `previous` is the hash of the row before, and
64 zeros for the first. Numbers run from 1 without a gap. `created` is UTC with six digits of a second, such
as 2026-02-14T20:15:00.000000Z. `text` is the fingerprint of what was acted on: the SHA-256 of the JSON list
of its texts in the same writing, or empty where no text was.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

HASHED = (
    "number", "created", "actor", "action", "reason", "note", "target", "subject", "film", "text", "previous",
)  # fmt: skip
GENESIS = "0" * 64


def canonical(row: Any) -> str:
    """The JSON of a row (an object with the HASHED), as it is hashed."""
    values = {name: getattr(row, name) for name in HASHED}
    return _json(values | {"created": stamp(row.created)})


def hash_of(row: Any) -> str:
    """The hash of a row."""
    return _hash(canonical(row))


def fingerprint(texts: Iterable[str]) -> str:
    """A hash of texts, by which somebody proves later that they are those that were acted on."""
    return _hash(_json(list(texts)))


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def verify_chain(rows: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Go along the chain from its first row on. Yields each row and what is wrong with it, or ""."""
    number, previous = 0, GENESIS
    for row in rows:
        number += 1
        if row.number != number:
            yield row, f"number {number} is missing"
        elif row.previous != previous:
            yield row, f"it does not follow on number {number - 1}"
        elif row.hash != hash_of(row):
            yield row, "its contents are not those that were hashed"
        else:
            yield row, ""
        number, previous = row.number, row.hash


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
