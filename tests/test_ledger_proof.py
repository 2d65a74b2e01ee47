"""What it costs to prove the ledger, and what is taken as it is."""

import pytest
from django.core.management import call_command

from moments.ledger.state_proof import PROOFS, NewestRows
from moments.models import Comment, DiaryEntry, LedgerEntry, Tag
from tests.support.ledger import note_rights
from tests.support.makers import make_comment, make_moment, moderator

pytestmark = pytest.mark.django_db


def test_proving_takes_no_more_queries_for_more_rows(film, mia, django_assert_max_num_queries):
    by = moderator()
    for _number in range(30):
        make_moment(film, mia).remove(by, "spam")
        make_comment(make_moment(film, mia), mia).remove(by, "spam")
    note_rights()
    with django_assert_max_num_queries(60):
        call_command("verify_ledger")


def test_a_merge_of_an_older_release_that_names_no_target_is_taken_as_it_is(film, mia):
    one, two, three = (Tag.objects.create(name=name, slug=name) for name in ("one", "two", "three"))
    one.merge_into(moderator(), two)
    said = NewestRows()
    said.catch_up()
    row = LedgerEntry.objects.get(action="merge")
    row.note = "The same word."
    said.add(row)
    assert list(PROOFS["tags"].check(one.ledger_name, one, said)) == []
    one.merged_into = None
    assert "leads to nothing" in next(PROOFS["tags"].check(one.ledger_name, one, said))
    assert DiaryEntry.objects.count() + Comment.objects.count() + three.post_count == 0
