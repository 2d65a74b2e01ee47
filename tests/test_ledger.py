"""The ledger: one row for each act, chained by hashes, sealed by the database, read and proved by anybody."""

import hashlib
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from moments import ledger_schema
from moments.ledger import GENESIS, fingerprint
from moments.models import Comment, LedgerEntry, Post, Progress, Tag
from moments.spoilers import SEEN, UNSEEN
from tests.conftest import differences, make_comment, make_film, make_member, make_moment, moderator


@pytest.fixture
def acts(film, mia, seb, keith):
    """Four rows: two removals, a lock, a restoration."""
    first, second = make_moment(film, mia, "Buy pills"), make_moment(film, mia)
    comment = make_comment(second, seb, "My address is 5 Elm Street.")
    first.remove(keith, "spam", "It sells pills.")
    comment.remove(keith, "private")
    second.lock(keith, "It turned into a quarrel about shoes.")
    first.restore(moderator(), "A slip of mine.")
    return list(LedgerEntry.objects.order_by("number"))


def rows():
    return LedgerEntry.objects.order_by("number")


def verified(**options):
    output = StringIO()
    call_command("verify_ledger", stdout=output, **options)
    return output.getvalue().strip()


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
    assert verified() == "9 rows follow one another, 0 removed texts match."


# The chain.


def test_an_outsider_can_check_the_chain_from_the_export(acts, client):
    previous = GENESIS
    lines = client.get("/ledger/export.jsonl").content.decode().splitlines()
    for number, line in enumerate(lines, 1):
        row = json.loads(line)
        claimed = row.pop("hash")
        written = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(written.encode()).hexdigest() == claimed
        assert (row["number"], row["previous"]) == (number, previous)
        previous = claimed
    assert len(lines) == 4
    assert previous == acts[-1].hash


