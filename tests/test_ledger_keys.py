"""Signatures: rows that were added without the operator's key are found, by the site and by outsiders."""

import json
import re
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from moments.ledger import triggers
from moments.ledger.chain import GENESIS, hash_of
from moments.ledger.keys import known_keys, public_key, sign
from moments.models import LedgerEntry
from tests.support.ledger import note_rights, verified
from tests.support.makers import make_moment, moderator
from tests.support.setup import set_up

pytestmark = pytest.mark.django_db
OTHER = "0a" * 32


@pytest.fixture
def acts(film, mia):
    """Two rows about posts, and one about the rights of who wrote them."""
    make_moment(film, mia, "Buy pills").remove(moderator(), "spam")
    make_moment(film, mia).lock(moderator())
    note_rights()
    return list(LedgerEntry.objects.order_by("number"))


def forged(signature=None, **fields):
    """A row by SQL alone that follows on the last one and is hashed as it should be."""
    last = LedgerEntry.objects.order_by("-number").first()
    row = LedgerEntry(
        number=last.number + 1 if last else 1, created=timezone.now(), actor="bill", action="edit",
        target="post/1", subject="a moment", previous=last.hash if last else GENESIS,
    )  # fmt: skip
    for name, value in fields.items():
        setattr(row, name, value)
    row.hash = hash_of(row)
    row.signature = signature(row.hash) if signature else ""
    row.save(force_insert=True)
    return row


def signed_with(key):
    return lambda text: Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)).sign(text.encode()).hex()


def rewritten(*rows):
    """Rows changed by SQL, each hashed anew and chained to the one before."""
    triggers.break_seal(connection)
    previous = GENESIS
    for row in rows:
        row.previous = previous
        row.hash = previous = hash_of(row)
        row.save()
    triggers.seal(connection)


def fault():
    with pytest.raises(CommandError) as found:
        call_command("verify_ledger")
    return str(found.value)


def test_every_row_is_signed_and_the_proof_names_the_key(acts, capsys):
    call_command("verify_ledger")
    assert capsys.readouterr().out.splitlines()[2] == (
        f"Rows are signed since row 1; the public key is {public_key()}."
    )
    assert {len(row.signature) for row in acts} == {128}


@pytest.mark.parametrize(
    ("signature", "finding"),
    [
        (None, "Row 4 is wrong: it is not signed."),
        (signed_with(OTHER), "Row 4 is wrong: no known key has signed it."),
        (lambda _hash: "00" * 64, "Row 4 is wrong: no known key has signed it."),
        (lambda _hash: "not hexadecimal", "Row 4 is wrong: no known key has signed it."),
        (lambda _hash: LedgerEntry.objects.first().signature, "Row 4 is wrong: no known key has signed it."),
    ],
)
def test_a_row_appended_without_the_key_is_found(acts, signature, finding):
    forged(signature)
    assert fault() == finding


def test_a_row_rewritten_without_the_key_is_found(acts):
    acts[0].actor = "keith"
    rewritten(*acts)
    assert "Row 1 is wrong: no known key has signed it." in fault()


def test_a_ledger_without_any_signature_is_found(db):
    forged()
    assert "No row is signed" in fault()
    forged(sign)
    assert fault() == "Row 2 is wrong: it is the first signed row and does not say that signing begins."


def test_rows_from_before_the_first_signature_are_right_and_stay_as_they_are(db):
    rows = [forged(target=f"post/{number}") for number in range(3)]
    rows.append(forged(sign, action="sign", target="ledger/3", subject="from here on"))
    assert verified() == "4 rows follow one another, 0 removed texts match."
    rows[0].actor = "keith"
    rewritten(*rows)
    assert "Row 4 is wrong: no known key has signed it." in fault()


def test_an_unsigned_row_that_the_operator_knows_of_is_let_through(acts):
    forged()
    assert verified(unsigned=[4]) == "4 rows follow one another, 1 removed texts match."
    forged()
    with pytest.raises(CommandError, match="Row 5 is wrong: it is not signed"):
        verified(unsigned=[4])


# Keys that were replaced.


