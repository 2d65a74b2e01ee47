"""The ledger: one row for each act, chained by hashes, sealed by the database, proved by anybody."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from moments.ledger import triggers
from moments.ledger.chain import GENESIS, fingerprint
from moments.models import Comment, LedgerEntry, Post, Tag
from tests.support.ledger import make_acts, rows, verified


@pytest.fixture
def acts(film, mia, seb, keith):
    return make_acts(film, mia, seb, keith)


# What is written.


def test_each_act_is_a_row_that_says_who_what_why(acts):
    told = [(row.number, row.actor, row.action, row.reason, row.note, row.subject) for row in acts]
    assert told == [
        (1, "keith", "remove", "spam", "It sells pills.", "a moment"),
        (2, "keith", "remove", "private", "", "a comment on a moment"),
        (3, "keith", "lock", "", "It turned into a quarrel about shoes.", "a moment"),
        (4, "bill", "restore", "", "A slip of mine.", "a moment"),
    ]
    assert {row.film for row in acts} == {Post.objects.first().film_id}


def test_no_row_holds_a_word_of_what_was_removed(acts):
    kept = json.dumps(list(LedgerEntry.objects.values()), default=str)
    for secret in ("Buy pills", "Elm Street", "@example.org", "La La Land"):
        assert secret not in kept


def test_an_act_that_changes_nothing_leaves_no_row(moment, keith):
    assert [moment.lock(keith), moment.lock(keith)] == [True, False]
    assert [moment.unlock(keith), moment.unlock(keith)] == [True, False]
    assert [moment.remove(keith, "spam"), moment.remove(keith, "spam")] == [True, False]
    assert moment.lock(keith) is False
    assert [row.action for row in rows()] == ["lock", "unlock", "remove"]


def test_neither_act_nor_row_is_without_the_other(moment, keith, monkeypatch):
    monkeypatch.setattr(LedgerEntry, "save", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        moment.remove(keith, "spam")
    assert (Post.objects.get().state, LedgerEntry.objects.count()) == ("visible", 0)


def test_every_verb_of_moderators_is_recorded(film, moment, mia, seb, keith):
    film.remove(keith, "copyright")
    film.restore(keith)
    tag, other = Tag.objects.get(name="stars"), Tag.objects.get(name="tap dance")
    tag.remove(keith, "spam")
    tag.restore(keith)
    tag.merge_into(keith, other)
    seb.suspend(keith, "Sold pills.")
    seb.reinstate(keith)
    moment.lock(keith)
    moment.unlock(keith)
    told = [(row.action, row.target.partition("/")[0]) for row in rows()]
    assert told == [
        ("remove", "film"),
        ("restore", "film"),
        ("remove", "tag"),
        ("restore", "tag"),
        ("merge", "tag"),
        ("suspend", "member"),
        ("reinstate", "member"),
        ("lock", "post"),
        ("unlock", "post"),
    ]
    assert verified() == "10 rows follow one another, 0 removed texts match."


# The chain.


def test_an_outsider_can_check_the_chain_from_the_export(acts, client):
    previous = GENESIS
    lines = client.get("/ledger/export.jsonl").content.decode().splitlines()
    for number, line in enumerate(lines, 1):
        row = json.loads(line)
        claimed = row.pop("hash")
        assert len(row.pop("signature")) == 128
        written = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(written.encode()).hexdigest() == claimed
        assert (row["number"], row["previous"]) == (number, previous)
        previous = claimed
    assert len(lines) == 4
    assert previous == acts[-1].hash


def test_the_export_goes_on_from_a_number_and_comes_to_an_end(acts, client, monkeypatch):
    monkeypatch.setattr("moments.views.ledger.ROWS_EXPORTED", 2)
    response = client.get("/ledger/export.jsonl", {"from": 2})
    assert [json.loads(line)["number"] for line in response.content.splitlines()] == [2, 3]
    assert response["Link"] == '</ledger/export.jsonl?from=4>; rel="next"'
    assert not client.get("/ledger/export.jsonl", {"from": 4}).has_header("Link")
    assert client.get("/ledger/export.jsonl", {"from": "last"}).status_code == 404


COLUMNS = "number, created, actor, action, reason, note, target, subject, text, previous, hash"
REST = "'2026-01-01', 'keith', 'lock', '', '', 'post/1', 'a moment', '', 'x', 'y'"
TAMPERING = {
    "edit": "UPDATE moments_ledgerentry SET note = 'All fine.' WHERE number = 2",
    "delete": "DELETE FROM moments_ledgerentry WHERE number = 2",
    "delete the last": "DELETE FROM moments_ledgerentry WHERE number = 4",
    "reorder": "UPDATE moments_ledgerentry SET number = 9 WHERE number = 2",
    "insert": f"INSERT INTO moments_ledgerentry ({COLUMNS}) VALUES (7, {REST})",
    "fork": f"INSERT INTO moments_ledgerentry ({COLUMNS}) VALUES (5, {REST})",
}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Others know no such statement.")
@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
def test_no_row_takes_the_place_of_another(acts, how):
    before = list(rows().values())
    follows = "5, '2026-01-01', 'keith', 'lock', '', '', 'post/1', 'a moment', '', %s, %s"
    statement = f"{how} INTO moments_ledgerentry ({COLUMNS}) VALUES ({follows})"
    for dropped in acts:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [acts[-1].hash, dropped.hash])
    assert list(rows().values()) == before


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_the_database_refuses_to_alter_the_ledger(acts, statement):
    before = list(rows().values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(rows().values()) == before


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        (TAMPERING["edit"], "Row 2 is wrong: its contents are not those that were hashed."),
        (TAMPERING["delete"], "Row 3 is wrong: number 2 is missing."),
        (TAMPERING["reorder"], "Row 3 is wrong: number 2 is missing."),
        (TAMPERING["fork"], "Row 5 is wrong: it does not follow on number 4."),
        (
            "UPDATE moments_ledgerentry SET created = '2020-01-01' WHERE number = 1",
            "Row 1 is wrong: its contents are not those that were hashed.",
        ),
    ],
)
def test_whoever_breaks_the_seal_is_found_out(acts, statement, finding):
    Post.objects.update(removal=None)
    Comment.objects.update(removal=None)
    triggers.break_seal(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(CommandError, match=finding):
        call_command("verify_ledger")


def test_a_text_changed_after_its_removal_is_found_out(acts):
    Comment.objects.update(body="My address is 6 Elm Street.")
    with pytest.raises(CommandError, match=r"The text of comment/\d+, removed in row 2, is not the one"):
        verified()


def test_a_head_that_was_published_is_looked_for(acts):
    for head in (acts[1].hash, acts[1].hash[:8]):
        assert verified(head=head) == "6 rows follow one another, 1 removed texts match."
    with pytest.raises(CommandError, match="is not in the chain"):
        verified(head="f" * 64)


def test_the_fingerprint_is_of_the_text_that_went(moment, keith):
    moment.remove(keith, "spam")
    assert rows().get().text == fingerprint(moment.ledger_texts)
    assert fingerprint(["a", "b"]) != fingerprint(["ab", ""])


def test_a_new_run_of_migrate_seals_again(acts):
    triggers.break_seal(connection)
    triggers.seal(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(number=1).delete()


# What an edit by the staff leaves behind.


def test_an_edit_of_a_film_by_the_staff_is_in_the_ledger(as_keith, film):
    typed = {"title": "La La Land", "year": 2016, "medium": "film", "summary": "Buy pills.", "why": "A test."}
    typed["palette"] = " ".join(film.palette)
    for _ in range(2):
        response = as_keith.post(f"/admin/moments/film/{film.pk}/change/", typed)
        assert response.status_code == 302
    assert [(row.action, row.target, row.note) for row in rows()] == [
        ("edit", f"film/{film.pk}", "Changed: summary. A test.")
    ]


def test_an_edit_of_a_member_by_the_staff_is_in_the_ledger(as_keith, seb):
    as_keith.post(f"/admin/accounts/user/{seb.pk}/change/", {"bio": "Nothing to read."})
    assert [(row.action, row.subject, row.note) for row in rows()] == [("edit", "@seb", "Changed: bio.")]
