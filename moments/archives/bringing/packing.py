"""Records as lines of text, in which a homecoming keeps them until they are written; each has a key.

The key is made of all that a record says, and of the place that says it: what comes again has the same.
"""

import json
from dataclasses import fields
from datetime import date, datetime
from hashlib import blake2b

from moments.archives.homecoming.records import NOWHERE, Record
from moments.catalogue.works import Work

_NOTHING = Record("")
_SAID = [(field.name, getattr(_NOTHING, field.name)) for field in fields(Record) if field.name != "work"]
_NAMED = [(field.name, getattr(NOWHERE, field.name)) for field in fields(Work)]
_IDS = ("ids", "episode_ids")


def packed(record):
    """What a record says, as JSON can hold it, without what is empty."""
    said = {name: value for name, empty in _SAID if (value := getattr(record, name)) != empty}
    for name in ("day", "time"):
        if name in said:
            said[name] = said[name].isoformat()
    work = {name: value for name, empty in _NAMED if (value := getattr(record.work, name)) != empty}
    for name in _IDS:
        if name in work:
            work[name] = dict(sorted(work[name].items()))
    return said | {"work": work}


def unpacked(said):
    """The record again."""
    said = dict(said)
    said["work"] = Work(**said["work"])
    if "day" in said:
        said["day"] = date.fromisoformat(said["day"])
    if "time" in said:
        said["time"] = datetime.fromisoformat(said["time"])
    return Record(**said)


def line_of(record):
    return json.dumps(packed(record), ensure_ascii=False, separators=(",", ":"))


def record_in(line):
    return unpacked(json.loads(line))


def number_of(*parts):
    """A whole number that stands for these texts, the same in every process."""
    data = "\x1f".join(parts).encode(errors="surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