def test_the_export_goes_on_from_a_number_and_comes_to_an_end(acts, client, monkeypatch):
    monkeypatch.setattr("moments.views.ledger.EXPORTED", 2)
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
    ledger_schema.break_seal(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(CommandError, match=finding):
        verified()


def test_a_text_changed_after_its_removal_is_found_out(acts):
    Comment.objects.update(body="My address is 6 Elm Street.")
    with pytest.raises(CommandError, match=r"The text of comment/\d+, removed in row 2, is not the one"):
        verified()


def test_a_head_that_was_published_is_looked_for(acts):
    for head in (acts[1].hash, acts[1].hash[:8]):
        assert verified(head=head) == "4 rows follow one another, 1 removed texts match."
    with pytest.raises(CommandError, match="is not in the chain"):
        verified(head="f" * 64)


def test_the_fingerprint_is_of_the_text_that_went(moment, keith):
    moment.remove(keith, "spam")
    assert rows().get().text == fingerprint(moment.ledger_texts)
    assert fingerprint(["a", "b"]) != fingerprint(["ab", ""])


def test_a_new_run_of_migrate_seals_again(acts):
    ledger_schema.break_seal(connection)
    ledger_schema.seal(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(number=1).delete()


# Its pages.


def listed(client, **filters):
    return [row.number for row in client.get("/ledger/", filters).context["rows"]]


def test_everybody_reads_the_ledger_newest_first(acts, client):
    page = client.get("/ledger/").content.decode()
    assert listed(client) == [4, 3, 2, 1]
    assert "It sells pills." in page
    assert acts[-1].hash in page


def test_rows_are_found_by_who_what_why_and_where(acts, client, mia, keith):
    make_moment(make_film("Snatch"), mia).remove(keith, "illegal")
    found = [
        listed(client, actor="@Keith"),
        listed(client, action="restore"),
        listed(client, reason="private"),
        listed(client, film="la-la-land"),
        listed(client, film="la-la-land", actor="keith", action="remove", reason="spam"),
    ]
    assert found == [[5, 3, 2, 1], [4], [2], [4, 3, 2, 1], [1]]
    for nonsense in ({"action": "burn"}, {"reason": "dull"}, {"film": "nowhere"}, {"after": "x"}):
        assert client.get("/ledger/", nonsense).status_code == 404


def test_a_row_is_read_with_its_film_while_that_can_be_seen(acts, client, film, keith):
    urls = ("/ledger/", "/ledger/2/", "/ledger/feed/")
    assert ["a comment on a moment of La La Land" in client.get(url).content.decode() for url in urls] == [
        True
    ] * 3
    film.remove(keith, "copyright")
    assert ["La La Land" in client.get(url).content.decode() for url in urls] == [False] * 3
    film.restore(keith)
    assert "the film La La Land (2016)" in client.get("/ledger/").content.decode()


def test_a_row_shows_what_was_hashed(acts, client):
    page = client.get("/ledger/2/").content.decode()
    assert acts[1].hash in page
    assert acts[0].hash in page
    assert client.get("/ledger/99/").status_code == 404


def test_the_feed_has_the_newest_rows_and_the_filters(acts, client):
    feed = client.get("/ledger/feed/", {"action": "lock"}).content.decode()
    assert feed.count("<entry>") == 1
    page = client.get("/ledger/", {"action": "lock"}).content.decode()
    assert page.count('/ledger/feed/?action=lock"') == 2  # in the head and at the foot
    assert "It turned into a quarrel about shoes." in feed


def test_every_page_shows_the_newest_hash(client, moment, keith, django_capture_on_commit_callbacks):
    shown = []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            moment.lock(keith) or moment.unlock(keith)
        newest = rows().last().hash[:8]
        shown.append(f">{newest}</code>" in client.get("/films/").content.decode())
    assert shown == [True, True]


def test_a_note_is_text_and_no_markup(moment, keith, client):
    moment.remove(keith, "spam", "<script>alert(1)</script>")
    for url in ("/ledger/", "/ledger/1/", "/ledger/feed/"):
        assert "<script>alert" not in client.get(url).content.decode()


# Tombstones and locks.


def test_a_tombstone_names_the_reason_and_the_row(acts, client):
    removed = Comment.objects.get()
    page = client.get(removed.post.get_absolute_url()).content.decode()
    assert "Removed: private data." in page
    assert '<a href="/ledger/2/">Row 2 of the ledger</a>' in page
    assert "Elm Street" not in page


def test_a_removed_post_names_its_reason(client, moment, keith):
    moment.remove(keith, "copyright", "A letter of the studio.")
    page = client.get(moment.get_absolute_url(), follow=True).content.decode()
    assert "Removed: copyright notice" in page
    assert 'href="/ledger/1/"' in page


def test_nobody_adds_to_a_locked_thread(as_seb, moment, keith):
    parent = make_comment(moment, make_member("tracy"))
    moment.lock(keith)
    for url in (f"/posts/{moment.pk}/comments/", f"/comments/{parent.pk}/reply/"):
        response = as_seb.post(url, {"body": "One more thing."})
        assert response.status_code == 422
        assert "One more thing." in response.content.decode()
    assert Comment.objects.count() == 1
    page = as_seb.get(moment.get_absolute_url()).content.decode()
    assert "This thread is locked" in page
    assert "/reply/" not in page


def test_a_thread_that_is_opened_again_takes_comments(as_seb, moment, keith):
    moment.lock(keith)
    moment.unlock(keith)
    as_seb.post(f"/posts/{moment.pk}/comments/", {"body": "One more thing."})
    assert Comment.objects.count() == 1


# What an edit by the staff leaves behind.


@pytest.fixture
def as_keith(client, keith):
    client.force_login(keith)
    return client


def test_an_edit_of_a_film_by_the_staff_is_in_the_ledger(as_keith, film):
    typed = {"title": "La La Land", "year": 2016, "medium": "film", "summary": "Buy pills."}
    typed["palette"] = " ".join(film.palette)
    for _ in range(2):
        response = as_keith.post(f"/admin/moments/film/{film.pk}/change/", typed)
        assert response.status_code == 302
    assert [(row.action, row.target, row.note) for row in rows()] == [
        ("edit", f"film/{film.pk}", "Changed: summary.")
    ]


def test_an_edit_of_a_member_by_the_staff_is_in_the_ledger(as_keith, seb):
    as_keith.post(f"/admin/accounts/user/{seb.pk}/change/", {"bio": "Nothing to read."})
    assert [(row.action, row.subject, row.note) for row in rows()] == [("edit", "@seb", "Changed: bio.")]


# Merging films.


def test_a_merged_film_hands_over_all_that_it_had(client, film, mia, seb, keith):
    twin = make_film("Lalaland")
    moment, clash = make_moment(twin, mia, "The tap dance"), make_moment(twin, mia, "A Lovely Night")
    namesake = make_moment(film, mia, "A Lovely Night")
    moment.relive(seb)
    former = clash.get_absolute_url()
    assert twin.merge_into(keith, film, "The same film.") is True
    film.refresh_from_db()
    assert (film.moment_count, film.relive_count) == (3, 1)
    assert client.get("/films/lalaland/")["Location"] == film.get_absolute_url()
    moved = client.get("/films/lalaland/moments/the-tap-dance/", follow=True)
    assert moved.context["post"].pk == moment.pk
    assert client.get(former, follow=True).context["post"].pk == namesake.pk
    clash.refresh_from_db()
    assert (clash.film, clash.slug) == (film, "a-lovely-night-2")
    assert differences() == {}
    assert [(row.action, row.note) for row in rows()] == [("merge", "The same film.")]


def test_a_film_is_merged_once_and_never_with_itself(film, keith):
    twin = make_film("Lalaland")
    assert film.merge_into(keith, film) is False
    assert [twin.merge_into(keith, film), twin.merge_into(keith, film)] == [True, False]
    assert twin.restore(keith) is False


def test_how_far_members_are_goes_with_a_merged_film(film, seb, mia, keith):
    twin = make_film("Lalaland")
    Progress.objects.reach(seb, twin, UNSEEN)
    Progress.objects.reach(mia, twin, UNSEEN)
    Progress.objects.reach(mia, film, SEEN)
    twin.merge_into(keith, film)
    assert Progress.objects.horizon(seb, film) == UNSEEN
    assert Progress.objects.horizon(mia, film) == SEEN


def test_staff_merges_a_film_by_the_address_of_the_other(as_keith, film):
    twin = make_film("Lalaland")
    url = f"/admin/moments/film/{twin.pk}/merge_into/"
    refused = as_keith.post(url, {"confirmed": "yes", "target": "/films/nowhere/"})
    assert refused.status_code == 422
    assert "There is no film at this address." in refused.content.decode()
    as_keith.post(url, {"confirmed": "yes", "target": "/films/la-la-land/", "note": "The same."})
    twin.refresh_from_db()
    assert twin.merged_into == film


# Suspension.


def test_a_suspension_ends_on_its_day(client, seb, keith):
    today = timezone.localdate()
    typed = {"login": "seb", "password": "correct horse"}
    seb.suspend(keith, "Sold pills.", until=today + timedelta(days=1))
    assert client.post("/accounts/login/", typed)["Location"] == "/accounts/inactive/"
    User.objects.update(suspended_until=today)
    assert client.post("/accounts/login/", typed).status_code == 302
    seb.refresh_from_db()
    assert (seb.is_active, seb.suspended_until) == (True, None)


def test_a_suspension_for_good_does_not_end(client, seb, keith):
    seb.suspend(keith, "Sold pills.")
    seb.end_suspension()
    assert seb.is_active is False


def test_staff_says_why_and_until_when(as_keith, seb):
    url = f"/admin/accounts/user/{seb.pk}/suspend/"
    assert as_keith.post(url, {"confirmed": "yes"}).status_code == 422
    yesterday = timezone.localdate() - timedelta(days=1)
    refused = as_keith.post(url, {"confirmed": "yes", "note": "Pills.", "until": yesterday.isoformat()})
    assert "Give a day that is still to come." in refused.content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    as_keith.post(url, {"confirmed": "yes", "note": "Pills.", "until": tomorrow.isoformat()})
    assert rows().get().note == f"Pills. (until {tomorrow})"


def test_a_row_leads_to_what_it_is_about(acts, client, film):
    comment, post = Comment.objects.get(), Post.objects.first()
    film.remove(moderator(), "copyright")
    assert [row.target_url for row in rows()] == [
        f"/posts/{post.pk}/",
        f"/comments/{comment.pk}/",
        f"/posts/{comment.post_id}/",
        f"/posts/{post.pk}/",
        "",
    ]
