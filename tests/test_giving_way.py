"""The task process leaves room for those who wait to write; whoever answers requests pauses nowhere."""

import pytest
from django.db import connection

from reelive import giving_way
from reelive.giving_way import PAUSE_SECONDS, give_way, work_in_background


@pytest.fixture
def pauses(monkeypatch):
    taken = []
    monkeypatch.setattr(giving_way.time, "sleep", taken.append)
    monkeypatch.setattr(giving_way, "in_background", False)
    return taken


@pytest.mark.parametrize("vendor, taken", [("sqlite", [PAUSE_SECONDS]), ("postgresql", [])])
def test_background_work_pauses_where_one_writer_is_let_in_at_a_time(vendor, taken, pauses, monkeypatch):
    monkeypatch.setattr(connection, "vendor", vendor)
    give_way()
    assert pauses == []
    work_in_background()
    give_way()
    assert pauses == taken
