"""The author of a text revokes an older version of it, for good."""

import pytest
from django.urls import reverse

from moments.models import FormerPostSlug, LedgerEntry, Post, Revision
from tests.support.pages import links, select, text_of
from tests.support.revisions import edit, history, leak, restore


def revoke(client, revision):
    return client.post(reverse("revision-revoke", args=[revision.pk]))


def test_the_page_asks_before_it_wipes(as_mia, said):
    revision = leak(said)
    response = as_mia.get(reverse("revision-revoke", args=[revision.pk]))
    assert len(select(response, "main form[method=post] button")) == 1
    assert "555 0199" in text_of(response)
    assert Revision.objects.kept().count() == 3


def test_what_was_revoked_is_nowhere_any_more(as_mia, client, said):
    revision = leak(said)
    assert revoke(as_mia, revision)["Location"] == said.history_url
    revision.refresh_from_db()
    assert (revision.texts, revision.is_revoked) == ({}, True)
    page = history(as_mia, said)
    assert "555 0199" not in text_of(page)
    assert links(page, f"#edit-{revision.pk} .tombstone") == [revision.revocation.get_absolute_url()]


def test_the_versions_around_it_are_compared_with_one_another(as_mia, said):
    revoke(as_mia, leak(said))
    found = [edit.changes for edit in history(as_mia, said).context["edits"]]
    assert found[0] == []
    runs = found[1][0].passages[0].runs
    assert [run for run in runs if run[0] != "same"] == [("gone", "dusk"), ("new", "dawn")]


def test_the_ledger_notes_it_and_says_no_word_of_it(client, as_mia, said):
    revision = leak(said)
    revoke(as_mia, revision)
    row = LedgerEntry.objects.get()
    assert (row.actor, row.action, row.target, row.text) == ("mia", "withdraw", said.ledger_name, "")
    assert row.note == f"What it said before the edit of {revision.created:%Y-%m-%d %H:%M} UTC."
    shown = text_of(client.get("/ledger/")) + text_of(client.get(row.get_absolute_url()))
    assert "555 0199" not in shown
    assert links(client.get("/ledger/"), f"#row-{row.number}") != []


def test_revoking_twice_is_noted_once(as_mia, said, mia):
    revision = leak(said)
    stale = Revision.objects.get(pk=revision.pk)
    assert [revoke(as_mia, revision).status_code for _ in range(2)] == [302, 302]
    assert stale.revoke(mia) is False
    assert LedgerEntry.objects.count() == 1


def test_what_was_revoked_cannot_be_restored(as_mia, said, mia):
    revision = leak(said)
    stale = Revision.objects.get(pk=revision.pk)
    revoke(as_mia, revision)
    assert (restore(as_mia, revision).status_code, stale.restore(mia)) == (302, False)
    assert type(said).objects.get(pk=said.pk).body == "They dance at dawn."


def test_what_it_says_now_is_edited_first(as_mia, said):
    revision = Revision.objects.get()
    restore(as_mia, revision)
    response = revoke(as_mia, revision)
    assert response.status_code == 422
    assert len(select(response, ".form-errors[role=alert]")) == 1
    assert select(response, "main form button") == []
    assert (Revision.objects.kept().count(), LedgerEntry.objects.count()) == (2, 0)


@pytest.mark.parametrize("title", ["Ring 555 0199", "☎ !!!"])
def test_the_address_of_a_revoked_title_is_gone_too(title, as_mia, client, scene):
    old = scene.get_absolute_url()
    edit(scene, title=title)
    leaked = Post.objects.get(pk=scene.pk).get_absolute_url()
    edit(scene, title="On the pier")
    revoke(as_mia, scene.revisions.order_by("-id").first())
    assert [client.get(url).status_code for url in (old, leaked)] == [301, 404]
    assert [row.slug for row in FormerPostSlug.objects.all()] == ["on-the-hill"]


def test_an_address_that_another_version_has_too_stays(as_mia, client, scene):
    old = scene.get_absolute_url()
    edit(scene, body="They sing.")
    edit(scene, title="On the pier")
    revoke(as_mia, scene.revisions.order_by("-id").first())
    assert client.get(old).status_code == 301
