"""The form in which rows of the ledger are hashed: whoever checks a copy comes to the same bytes."""

import time
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from types import SimpleNamespace

from moments.ledger.chain import GENESIS, canonical, fingerprint, hash_of, stamp, verify_chain

WRITTEN = (
    '{"action":"remove","actor":"amélie","created":"2026-02-14T20:15:00.000000Z","film":"崖の上のポニョ",'
    '"note":"\\"So\\", she said.","number":7,"previous":"ab","reason":"spam","subject":"a moment",'
    '"target":"post/12","text":""}'
)


def row(number=7, previous="ab", **fields):
    facts = {
        "created": datetime(2026, 2, 14, 20, 15, tzinfo=UTC), "actor": "amélie", "action": "remove",
        "reason": "spam", "note": '"So", she said.', "target": "post/12", "subject": "a moment",
        "film": "崖の上のポニョ", "text": "",
    }  # fmt: skip
    return SimpleNamespace(number=number, previous=previous, **(facts | fields))


def chain(*fields):
    """Rows that follow on each other, as they should."""
    rows, previous = [], GENESIS
    for number, more in enumerate(fields, 1):
        rows.append(row(number, previous, **more))
        previous = rows[-1].hash = hash_of(rows[-1])
    return rows


def found(rows):
    return [problem for _row, problem in verify_chain(rows)]


def test_a_row_is_written_in_one_way_alone():
    assert canonical(row()) == WRITTEN
    assert hash_of(row()) == sha256(WRITTEN.encode()).hexdigest()


def test_a_fingerprint_is_that_of_the_list_of_texts():
    assert fingerprint(["Amélie", "a, b"]) == sha256('["Amélie","a, b"]'.encode()).hexdigest()
    assert fingerprint(iter(["Amélie"])) != fingerprint(["Amelie"])


def test_a_stamp_is_in_universal_time():
    evening = datetime(2026, 2, 14, 22, 15, 3, 42, tzinfo=timezone(timedelta(hours=2)))
    assert stamp(evening) == "2026-02-14T20:15:03.000042Z"


def test_a_chain_that_holds_has_no_problem():
    assert found(chain({}, {}, {})) == ["", "", ""]
    assert GENESIS == "0" * 64


def test_a_row_that_is_missing_is_named_once():
    first, _second, third = chain({}, {}, {})
    assert found([first, third]) == ["", "number 2 is missing"]
    assert found([third]) == ["number 1 is missing"]
    assert found([*chain({}, {}, {}, {})[2:]]) == ["number 1 is missing", ""]


def test_a_row_that_follows_on_another_one_is_named():
    first, second, third = chain({}, {}, {})
    second.previous = GENESIS
    assert found([first, second, third]) == ["", "it does not follow on number 1", ""]


def test_a_row_that_says_something_else_is_named():
    first, second, third = chain({}, {}, {})
    second.note = "Nothing."
    assert found([first, second, third]) == ["", "its contents are not those that were hashed", ""]


def test_the_time_of_a_row_is_utc_wherever_the_machine_stands(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        told = stamp(datetime(2026, 2, 14, 21, 15, tzinfo=timezone(timedelta(hours=1))))
    time.tzset()
    assert told == "2026-02-14T20:15:00.000000Z"
