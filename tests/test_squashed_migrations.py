"""The migrations that stand for many make what those make, one after another."""

import pytest

from tests.support.all_steps import described
from tests.support.former import described_after_every_step

pytestmark = pytest.mark.django_db


def test_an_empty_database_gets_the_same_tables_and_rights_in_one_step_as_in_many():
    tables, rights, proof = described()
    former_tables, former_rights, former_proof = described_after_every_step()
    assert set(tables) == set(former_tables)
    assert [table for table in tables if tables[table] != former_tables[table]] == []
    # Those on diary entries had another name before, under which they stay.
    assert rights == [right for right in former_rights if not right[1].endswith("_relive")]
    # No migration writes into the ledger of a fresh site.
    assert proof.startswith("0 rows follow one another, 0 removed texts match.")
    assert former_proof == proof