def test_a_former_key_is_named_and_signs_no_more(acts, settings):
    former = public_key()
    settings.LEDGER_KEY = OTHER
    assert "None of the known keys has signed any row" in fault()
    assert verified(key=[former]) == "3 rows follow one another, 1 removed texts match."
    settings.LEDGER_FORMER_KEYS = [former]
    LedgerEntry.objects.record(moderator(), "lock", User.objects.first())
    assert verified() == "4 rows follow one another, 1 removed texts match."
    assert known_keys() == [former, public_key()]
    forged(signed_with("5e" * 32))
    assert fault() == "Row 5 is wrong: it is signed with a key that was replaced before."


def test_a_key_that_is_none_is_refused(acts):
    with pytest.raises(CommandError, match="“abc” is no public key"):
        call_command("verify_ledger", key=["abc"])


def test_setting_up_says_when_the_key_is_another_one(acts, settings, folder):
    assert not any("another key" in line for line in set_up())
    former, settings.LEDGER_KEY = public_key(), OTHER
    assert any("The ledger was signed with another key until now." in line for line in set_up())
    settings.LEDGER_FORMER_KEYS = [former]
    assert not any("another key" in line for line in set_up())


def test_the_column_may_be_left_out_as_an_older_release_does(acts):
    names = "number, created, actor, action, reason, note, target, subject, text, previous, hash"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO moments_ledgerentry ({names}) VALUES (4, '2026-01-01', 'bill', 'edit', '', '',"
            " 'post/1', 'a moment', '', %s, 'x')",
            [acts[-1].hash],
        )
    assert LedgerEntry.objects.get(number=4).signature == ""
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(number=1).update(signature="")


# What outsiders do.


@pytest.fixture
def scripts(settings):
    """The checks that README shows, by what they print at the end."""
    text = (settings.BASE_DIR / "README.md").read_text()
    found = re.findall(r"python3 -c '\n(.*?)'(?: \S+ \S+)?\n```", text, re.S)
    assert len(found) == 2
    return found


def outsider(script, lines, *arguments):
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], input=lines, capture_output=True, timeout=60
    )


def test_the_scripts_of_the_readme_check_the_export(acts, client, scripts):
    lines, (chain, signatures) = client.get("/ledger/export.jsonl").content, scripts
    assert outsider(chain, lines).stdout.decode().strip() == acts[-1].hash
    assert outsider(signatures, lines, public_key()).stdout.decode().strip() == "3 rows are signed."
    forged()
    lines = client.get("/ledger/export.jsonl").content
    assert outsider(chain, lines).returncode == 0
    assert outsider(signatures, lines, public_key()).returncode == 1
    assert outsider(signatures, lines, known_keys()[-1].replace("8", "9")).returncode == 1


def test_the_script_for_signatures_knows_rows_from_before(db, client, scripts):
    forged(), forged()
    forged(sign, action="sign", target="ledger/2")
    lines = client.get("/ledger/export.jsonl").content
    assert outsider(scripts[1], lines, OTHER, public_key()).stdout.decode().strip() == "1 rows are signed."


def test_a_line_of_the_export_ends_with_hash_and_signature(acts, client):
    for line, row in zip(client.get("/ledger/export.jsonl").content.decode().splitlines(), acts, strict=True):
        assert line.endswith(f',"hash":"{row.hash}","signature":"{row.signature}"}}')
        assert json.loads(line)["signature"] == row.signature


def test_the_public_keys_are_published(acts, client, settings):
    settings.LEDGER_FORMER_KEYS = [OTHER]
    answer = client.get("/ledger/key.txt")
    assert answer.content.decode().splitlines() == [OTHER, public_key()]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert public_key() in client.get("/ledger/").content.decode()
    assert acts[0].signature in client.get("/ledger/1/").content.decode()


# Rights.


def test_a_superuser_made_by_a_command_has_a_row(db):
    call_command("createsuperuser", interactive=False, username="boss", email="boss@example.org")
    row = LedgerEntry.objects.get()
    assert (row.actor, row.action, row.subject) == ("house", "rights", "@boss")
    assert verified() == "1 rows follow one another, 0 removed texts match."
